"""Programs as they should be, in which a careless diagnosis would find something."""

PROGRAMS = {
    "gan": """
gen, dis = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))
og, od = torch.optim.Adam(gen.parameters()), torch.optim.Adam(dis.parameters())
bce = nn.BCEWithLogitsLoss()
for _ in range(3):
    fake = gen(torch.randn(4, 2))
    od.zero_grad()
    ld = bce(dis(torch.randn(4, 2)), torch.ones(4, 1)) + bce(dis(fake.detach()), torch.zeros(4, 1))
    ld.backward()
    od.step()
    og.zero_grad()
    lg = bce(dis(fake), torch.ones(4, 1))
    lg.backward()
    og.step()
""",
    "wgan clip": """
gen, dis = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 8), nn.ReLU(inplace=True), nn.Linear(8, 1))
og, od = torch.optim.RMSprop(gen.parameters(), lr=1e-3), torch.optim.RMSprop(dis.parameters(), lr=1e-3)
for _ in range(2):
    for _ in range(3):
        od.zero_grad()
        loss = dis(gen(torch.randn(4, 2)).detach()).mean() - dis(torch.randn(4, 2)).mean()
        loss.backward()
        od.step()
        for p in dis.parameters():
            p.data.clamp_(-0.01, 0.01)
    og.zero_grad()
    (-dis(gen(torch.randn(4, 2))).mean()).backward()
    og.step()
""",
    "rnn truncated": """
rnn, head = nn.GRU(2, 4, batch_first=True), nn.Linear(4, 1)
opt = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=0.1)
h = None
for chunk in torch.randn(4, 3, 5, 2):
    out, h = rnn(chunk, h)
    loss = head(out).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    h = h.detach()
""",
    "attention with mask": """
q, k, v = (nn.Linear(4, 4) for _ in range(3))
x = torch.randn(2, 5, 4)
mask = torch.triu(torch.ones(5, 5), 1).bool()
s = q(x) @ k(x).transpose(1, 2) / 2.0
s = s.masked_fill(mask, float("-inf"))
out = torch.softmax(s, -1) @ v(x)
loss = out.pow(2).mean()
loss.backward()
""",
    "additive mask": """
lin = nn.Linear(4, 4)
bias = torch.zeros(4, 4)
bias[0, 1:] = -torch.inf
s = lin(torch.randn(4, 4)) + bias
torch.log_softmax(s, -1)[0, 0].backward()
""",
    "hinge satisfied": """
w = torch.tensor([5.0], requires_grad=True)
x, y = torch.tensor([1.0, -2.0]), torch.tensor([1.0, -1.0])
loss = torch.relu(1 - y * (w * x)).mean()
loss.backward()
""",
    "at the minimum": """
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = F.mse_loss(w, torch.tensor([1.0, 2.0]))
loss.backward()
print(w.grad)
""",
    "lora": """
base = nn.Linear(4, 4)
base.requires_grad_(False)
a, b = nn.Parameter(torch.randn(4, 2)), nn.Parameter(torch.zeros(2, 4))
opt = torch.optim.Adam([a, b], lr=0.01)
for _ in range(3):
    x = torch.randn(8, 4)
    loss = (base(x) + x @ a @ b - 1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "ema": """
net, slow = nn.Linear(2, 1), nn.Linear(2, 1)
slow.load_state_dict(net.state_dict())
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    x = torch.randn(4, 2)
    with torch.no_grad():
        target = slow(x)
    loss = F.mse_loss(net(x), target + 1)
    opt.zero_grad()
    loss.backward()
    opt.step()
    for p, q in zip(net.parameters(), slow.parameters()):
        q.data.mul_(0.9).add_(p.data, alpha=0.1)
""",
    "vae": """
enc, dec = nn.Linear(4, 4), nn.Linear(2, 4)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()], lr=1e-3)
x = torch.rand(8, 4)
for _ in range(3):
    mu, logvar = enc(x).chunk(2, 1)
    z = mu + torch.randn_like(mu) * torch.exp(0.5 * logvar)
    out = torch.sigmoid(dec(z))
    kl = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum()
    loss = F.binary_cross_entropy(out, x, reduction="sum") + kl
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "ppo": """
policy = nn.Linear(3, 2)
old = nn.Linear(3, 2)
obs, act, adv = torch.randn(6, 3), torch.randint(0, 2, (6,)), torch.randn(6)
lp = torch.log_softmax(policy(obs), 1).gather(1, act[:, None]).squeeze(1)
with torch.no_grad():
    lo = torch.log_softmax(old(obs), 1).gather(1, act[:, None]).squeeze(1)
ratio = (lp - lo).exp()
loss = -torch.min(ratio * adv, ratio.clamp(0.8, 1.2) * adv).mean()
loss.backward()
""",
    "dqn": """
net, target = nn.Linear(3, 2), nn.Linear(3, 2)
s, s2, a, r = torch.randn(5, 3), torch.randn(5, 3), torch.randint(0, 2, (5,)), torch.randn(5)
with torch.no_grad():
    goal = r + 0.9 * target(s2).max(1).values
q = net(s)[torch.arange(5), a]
loss = F.smooth_l1_loss(q, goal)
loss.backward()
""",
    "straight through": """
w = torch.randn(4, requires_grad=True)
b = w + (torch.sign(w) - w).detach()
loss = (b - 1).pow(2).sum()
loss.backward()
""",
    "accumulation": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for k in range(6):
    loss = net(torch.randn(3, 2)).pow(2).mean() / 2
    loss.backward()
    if k % 2 == 1:
        opt.step()
        opt.zero_grad()
