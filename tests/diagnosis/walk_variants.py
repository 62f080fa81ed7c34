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
"modified_in_place: in-place activation after tanh": """
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
"derivative_is_constant: second derivative of a sum": """
x = torch.randn(3, requires_grad=True)
y = (2 * x).sum() + 1
w = torch.ones(3, requires_grad=True)
g, = torch.autograd.grad((y * w).sum(), x, create_graph=True)
h, = torch.autograd.grad(g.sum(), x)  #!
""",
}  # fmt: skip


def program(name):
    return HEAD + PROGRAMS[name].lstrip("\n")


def expected(name):
    """The cause, and the line that is marked."""
    lines = program(name).splitlines()
    return name.partition(":")[0], next(i for i, line in enumerate(lines, 1) if line.endswith("#!"))
