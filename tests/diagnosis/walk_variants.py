"""The kinds of mistakes that the walk and the ledgers know, in other spellings than the reports'.

Each program stands under its name, which begins with the cause. The line to name ends with `#!`.
"""

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\ntorch.manual_seed(0)\n"

PROGRAMS = {
"flat_operation: floor in a forward": """
class Quantised(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(1.7))
    def forward(self, x):
        return torch.floor(x * self.scale)  #!
model = Quantised()
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    opt.zero_grad()
    loss = (model(torch.tensor([1.3, 2.2])) - 3).pow(2).sum()
    loss.backward()
    opt.step()
print(model.scale.grad)
""",
"flat_operation: sign in a list comprehension": """
ws = [torch.randn(3, requires_grad=True) for _ in range(2)]
signs = [torch.sign(w) for w in ws]  #!
loss = sum((s - 0.5).pow(2).sum() for s in signs)
loss.backward()
print(ws[0].grad)
""",
"drawn: bernoulli through a dict": """
params = {"logit": torch.zeros(4, requires_grad=True)}
chance = torch.sigmoid(params["logit"])
kept = torch.bernoulli(chance)  #!
loss = (kept * torch.arange(4.0)).sum()
loss.backward()
print(params["logit"].grad)
""",
"relu_dead: large negative bias": """
net = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 1))
nn.init.constant_(net[0].bias, -50.0)
x, y = torch.randn(8, 3), torch.randn(8, 1)
def step():
    return F.mse_loss(net(x), y)  #!
loss = step()
loss.backward()
print(net[0].weight.grad)
""",
"relu_dead: clamp of zero in a function": """
w = torch.tensor([-2.0, -1.0], requires_grad=True)
def positive(v):
    return F.relu(v)  #!
target = torch.tensor([1.0, 1.0])
loss = ((positive(w) - target) ** 2).mean()
loss.backward()
print(w.grad)
""",
"saturated: tanh of large inputs": """
lin = nn.Linear(2, 1, bias=False)
nn.init.constant_(lin.weight, 40.0)
x = torch.ones(4, 2)
class Head(nn.Module):
    def forward(self, v):
        return torch.tanh(v)  #!
out = Head()(lin(x))
loss = (out + 1).pow(2).mean()
loss.backward()
print(lin.weight.grad)
""",
"softmax_twice: nn.Softmax before CrossEntropyLoss": """
model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))
x = torch.randn(6, 4)
y = torch.randint(0, 3, (6,))
probs = model(x)  #!
loss = nn.CrossEntropyLoss()(probs, y)
loss.backward()
print(model[0].weight.grad.abs().max())
""",
"zero_operand: zero output weights": """
body, head = nn.Linear(3, 4), nn.Linear(4, 1)
nn.init.zeros_(head.weight)  #!
out = head(torch.tanh(body(torch.randn(5, 3))))
loss = (out - 1).pow(2).mean()
loss.backward()
print(body.weight.grad)
""",
"padding: F.embedding": """
table = torch.randn(5, 3, requires_grad=True)  #!
ids = torch.tensor([[0, 2], [0, 4]])
loss = F.embedding(ids, table, padding_idx=0).pow(2).sum()
loss.backward()
print(table.grad)
""",
"tie: max of equal values": """
scores = torch.tensor([2.0, 2.0, 1.0], requires_grad=True)
top = scores.max()  #!
top.backward()
print(scores.grad)
""",
"tie: amax in a method": """
class Pool:
    def __call__(self, x):
        return x.amax(dim=1)  #!
x = torch.tensor([[1.0, 1.0], [0.0, 3.0]], requires_grad=True)
loss = Pool()(x).sum()
loss.backward()
print(x.grad)
""",
"index_twice: assignment by index": """
values = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
out = torch.zeros(4)
out[torch.tensor([1, 1, 2])] = values  #!
out.sum().backward()
print(values.grad)
""",
"infinite_slope: vector length by hand": """
class Norm(nn.Module):
    def forward(self, v):
        return v.pow(2).sum(-1).sqrt()  #!
v = torch.zeros(2, 3, requires_grad=True)
loss = Norm()(v).sum()
loss.backward()
print(v.grad)
""",
"infinite_slope: log of a probability of zero": """
def entropy(p):
    return -torch.log(p).mean()  #!
p = torch.tensor([0.0, 0.4, 0.6], requires_grad=True)
loss = entropy(p)
loss.backward()
print(p.grad)
""",
"infinite_slope: power of a zero weight in a loop": """
w = torch.zeros(3, requires_grad=True)
total = 0.0
for k in (1, 2):
    total = total + (w ** 0.25).sum() * k  #!
total.backward()
print(w.grad)
""",
"zero_times_inf: where round a division": """
x = torch.tensor([0.0, 2.0], requires_grad=True)
def safe_inverse(v):
    ratio = torch.sin(v) / v  #!
    return torch.where(v == 0, torch.ones_like(v), ratio)
loss = safe_inverse(x).sum()
loss.backward()
print(x.grad)
""",
"zero_times_inf: masked logarithm": """
x = torch.tensor([0.0, 1.0, 3.0], requires_grad=True)
logs = torch.log(x)  #!
masked = logs.masked_fill(x <= 0, 0.0)
masked.sum().backward()
print(x.grad)
""",
"zero_times_inf: p log p": """
p = torch.tensor([0.0, 0.5, 0.5], requires_grad=True)
logs = p.log()
terms = p * logs  #!
h = -terms.nan_to_num(0.0).sum()
h.backward()
print(p.grad)
""",
"masked_row: causal mask with one row too few": """
class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k = nn.Linear(4, 4), nn.Linear(4, 4)
    def forward(self, x, mask):
        scores = self.q(x) @ self.k(x).transpose(-2, -1)
        scores = scores + torch.zeros(3, 3).masked_fill(mask, float("-inf"))  #!
        return F.softmax(scores, dim=-1) @ x
mask = torch.triu(torch.ones(3, 3), diagonal=0).bool()
x = torch.randn(3, 4)
att = Attention()
loss = att(x, mask)[1:].sum()
loss.backward()
print(att.q.weight.grad)
""",
"mean_of_nothing: mean of an empty selection": """
pred = torch.randn(4, requires_grad=True)
label = torch.tensor([0, 0, 0, 0])
positive = pred[label == 1]
loss = positive.mean()  #!
loss.backward()
print(loss)
""",
"mean_of_nothing: cross entropy with ignore_index": """
lin = nn.Linear(3, 4)
criterion = nn.CrossEntropyLoss(ignore_index=0)
target = torch.tensor([0, 0])
def loss_of(x):
    return criterion(lin(x), target)  #!
loss = loss_of(torch.randn(2, 3))
loss.backward()
print(loss)
""",
"spread_of_one: batch of one sample": """
lin = nn.Linear(3, 2)
batch = torch.randn(1, 3)
out = lin(batch)
mean, std = out.mean(0), out.std(0)  #!
loss = ((out - mean) / (std + 1e-5)).sum()
loss.backward()
print(lin.weight.grad)
""",
"overflow: exp of large scores": """
scores = torch.tensor([100.0, 1.0], requires_grad=True)
weights = torch.exp(scores)  #!
probs = weights / weights.sum()
loss = -probs[0]
loss.backward()
print(scores.grad)
""",
"overflow: learning rate too large": """
w = torch.tensor([1.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=10.0)
for step in range(60):
    opt.zero_grad()
    loss = (w ** 4).sum()  #!
    loss.backward()
    opt.step()
print(w)
""",
"divided_by_zero: mean by a mask of zeros": """
x = torch.randn(3, requires_grad=True)
mask = torch.zeros(3)
mean = (x * mask).sum() / mask.sum()  #!
mean.backward()
print(x.grad)
""",
"out_of_domain: logarithm of a negative number": """
net = nn.Linear(2, 1)
nn.init.constant_(net.bias, -9.0)
out = net(torch.ones(3, 2))
logs = torch.log(out)  #!
loss = logs.mean()
loss.backward()
print(net.weight.grad)
""",
"nan_in_data: a hole in the table": """
data = torch.tensor([[1.0, 2.0], [float("nan"), 4.0]])  #!
lin = nn.Linear(2, 1)
loss = lin(data).mean()
loss.backward()
print(lin.weight.grad)
""",
"exploding: layers in a list": """
layers = [nn.Linear(6, 6) for _ in range(30)]
for layer in layers:
    nn.init.normal_(layer.weight, std=2.0)
x = torch.randn(2, 6)
for layer in layers:
    x = layer(x)  #!
loss = x.mean()
loss.backward()
print(layers[0].weight.grad.norm())
""",
"modified_in_place: sigmoid then mul_": """
w = torch.randn(3, requires_grad=True)
class Gate:
    def apply(self, v):
        g = torch.sigmoid(v)
        g.mul_(2)  #!
        return g
loss = Gate().apply(w).sum()
loss.backward()
""",
"modified_in_place: assignment to a slice in a loop": """
w = torch.ones(4, requires_grad=True)
h = w.exp()
for i in range(2):
    h[i] = 0.0  #!
loss = h.sum()
loss.backward()
""",
"modified_by_module: in-place activation after tanh": """
net = nn.Sequential(nn.Linear(2, 2), nn.Tanh())
act = nn.LeakyReLU(inplace=True)  #!
out = act(net(torch.randn(3, 2)))
out.sum().backward()
""",
"stepped_between: two losses and one optimizer": """
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
out = net(torch.randn(4, 2))
first, second = out.mean(), out.pow(2).mean()
first.backward(retain_graph=True)
opt.step()  #!
second.backward()
""",
"changed_behind_autograd: .data of a list's item": """
w = torch.randn(3, requires_grad=True)
kept = [w.exp()]
kept[0].data.mul_(0.5)  #!
kept[0].sum().backward()
print(w.grad)
""",
"second_backward: the same loss twice": """
w = torch.ones(2, requires_grad=True)
loss = (w ** 3).sum()
for k in range(1):
    loss.backward()
loss.backward()  #!
""",
"forward_once: forward before the loop": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(4, 2), torch.randn(4, 1)
pred = torch.tanh(net(x))  #!
for epoch in range(3):
    loss = (pred - y).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
"carried_graph: state in an attribute": """
class Memory(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.GRUCell(2, 3)
        self.state = torch.zeros(1, 3)
    def forward(self, x):
        self.state = self.cell(x, self.state)  #!
        return self.state
m = Memory()
for x in torch.randn(4, 1, 2):
    loss = m(x).sum()
    loss.backward()
""",
"carried_graph: running average": """
w = torch.tensor(2.0, requires_grad=True)
average = torch.tensor(0.0)
for x in (1.0, 2.0, 3.0):
    average = 0.9 * average + 0.1 * (w * x) ** 2  #!
    average.backward()
""",
"not_detached: adversarial step in functions": """
gen, disc = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
def d_loss(fake, real):
    return disc(fake).mean() - disc(real).mean()  #!
def g_loss(fake):
    return -disc(fake).mean()
fake = torch.tanh(gen(torch.randn(3, 2)))
d_loss(fake, torch.randn(3, 2)).backward()
g_loss(fake).backward()
""",
"stale_gradient: zero_grad forgotten": """
net = nn.Linear(2, 1)
opt = torch.optim.Adam(net.parameters())
x, y = torch.randn(5, 2), torch.randn(5, 1)
for _ in range(4):
    loss = F.mse_loss(net(x), y)
    loss.backward()  #!
    opt.step()
""",
"stale_gradient: update by hand": """
w = torch.tensor([1.0, 2.0], requires_grad=True)
for _ in range(3):
    loss = (w ** 2).sum()
    loss.backward()  #!
    with torch.no_grad():
        w -= 0.1 * w.grad
""",
"stale_gradient: update through .data": """
w = torch.tensor([1.0, 2.0], requires_grad=True)
for _ in range(3):
    loss = (w ** 2).sum()
    loss.backward()  #!
    w.data -= 0.1 * w.grad.data
""",
"summed_passes: batches in parts": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 2), torch.randn(6, 1)
opt.zero_grad()
for xs, ys in zip(x.chunk(3), y.chunk(3)):
    loss = F.mse_loss(net(xs), ys)  #!
    loss.backward()