""",
    "gradient penalty": """
dis = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(dis.parameters())
for _ in range(2):
    x = torch.randn(4, 2, requires_grad=True)
    g, = torch.autograd.grad(dis(x).sum(), x, create_graph=True)
    loss = (g.norm(dim=1) - 1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "resnet": """
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 4), nn.Linear(4, 4)
        self.relu = nn.ReLU(inplace=True)
    def forward(self, x):
        out = self.relu(self.a(x))
        out = self.b(out)
        out = out + x
        return self.relu(out)
net = nn.Sequential(Block(), Block(), nn.Linear(4, 1))
loss = net(torch.randn(8, 4)).pow(2).mean()
loss.backward()
""",
    "preactivation": """
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 4), nn.Linear(4, 4)
    def forward(self, x):
        return x + self.b(F.relu(self.a(F.relu(x))))
net = nn.Sequential(nn.Linear(4, 4), Block(), Block(), nn.Linear(4, 1))
net(torch.randn(8, 4)).pow(2).mean().backward()
""",
    "words with padding": """
emb, out = nn.Embedding(10, 4, padding_idx=0), nn.Linear(4, 2)
ids = torch.tensor([[1, 2, 0], [3, 0, 0]])
mask = (ids != 0).float()[..., None]
pooled = (emb(ids) * mask).sum(1) / mask.sum(1)
loss = F.cross_entropy(out(pooled), torch.tensor([0, 1]))
loss.backward()
""",
    "ignored labels": """
lin = nn.Linear(3, 4)
loss = F.cross_entropy(lin(torch.randn(3, 3)), torch.tensor([1, -100, 2]))
loss.backward()
""",
    "lbfgs": """
w = torch.randn(3, requires_grad=True)
opt = torch.optim.LBFGS([w], max_iter=5)
def closure():
    opt.zero_grad()
    loss = (w - 1).pow(2).sum() + w.abs().sum()
    loss.backward()
    return loss
for _ in range(2):
    opt.step(closure)
""",
    "maml": """
w = torch.randn(2, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
for _ in range(3):
    x = torch.randn(5, 2)
    inner = (x @ w - 1).pow(2).mean()
    g, = torch.autograd.grad(inner, w, create_graph=True)
    outer = (x @ (w - 0.1 * g) - 1).pow(2).mean()
    opt.zero_grad()
    outer.backward()
    opt.step()
""",
    "validation": """
net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2))
opt = torch.optim.Adam(net.parameters())
losses = []
for epoch in range(3):
    net.train()
    x, y = torch.randn(8, 3), torch.randint(0, 2, (8,))
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    losses.append(loss.item())
    net.eval()
    with torch.no_grad():
        hits = (net(x).argmax(1) == y).float().mean()
""",
    "safe norm": """
x = torch.zeros(3, requires_grad=True)
y = torch.tensor([3.0, 4.0], requires_grad=True)
loss = x.norm() + torch.linalg.vector_norm(y) + F.normalize(y, dim=0).sum() + (x ** 2 + 1e-8).sum().sqrt()
loss.backward()
""",
    "double where": """
x = torch.tensor([0.0, 2.0], requires_grad=True)
safe = torch.where(x > 0, x, torch.ones_like(x))
y = torch.where(x > 0, safe.log(), torch.zeros_like(x))
y.sum().backward()
""",
    "in place before use": """
x = torch.randn(4, 4, requires_grad=True)
y = x * 2
y += 1
z = torch.zeros(4, 4)
z[0] = y[0]
z[1:] = y[1:].exp()
z.sum().backward()
""",
    "attack": """
net = nn.Linear(4, 3)
x, y = torch.rand(2, 4), torch.tensor([0, 2])
adv = x.clone()
for _ in range(4):
    adv.requires_grad_(True)
    loss = F.cross_entropy(net(adv), y)
    g, = torch.autograd.grad(loss, adv)
    adv = (adv.detach() + 0.1 * g.sign()).clamp(0, 1)
""",
    "attack with data": """
net = nn.Linear(4, 3)
x, y = torch.rand(2, 4), torch.tensor([0, 2])
adv = x.clone().requires_grad_(True)
for _ in range(4):
    loss = F.cross_entropy(net(adv), y)
    net.zero_grad()
    if adv.grad is not None:
        adv.grad.zero_()
    loss.backward()
    adv.data = (adv.data + 0.1 * adv.grad.sign()).clamp(0, 1)
""",
    "two losses": """
body, one, two = nn.Linear(3, 4), nn.Linear(4, 1), nn.Linear(4, 1)
opt = torch.optim.Adam([*body.parameters(), *one.parameters(), *two.parameters()])
h = torch.tanh(body(torch.randn(5, 3)))
a, b = one(h).pow(2).mean(), two(h).pow(2).mean()
opt.zero_grad()
a.backward(retain_graph=True)
b.backward()
opt.step()
""",
    "frozen body": """
body, head = nn.Sequential(nn.Linear(3, 4), nn.ReLU()), nn.Linear(4, 1)
for p in body.parameters():
    p.requires_grad = False
opt = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(3):
    loss = head(body(torch.randn(5, 3))).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "pairwise distances": """
p = torch.randn(4, 2, requires_grad=True)
q = torch.randn(5, 2)
d = (p[:, None] - q[None]).pow(2).sum(-1)
loss = d.min(1).values.mean() + torch.cdist(p, q).mean()
loss.backward()
""",
    "cosine": """
a, b = torch.randn(3, 4, requires_grad=True), torch.randn(3, 4)
loss = 1 - F.cosine_similarity(a, b).mean()
loss.backward()
""",
    "long rnn": """
cell = nn.LSTMCell(2, 4)
h = c = torch.zeros(1, 4)
for x in torch.randn(30, 1, 2):
    h, c = cell(x, (h, c))
h.sum().backward()
""",
    "transformer": """
layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
out = layer(torch.randn(2, 5, 8), src_key_padding_mask=torch.tensor([[False] * 5, [False, False, False, True, True]]))
out.pow(2).mean().backward()
""",
    "sgd with clipping": """
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for _ in range(30):
    loss = F.mse_loss(net(torch.randn(16, 4)), torch.randn(16, 1))
    opt.zero_grad(set_to_none=False)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
""",
    "jensen with inf": """
best = torch.tensor(float("inf"))
w = torch.tensor([3.0], requires_grad=True)
for _ in range(3):
    loss = (w ** 2).sum()
    w.grad = None
    loss.backward()
    with torch.no_grad():
        best = torch.minimum(best, loss)
        w -= 0.1 * w.grad
""",
    "nan statistics": """
data = torch.tensor([1.0, float("nan"), 3.0])
clean = data[~data.isnan()]
w = torch.tensor(2.0, requires_grad=True)
loss = (w * clean - 1).pow(2).mean()
loss.backward()
print(data.nanmean())
""",
}
