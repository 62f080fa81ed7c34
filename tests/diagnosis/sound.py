"""Programs of every day in which each gradient arrives that is wanted."""

SOUND = {
    "dqn": """
q, target = nn.Linear(3, 2), nn.Linear(3, 2)
target.load_state_dict(q.state_dict())
opt = torch.optim.Adam(q.parameters(), lr=0.01)
for step in range(3):
    s, s2 = torch.randn(4, 3), torch.randn(4, 3)
    a = q(s).argmax(1)
    with torch.no_grad():
        y = 1.0 + 0.9 * target(s2).max(1)[0]
    pred = q(s).gather(1, a[:, None]).squeeze(1)
    loss = F.mse_loss(pred, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    for p, t in zip(q.parameters(), target.parameters()):
        t.data.mul_(0.9).add_(0.1 * p.data)
    print(step, loss.item())
""",
    "gan": """
g, d = nn.Linear(2, 2), nn.Linear(2, 1)
og, od = torch.optim.Adam(g.parameters()), torch.optim.Adam(d.parameters())
bce = nn.BCEWithLogitsLoss()
for _ in range(3):
    real, z = torch.randn(4, 2), torch.randn(4, 2)
    fake = g(z)
    ld = bce(d(real), torch.ones(4, 1)) + bce(d(fake.detach()), torch.zeros(4, 1))
    od.zero_grad(); ld.backward(); od.step()
    lg = bce(d(fake), torch.ones(4, 1))
    og.zero_grad(); lg.backward(); og.step()
    print(ld.item(), lg.item())
""",
    "vae": """
enc, dec = nn.Linear(4, 4), nn.Linear(2, 4)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()])
x = torch.rand(8, 4)
for _ in range(2):
    mu, logvar = enc(x).chunk(2, 1)
    z = mu + torch.randn_like(mu) * (0.5 * logvar).exp()
    rec = F.mse_loss(dec(z), x, reduction="sum")
    kl = -0.5 * (1 + logvar - mu ** 2 - logvar.exp()).sum()
    loss = rec + kl
    opt.zero_grad(); loss.backward(); opt.step()
print(loss.item())
""",
    "straight_through": """
net = nn.Linear(3, 3)
x = torch.randn(2, 3)
soft = torch.softmax(net(x), -1)
hard = F.one_hot(soft.argmax(-1), 3).float()
out = hard - soft.detach() + soft
(out * torch.arange(3.0)).sum().backward()
print(net.weight.grad)
""",
    "frozen_backbone": """
backbone, head = nn.Linear(4, 3), nn.Linear(3, 2)
for p in backbone.parameters():
    p.requires_grad = False
opt = torch.optim.SGD(head.parameters(), lr=0.1)
loss = F.cross_entropy(head(backbone(torch.randn(5, 4))), torch.randint(0, 2, (5,)))
loss.backward()
opt.step()
print(backbone.weight.grad, head.weight.grad)
""",
    "frozen_by_no_grad": """
backbone, head = nn.Linear(4, 3), nn.Linear(3, 2)
opt = torch.optim.SGD(head.parameters(), lr=0.1)
with torch.no_grad():
    f = backbone(torch.randn(5, 4))
loss = head(f).pow(2).mean()
loss.backward()
opt.step()
print(head.weight.grad.norm())
""",
    "byol_ema": """
import copy
online = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 2))
teacher = copy.deepcopy(online)
for p in teacher.parameters():
    p.requires_grad_(False)
opt = torch.optim.SGD(online.parameters(), lr=0.1)
for _ in range(2):
    x = torch.randn(4, 3)
    loss = 2 - 2 * F.cosine_similarity(online(x), teacher(x).detach()).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    with torch.no_grad():
        for a, b in zip(online.parameters(), teacher.parameters()):
            b.mul_(0.99).add_(a, alpha=0.01)
""",
    "accuracy_loop": """
net = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
x = torch.randn(20, 2); y = (x[:, 0] > 0).long()
history = []
for epoch in range(5):
    net.train()
    opt.zero_grad()
    out = net(x)
    loss = F.cross_entropy(out, y)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
    correct = (out.argmax(1) == y).sum().item()
    history.append(loss.item())
    net.eval()
    with torch.no_grad():
        val = F.cross_entropy(net(x), y).item()
    print(epoch, loss.item(), correct / len(x), val)
for p in net.parameters():
    print(p.grad is not None)
""",
    "manual_sgd": """
x = torch.linspace(-1, 1, 20); y = 3 * x + 1
w = torch.zeros(1, requires_grad=True); b = torch.zeros(1, requires_grad=True)
for i in range(10):
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
        w.grad.zero_(); b.grad.zero_()
print(w.item(), b.item())
""",
    "manual_sgd_data": """
w = torch.randn(3, requires_grad=True)
for i in range(5):
    if w.grad is not None:
        w.grad.zero_()
    loss = (w ** 2).sum()
    loss.backward()
    w.data = w.data - 0.1 * w.grad.data
print(w)
""",
    "manual_rebind_right": """
w = torch.randn(3, requires_grad=True)
for i in range(5):
    loss = (w ** 2).sum()
    loss.backward()
    w = (w - 0.1 * w.grad).detach().requires_grad_()
print(w)
""",
    "functional_sgd": """
w = torch.randn(3, requires_grad=True)
for i in range(5):
    loss = (w ** 2).sum()
    g, = torch.autograd.grad(loss, w)
    w = (w - 0.1 * g).detach().requires_grad_(True)
print(w)
""",
    "maml": """
w = torch.randn(2, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
for _ in range(2):
    inner = (w ** 2).sum()
    g, = torch.autograd.grad(inner, w, create_graph=True)
    fast = w - 0.1 * g
    outer = ((fast - 1) ** 2).sum()
    opt.zero_grad(); outer.backward(); opt.step()
print(w.grad)
""",
    "tbptt": """
cell, out = nn.RNNCell(2, 3), nn.Linear(3, 1)
opt = torch.optim.SGD([*cell.parameters(), *out.parameters()], lr=0.1)
h = torch.zeros(1, 3)
for t in range(4):
    h = cell(torch.randn(1, 2), h.detach())
    loss = out(h).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
print(loss.item())
""",
    "reinforce": """
policy = nn.Linear(4, 2)
opt = torch.optim.Adam(policy.parameters())
log_probs, rewards = [], []
for t in range(5):
    p = torch.softmax(policy(torch.randn(4)), -1)
    a = torch.multinomial(p, 1).item()
    log_probs.append(torch.log(p[a])); rewards.append(float(a))
R, returns = 0.0, []
for r in reversed(rewards):
    R = r + 0.9 * R
    returns.insert(0, R)
returns = torch.tensor(returns)
returns = (returns - returns.mean()) / (returns.std() + 1e-8)
loss = -(torch.stack(log_probs) * returns).sum()
opt.zero_grad(); loss.backward(); opt.step()
print(policy.weight.grad.norm())
""",
    "actor_critic": """
actor, critic = nn.Linear(3, 2), nn.Linear(3, 1)
opt = torch.optim.Adam([*actor.parameters(), *critic.parameters()])
s = torch.randn(6, 3)
v = critic(s).squeeze(1)
logp = torch.log_softmax(actor(s), 1)[:, 0]
ret = torch.randn(6)
adv = ret - v.detach()
loss = -(logp * adv).mean() + (ret - v).pow(2).mean()
opt.zero_grad(); loss.backward(); opt.step()
print(loss.item())
""",
    "fgsm": """
net = nn.Linear(4, 3)
x = torch.rand(2, 4, requires_grad=True)
y = torch.tensor([0, 2])
loss = F.cross_entropy(net(x), y)
loss.backward()
adv = (x + 0.1 * x.grad.sign()).clamp(0, 1).detach()
with torch.no_grad():
    print((net(adv).argmax(1) == y).float().mean())
""",
    "pgd": """
net = nn.Linear(4, 3)
x, y = torch.rand(2, 4), torch.tensor([0, 2])
adv = x.clone().detach()
for _ in range(3):
    adv.requires_grad_(True)
    loss = F.cross_entropy(net(adv), y)
    g = torch.autograd.grad(loss, adv)[0]
    adv = adv.detach() + 0.05 * g.sign()
    adv = torch.min(torch.max(adv, x - 0.1), x + 0.1).clamp(0, 1)
print((adv - x).abs().max())
""",
    "image_optimised": """
feat = nn.Conv2d(1, 2, 3)
target = feat(torch.rand(1, 1, 6, 6)).detach()
img = torch.rand(1, 1, 6, 6, requires_grad=True)
opt = torch.optim.LBFGS([img], max_iter=3)
def closure():
    opt.zero_grad()
    loss = F.mse_loss(feat(img), target)
    loss.backward()
    return loss
opt.step(closure)
print(img.grad.norm())
""",
    "saliency": """
net = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
x = torch.rand(1, 4, requires_grad=True)
score = net(x)[0, net(x).argmax()]
score.backward()
print(x.grad.abs())
""",
    "weight_tying": """
class LM(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(7, 4)
        self.rnn = nn.GRU(4, 4, batch_first=True)
        self.out = nn.Linear(4, 7, bias=False)
        self.out.weight = self.emb.weight
    def forward(self, x):
        h, _ = self.rnn(self.emb(x))
        return self.out(h)
m = LM()
opt = torch.optim.AdamW(m.parameters())
t = torch.randint(0, 7, (2, 5))
loss = F.cross_entropy(m(t[:, :-1]).reshape(-1, 7), t[:, 1:].reshape(-1))
loss.backward(); opt.step()
print(loss.item())
""",
    "scheduler_early_stop": """
net = nn.Linear(3, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, 2, 0.5)
best, wait = float("inf"), 0
x, y = torch.randn(8, 3), torch.randn(8, 1)
for e in range(6):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step(); sched.step()
    if loss.item() < best - 1e-4:
        best, wait = loss.item(), 0
    else:
        wait += 1
    if wait > 2:
        break
print(best)
""",
    "two_optimizers_in_turn": """
a, b = nn.Linear(2, 2), nn.Linear(2, 1)
oa, ob = torch.optim.SGD(a.parameters(), 0.1), torch.optim.SGD(b.parameters(), 0.1)
x = torch.randn(4, 2)
for i in range(4):
    loss = b(a(x)).pow(2).mean()
    oa.zero_grad(); ob.zero_grad()
    loss.backward()
    (oa if i % 2 else ob).step()
""",
    "module_list": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(3, 3) for _ in range(3)])
        self.names = ["a", "b", "c"]
        self.shapes = [(3, 3)] * 3
    def forward(self, x):
        outs = []
        for l in self.layers:
            x = torch.tanh(l(x))
            outs.append(x)
        self.outs = outs
        return x