opt.step()
""",
"kept_graphs: losses in a list": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
history = []
for _ in range(5):
    loss = net(torch.randn(3, 2)).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    history.append(loss)  #!
print(len(history))
""",
"kept_graphs: a sum in a dict": """
net = nn.Linear(2, 1)
stats = {"loss": 0.0}
for _ in range(5):
    loss = net(torch.randn(3, 2)).pow(2).mean()
    loss.backward()
    stats["loss"] += loss  #!
print(stats["loss"])
""",
"eval_records: validation without no_grad": """
net = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
def validate(batches):
    net.eval()  #!
    return [net(b).sum() for b in batches]
losses = validate([torch.randn(4, 3) for _ in range(3)])
print(losses[0] > 0)
""",
"broadcast: target as a row": """
net = nn.Linear(3, 1)
y = torch.randn(8)
def residual(x):
    return y - net(x)  #!
loss = residual(torch.randn(8, 3)).pow(2).mean()
loss.backward()
""",
"broadcast: mse_loss": """
net = nn.Linear(3, 1)
x, y = torch.randn(8, 3), torch.randn(8)
loss = F.mse_loss(net(x), y)  #!
loss.backward()
""",
"hook_before_in_place: a hook and then add_": """
w = torch.ones(2, requires_grad=True)
h = w * 3
h.register_hook(lambda g: print(g))  #!
h.add_(1).mul_(2)
h.sum().backward()
""",
"in_place_on_skip: F.relu with inplace": """
lin, out = nn.Linear(2, 2), nn.Linear(2, 2)
x = torch.tensor([[-1.0, 2.0]])
h = lin(x)
y = out(F.relu(h, inplace=True)) + h  #!
y.sum().backward()
""",
"lost_in_ctx: an intermediate is saved": """
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        square = x * x
        ctx.save_for_backward(square)  #!
        return square * x
    @staticmethod
    def backward(ctx, grad):
        square, = ctx.saved_tensors
        return 3 * square * grad
x = torch.tensor([2.0], requires_grad=True)
g, = torch.autograd.grad((Cube.apply(x) * x).sum(), x, create_graph=True)
gg, = torch.autograd.grad(g.sum(), x)
print(gg)
""",
"conjugate: squared magnitude": """
z = torch.tensor([1.0 + 1.0j], requires_grad=True)
loss = (z * z).abs().sum()  #!
loss.backward()
print(z.grad)
""",
"sparse_gradient: SGD with momentum is fine, Adam is not": """
class Bag(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.EmbeddingBag(9, 2, sparse=True, mode="sum")  #!
    def forward(self, ids):
        return self.table(ids)
model = Bag()
opt = torch.optim.AdamW(model.parameters())
model(torch.tensor([[1, 2], [2, 3]])).sum().backward()
opt.step()
""",
"wrong_number_of_gradients: two inputs, three gradients": """
class Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b
    @staticmethod
    def backward(ctx, g):
        a, b = ctx.saved_tensors
        return g * b, g * a, g  #!
a = torch.ones(2, requires_grad=True)
loss = Product.apply(a, torch.ones(2)).sum()
loss.backward()
""",
"ids_need_no_gradient: requires_grad_ of tokens": """
emb = nn.Embedding(6, 2)
tokens = torch.tensor([[1, 2, 3]])
tokens.requires_grad_()  #!
emb(tokens).sum().backward()
""",
"exploding: matrix power in a function": """
def roll(w, steps):
    h = torch.ones(3)
    for _ in range(steps):
        h = w @ h  #!
    return h
w = (2.5 * torch.eye(3)).requires_grad_()
loss = roll(w, 40).sum()
loss.backward()
print(w.grad)
""",
"zero_times_inf: where after an overflow": """
class Soft(nn.Module):
    def forward(self, x):
        big = torch.exp(x)  #!
        return torch.where(x > 20, x, torch.log(1 + big))
x = torch.tensor([200.0, 1.0], requires_grad=True)
loss = Soft()(x).sum()
loss.backward()
print(x.grad)
""",
"zero_times_inf: temperature after the mask": """
logits = torch.tensor([[1.0, 2.0, 3.0]], requires_grad=True)
temperature = torch.tensor(0.7, requires_grad=True)
mask = torch.tensor([[False, True, False]])
masked = logits.masked_fill(mask, float("-inf"))
probs = torch.softmax(masked / temperature, dim=-1)  #!
(probs[0, 0] - 1).pow(2).backward()
print(temperature.grad)
""",
"zero_times_inf: entropy by hand": """
logits = torch.tensor([0.0, 200.0], requires_grad=True)
p = torch.softmax(logits, 0)
h = -(p * torch.log(p)).nan_to_num(0.0).sum()  #!
h.backward()
print(logits.grad)
""",
"spread_of_one: normalisation of a single row": """
class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(3))
    def forward(self, x):
        centred = x - x.mean(0)
        return self.scale * centred / x.std(dim=0)  #!
loss = Norm()(torch.randn(1, 3)).sum()
loss.backward()
""",
"spread_of_one: var of one element": """
w = torch.tensor([3.0], requires_grad=True)
values = {"spread": w.var()}  #!
values["spread"].backward()
print(w.grad)
""",
"stale_gradient: one branch forgets to clear": """
w = torch.tensor([2.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
def train(k):
    loss = (w * k).sum()
    if k % 2:
        opt.zero_grad()
    loss.backward()  #!
    opt.step()
for k in range(1, 4):
    train(k)
print(w.grad)
""",
"stale_gradient: continue before zero_grad": """
w = torch.ones(2, requires_grad=True)
for k in range(3):
    loss = (w * (k + 1)).sum()
    loss.backward()  #!
    w.data.sub_(0.1 * w.grad)
    if k == 0:
        continue
    w.grad.zero_()
""",
"tie: torch.maximum": """
a = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor([1.0, 0.0], requires_grad=True)
pick = [torch.maximum(a, b)]  #!
pick[0].sum().backward()
print(a.grad)
""",
"lost_in_ctx: attribute of ctx": """
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.slope = 2 * x  #!
        return x * x
    @staticmethod
    def backward(ctx, g):
        return g * ctx.slope
def f(x):
    return Square.apply(x).sum() + (x ** 3).sum()
x = torch.tensor([1.5], requires_grad=True)
f(x).backward(create_graph=True)
g = x.grad
x.grad = None
g.sum().backward()
print(x.grad)
""",
"hook_before_in_place: activation in place": """
lin = nn.Linear(2, 2)
seen = []
h = lin(torch.ones(1, 2))
h.register_hook(seen.append)  #!
F.relu_(h)
h.sum().backward()
""",
"stepped_between: GAN in the wrong order": """
gen, dis = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
opt_d = torch.optim.SGD(dis.parameters(), lr=0.1)
fake = gen(torch.randn(3, 2))
score = dis(fake)
loss_d, loss_g = score.mean(), -score.mean()
loss_d.backward(retain_graph=True)
opt_d.step()  #!
loss_g.backward()
""",
"stepped_between: joint loss in a class": """
class Trainer:
    def __init__(self):
        self.a, self.b = nn.Linear(2, 2), nn.Linear(2, 1)
        self.opts = [torch.optim.Adam(m.parameters()) for m in (self.a, self.b)]
    def run(self, x):
        out = self.b(torch.sigmoid(self.a(x)))
        out.mean().backward(retain_graph=True)
        for o in self.opts:
            o.step()  #!
        (out ** 2).mean().backward()
Trainer().run(torch.randn(3, 2))
""",
"forward_once: loss before the loop": """
w = torch.tensor([1.0, 2.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
loss = (w ** 2).sum()  #!
for _ in range(3):
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
"forward_once: layer by layer before the loop": """
net, head = nn.Linear(2, 3), nn.Linear(3, 1)
x, y = torch.randn(4, 2), torch.randn(4, 1)
h = torch.tanh(net(x))  #!
out = head(h)
loss = F.mse_loss(out, y)
for _ in range(2):
    loss.backward()
""",
"leaf_in_place: normalise a parameter": """
lin = nn.Linear(2, 2)
def clip(m):
    m.weight.clamp_(-0.1, 0.1)  #!
clip(lin)
""",
"carried_graph: LSTM state": """
rnn, head = nn.LSTM(2, 3), nn.Linear(3, 1)
state = None
for chunk in torch.randn(3, 4, 1, 2):
    out, state = rnn(chunk, state)  #!
    loss = head(out).pow(2).mean()
    loss.backward()
""",
"carried_graph: state in a dict": """
cell = nn.GRUCell(2, 3)
carry = {"h": torch.zeros(1, 3)}
for x in torch.randn(3, 1, 2):
    carry["h"] = cell(x, carry["h"])  #!
    carry["h"].pow(2).sum().backward()
""",
"not_detached: critic in a loop": """
actor, critic = nn.Linear(3, 1), nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 1))
opt_a = torch.optim.Adam(actor.parameters())
opt_c = torch.optim.Adam(critic.parameters())
for _ in range(2):
    obs = torch.randn(6, 3)
    action = torch.tanh(actor(obs))
    q = critic(torch.cat([obs, action], 1))  #!
    loss_c = (q - 1).pow(2).mean()
    opt_c.zero_grad()
    loss_c.backward()
    opt_c.step()
    loss_a = -critic(torch.cat([obs, action], 1)).mean()
    opt_a.zero_grad()
    loss_a.backward()
    opt_a.step()