n = Net()
opt = torch.optim.SGD(n.parameters(), 0.1)
n(torch.randn(2, 3)).sum().backward()
opt.step()
print(n.layers[0].weight.grad.norm())
""",
    "registered_and_listed": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(2, 2), nn.Linear(2, 2)
        self.blocks = [self.a, self.b]
    def forward(self, x):
        for b in self.blocks:
            x = b(x)
        return x
n = Net()
opt = torch.optim.SGD(n.parameters(), 0.1)
n(torch.randn(2, 2)).sum().backward()
opt.step()
""",
    "dropout_mask_compare": """
w = torch.randn(5, requires_grad=True)
mask = (torch.rand(5) > 0.5).float()
loss = (w * mask).sum()
loss.backward()
print(w.grad)
""",
    "hard_negatives": """
emb = nn.Linear(3, 2)
opt = torch.optim.Adam(emb.parameters())
z = F.normalize(emb(torch.randn(6, 3)))
sim = z @ z.t()
hard = (sim - 10 * torch.eye(6)).argmax(1)
pos = sim[torch.arange(6), (torch.arange(6) + 1) % 6]
neg = sim[torch.arange(6), hard]
loss = F.relu(neg - pos + 0.2).mean()
loss.backward(); opt.step()
print(emb.weight.grad.norm())
""",
    "kmeans": """
x = torch.randn(20, 2)
c = torch.randn(3, 2, requires_grad=True)
opt = torch.optim.SGD([c], lr=0.5)
for _ in range(3):
    d = torch.cdist(x, c)
    label = d.argmin(1)
    loss = d[torch.arange(20), label].mean()
    opt.zero_grad(); loss.backward(); opt.step()
print(c)
""",
    "gradient_accumulation": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), 0.1)