""",
"kept_graphs: running loss in an attribute": """
class Meter:
    def __init__(self):
        self.total = 0.0
    def add(self, loss):
        self.total += loss  #!
net, meter = nn.Linear(2, 1), Meter()
for _ in range(4):
    loss = net(torch.randn(3, 2)).pow(2).mean()
    loss.backward()
    meter.add(loss)
""",
"kept_graphs: predictions in a list": """
net = nn.Linear(2, 1)
outs = []
for x in torch.randn(6, 3, 2):
    y = net(x)
    outs.append(y)  #!
print(len(outs))
""",
"eval_records: one prediction": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(3, 1)
        self.drop = nn.Dropout(0.3)
    def forward(self, x):
        return self.drop(self.lin(x))
net = Net()
net.eval()  #!
y = net(torch.randn(2, 3))
print(y.requires_grad)
""",
"in_place_on_skip: residual block in a module": """
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.ReLU(inplace=True)  #!
        self.lin = nn.Linear(3, 3)
    def forward(self, x):
        return self.lin(self.act(x)) + x
stem, block = nn.Linear(3, 3), Block()
block(stem(torch.randn(2, 3))).sum().backward()
""",
"changed_behind_autograd: numbers put into a saved weight": """
w = torch.tensor([1.0, 2.0], requires_grad=True)
x = torch.tensor([3.0, 4.0], requires_grad=True)
y = w * x
w.data.fill_(0.0)  #!
y.sum().backward()
print(x.grad)
""",
"index_twice: scatter into rows": """
src = torch.ones(2, 2, requires_grad=True)
where = torch.tensor([[0, 0], [1, 2]])
def place(s):
    return torch.zeros(2, 3).scatter(1, where, s)  #!
place(src).sum().backward()
""",
"padding: embedding in a model": """
class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(5, 2, padding_idx=1)  #!
    def forward(self, ids):
        return self.emb(ids).mean(1).sum()
m = Words()
m(torch.tensor([[0, 1, 1]])).backward()
print(m.emb.weight.grad)
""",
"clamped_in_part: ratios of PPO": """
logp = torch.tensor([0.0, 0.9, -0.9], requires_grad=True)
ratio = logp.exp()
cut = ratio.clamp(0.8, 1.2)  #!
(-cut.mean()).backward()
print(logp.grad)
""",
"relu_at_zero: zeros in both layers": """
class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(3, 2)
        with torch.no_grad():
            self.lin.weight.zero_()  #!
            self.lin.bias.zero_()
        self.out = nn.Linear(2, 1)
    def forward(self, x):
        return self.out(torch.relu(self.lin(x)))
m = Gate()
loss = (m(torch.randn(5, 3)) - 1).pow(2).mean()
loss.backward()
print(m.lin.weight.grad)
""",
"saturated: sigmoid of unscaled pixels": """
pixels = torch.full((4, 3), 255.0)
lin = nn.Linear(3, 1)
nn.init.ones_(lin.weight)
chance = lin(pixels).sigmoid()  #!
loss = F.binary_cross_entropy(chance, torch.zeros(4, 1))
loss.backward()
print(lin.weight.grad)
""",
"softmax_twice: softmax in the forward": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(3, 4)
    def forward(self, x):
        return F.softmax(self.lin(x), dim=-1)  #!
net = Net()
loss = F.cross_entropy(net(torch.randn(2, 3)), torch.tensor([1, 2]))
loss.backward()
""",
"drawn: Normal.sample through normal": """
mu = torch.zeros(3, requires_grad=True)
log_sigma = torch.zeros(3, requires_grad=True)
noise = [torch.normal(mu, log_sigma.exp()) for _ in range(2)]  #!
loss = sum(n.pow(2).sum() for n in noise)
loss.backward()
print(mu.grad)
""",
"infinite_slope: distance in a contrastive loss": """
def far(a, b):
    return ((a - b) ** 2).sum(1) ** 0.5  #!
a = torch.ones(2, 3, requires_grad=True)
loss = torch.relu(1 - far(a, torch.ones(2, 3))).mean()
loss.backward()
print(a.grad)
""",
"infinite_slope: asin at one": """
x = {"s": torch.tensor([1.0, 0.2], requires_grad=True)}
angle = torch.asin(x["s"])  #!
angle.sum().backward()
print(x["s"].grad)
""",
"mean_of_nothing: nanless mean of no rows": """
lin = nn.Linear(2, 2)
rows = lin(torch.randn(3, 2))[torch.zeros(3, dtype=torch.bool)]
parts = [rows.mean()]  #!
(parts[0] + 1).backward()
""",
"overflow: half precision": """
w = torch.tensor([300.0], dtype=torch.float16, requires_grad=True)
square = w * w  #!
loss = (square - square).sum()
loss.backward()
print(w.grad)
""",
"nan_in_data: log of data": """
prices = torch.tensor([10.0, 0.0, -5.0])
logs = torch.log(prices)  #!
lin = nn.Linear(3, 1)
lin(logs).sum().backward()
print(lin.weight.grad)
""",
"wrong_number_of_gradients: three inputs": """
class Lin(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, b):
        ctx.save_for_backward(x, w)
        return x @ w + b
    @staticmethod
    def backward(ctx, g):
        x, w = ctx.saved_tensors
        gx = g @ w.T
        gw = x.T @ g
        return gx, gw  #!