for i, (x, y) in enumerate(zip(torch.randn(8, 1, 2), torch.randn(8, 1, 1))):
    loss = F.mse_loss(net(x), y) / 4
    loss.backward()
    if i % 4 == 3:
        opt.step(); opt.zero_grad()
print(net.weight.grad)
""",
    "normalise_then_flag": """
x = torch.randn(10, 3)
x = (x - x.mean(0)) / x.std(0)
w = torch.randn(3); w = w / w.norm()
w.requires_grad_()
loss = (x @ w).pow(2).mean()
loss.backward()
print(w.grad)
""",
    "pinn": """
net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters())
for _ in range(2):
    t = torch.rand(5, 1, requires_grad=True)
    u = net(t)
    du, = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)
    loss = (du + u).pow(2).mean() + (net(torch.zeros(1, 1)) - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
print(loss.item())
""",
    "gradient_penalty": """
d = nn.Linear(3, 1)
opt = torch.optim.Adam(d.parameters())
real, fake = torch.randn(4, 3), torch.randn(4, 3)
e = torch.rand(4, 1)
mix = (e * real + (1 - e) * fake).requires_grad_(True)
g, = torch.autograd.grad(d(mix).sum(), mix, create_graph=True)
loss = d(fake).mean() - d(real).mean() + 10 * ((g.norm(dim=1) - 1) ** 2).mean()
loss.backward(); opt.step()
print(d.weight.grad)
""",
    "custom_function": """
class Clip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, lo):
        ctx.save_for_backward(x)
        ctx.lo = lo
        return x.detach().clamp(min=lo).clone()
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * (x > ctx.lo).float(), None
w = torch.randn(4, requires_grad=True)
Clip.apply(w * 2, 0.0).sum().backward()
print(w.grad)
""",
    "evaluation_first": """