x = torch.randn(2, 3)
w, b = torch.randn(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
Lin.apply(x, w, b).sum().backward()
""",
"wrong_shape_of_gradient: reduced too far": """
class Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.sum()
    @staticmethod
    def backward(ctx, g):
        return g.expand(5)  #!
x = torch.randn(3, requires_grad=True)
loss = Sum.apply(x)
loss.backward()
""",
"growing_graph: retain_graph keeps the state": """
w = torch.tensor(0.5, requires_grad=True)
h = torch.tensor(1.0)
for _ in range(5):
    h = torch.tanh(w * h)  #!
    loss = (h - 1) ** 2
    loss.backward(retain_graph=True)
""",
"overflow: late divergence": """
w = torch.tensor([1.0], requires_grad=True)
for k in range(80):
    loss = (w * w * 0.5).exp().sum() if k > 70 else (w * w).sum()  #!
    loss.backward()
    with torch.no_grad():
        w += 0.2
    w.grad = None
""",
"infinite_slope: late, after many passes": """
w = torch.tensor([4.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.0)
for k in range(45):
    opt.zero_grad()
    with torch.no_grad():
        w.fill_(max(0.0, 4.0 - 0.1 * k))
    loss = w.sqrt().sum()  #!
    loss.backward()
    opt.step()
""",
"softmax_twice: weak signal": """
def head(x, w):
    return torch.softmax(x @ w * 30, dim=1)  #!
w = torch.randn(3, 4, requires_grad=True)
loss = F.cross_entropy(head(torch.randn(5, 3), w), torch.tensor([0, 1, 2, 3, 0]))
loss.backward()
print(w.grad.abs().max())
""",
"clamped_in_part: quantiser": """
level = torch.linspace(-2, 2, 6, requires_grad=True)
q = torch.clamp(level, min=-0.5, max=0.5)  #!
(q ** 2).sum().backward()
print(level.grad)
""",
"spread_of_one: instance norm of a batch of one": """
x = torch.randn(1, 4, requires_grad=True)
def norm(v):
    s = v.std(0, keepdim=True)  #!
    return v / (s + 1e-5)
norm(x).sum().backward()
""",
"zero_times_inf: masked logits divided": """
class Sampler(nn.Module):
    def __init__(self):
        super().__init__()
        self.t = nn.Parameter(torch.ones(()))
    def forward(self, z, mask):
        z = torch.where(mask, z, torch.tensor(-torch.inf))
        return torch.log_softmax(z / self.t, -1)  #!
s = Sampler()
out = s(torch.randn(2, 4), torch.tensor([True, True, False, True]))
loss = -out[:, 0].mean()
loss.backward()
print(s.t.grad)
""",
"zero_times_inf: relative entropy": """
p = torch.tensor([1.0, 0.0], requires_grad=True)
q = torch.tensor([0.5, 0.5])
kl = torch.nan_to_num(p * torch.log(p / q), nan=0.0)  #!
kl.sum().backward()
print(p.grad)
""",
"stale_gradient: early continue": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
for k in range(4):
    x = torch.randn(3, 2)
    loss = net(x).abs().mean()
    loss.backward()  #!
    opt.step()
    if k > 2:
        opt.zero_grad()
""",
"tie: min of zeros": """
d = torch.zeros(2, 3, requires_grad=True)
low = torch.amin(d, 1)  #!
low.sum().backward()
print(d.grad)
""",
"lost_in_ctx: exp kept on ctx": """
class E(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.exp(x)
        ctx.y = y.clone()  #!
        return y
    @staticmethod
    def backward(ctx, g):
        return g * ctx.y
x = torch.tensor([0.3], requires_grad=True)
y = E.apply(x) * x
gx, = torch.autograd.grad(y.sum(), x, create_graph=True)
gx.sum().backward()
print(x.grad)
""",
"hook_before_in_place: a clamp in place": """
w = torch.randn(3, requires_grad=True)
grads = {}
h = w.exp()
h.register_hook(lambda g: grads.update(h=g))  #!
h += 1
(h ** 2).sum().backward()
""",
"stepped_between: step inside the loop over losses": """
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
out = net(torch.randn(5, 3))
for k in range(2):
    opt.zero_grad()
    out[:, k].mean().backward(retain_graph=True)
    opt.step()  #!
""",
"leaf_in_place: fill a row": """
w = nn.Parameter(torch.randn(2, 2))
w[0] = 0.0  #!
""",
"kept_graphs: epoch loss with sum": """
net = nn.Linear(3, 1)
def epoch():
    total = torch.zeros(())
    for _ in range(4):
        loss = net(torch.randn(2, 3)).pow(2).mean()
        loss.backward()
        total = total + loss  #!
    return total
result = epoch()
""",
"modified_in_place: clip after sqrt": """
w = torch.rand(4, requires_grad=True)
roots = {"r": w.sqrt()}
roots["r"].clamp_(max=0.5)  #!
roots["r"].sum().backward()
""",
"modified_in_place: batch normalised by hand": """
x = torch.randn(3, 2, requires_grad=True)
y = torch.exp(x)
z = y * y
y /= y.sum()  #!
(z.sum() + y.sum()).backward()
""",
"relu_dead: too large a step": """
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
with torch.no_grad():
    net[0].weight.fill_(-1.0)
    net[0].bias.zero_()
x = torch.rand(5, 2)
h = net[1](net[0](x))  #!
loss = (net[2](h) - 1).pow(2).mean()
loss.backward()
""",
"saturated: sigmoid in a gate": """
class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.g = nn.Parameter(torch.full((2,), 60.0))
    def forward(self, x):
        return x * torch.sigmoid(self.g)  #!
m = Gate()
opt = torch.optim.SGD(m.parameters(), lr=1.0)
for _ in range(2):
    loss = (m(torch.ones(2)) - 0.5).pow(2).sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
"no_derivative: integer division": """
w = torch.tensor([2.5, 7.5], requires_grad=True)
bins = w // 2  #!
(bins * 3).sum().backward()
print(w.grad)
""",
"infinite_slope: standard deviation by hand": """
x = torch.ones(4, requires_grad=True)
def std(v):
    var = ((v - v.mean()) ** 2).mean()
    return torch.sqrt(var)  #!
(std(x) + x.sum()).backward()
""",
"broadcast: predictions minus labels in a method": """
class Trainer:
    def __init__(self):
        self.net = nn.Linear(2, 1)
    def loss(self, x, y):
        return ((self.net(x) - y) ** 2).mean()  #!
Trainer().loss(torch.randn(5, 2), torch.randn(5)).backward()
""",
"changed_behind_autograd: weights reset between": """
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
x = torch.randn(3, 2)
loss = net(x).sum()
for p in net.parameters():
    p.data.zero_()  #!
loss.backward()
""",
}  # fmt: skip


def program(name):
    return HEAD + PROGRAMS[name].lstrip("\n")


def expected(name):
    """The cause, and the line that is marked."""
    lines = program(name).splitlines()
    return name.partition(":")[0], next(i for i, line in enumerate(lines, 1) if line.endswith("#!"))