net = nn.Linear(2, 1)
x, y = torch.randn(6, 2), torch.randn(6, 1)
@torch.no_grad()
def evaluate():
    net.eval()
    return F.mse_loss(net(x), y).item()
before = evaluate()
net.train()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(5):
    opt.zero_grad()
    F.mse_loss(net(x), y).backward()
    opt.step()
print(before > evaluate())
""",
    "lr_from_loss": """
w = torch.tensor([3.0], requires_grad=True)
for _ in range(3):
    loss = (w ** 2).sum()
    loss.backward()
    rate = 0.01 * loss.item()
    with torch.no_grad():
        w -= rate * w.grad
    w.grad = None
print(w)
""",
    "warm_start": """
old = nn.Linear(3, 2)
new = nn.Linear(3, 2)
new.weight = nn.Parameter(old.weight.detach().clone())
new.bias.data.copy_(old.bias.data)
opt = torch.optim.SGD(new.parameters(), lr=0.1)
new(torch.randn(2, 3)).sum().backward()
opt.step()
print(new.weight.grad)
""",
    "unfreeze_later": """
body, head = nn.Linear(3, 3), nn.Linear(3, 1)
for p in body.parameters():
    p.requires_grad = False
opt = torch.optim.SGD([*body.parameters(), *head.parameters()], lr=0.1)
for epoch in range(4):
    if epoch == 2:
        for p in body.parameters():
            p.requires_grad = True
    opt.zero_grad()
    head(torch.relu(body(torch.randn(4, 3)))).mean().backward()
    opt.step()
print(body.weight.grad is not None)
""",
    "loss_balance_detached": """
a, b = nn.Linear(2, 1), nn.Linear(2, 1)
opt = torch.optim.SGD([*a.parameters(), *b.parameters()], lr=0.1)
x = torch.randn(5, 2)
la, lb = a(x).pow(2).mean(), b(x).abs().mean()
weight = (la / lb).detach()
loss = la + weight * lb
loss.backward(); opt.step()
print(loss.item(), a.weight.grad.norm(), b.weight.grad.norm())
""",
    "hooks_reading_output_grad": """
l = nn.Linear(2, 2)
seen = []
l.register_full_backward_hook(lambda m, gi, go: seen.append(go[0].norm().item()))
l(torch.randn(3, 2)).sum().backward()
print(seen)
""",
    "cleared_at_the_end": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), 0.1)
for _ in range(2):
    net(torch.randn(2, 2)).sum().backward()
    opt.step()
    opt.zero_grad()
print(net.weight.grad)
""",
    "first_grad_is_none": """
w = torch.ones(2, requires_grad=True)
print(w.grad)
(w * 2).sum().backward()
print(w.grad)
""",
}  # fmt: skip
