"""More spellings, as in variants.py."""

MORE = {
    "converted_after_flag": ("leaf_without_a_name", "pixels", """
net = nn.Linear(4, 1)
raw = torch.randint(0, 255, (2, 4))
pixels = raw.float().requires_grad_()
pixels = pixels / 255  # here
net(pixels).sum().backward()
print(pixels.grad)
"""),
    "sum_of_rewrapped": ("cut_new_tensor", "net.weight", """
net = nn.Linear(3, 2)
x = torch.randn(4, 3)
losses = []
for row in net(x):
    losses.append(row.pow(2).sum())
loss = torch.tensor(losses, requires_grad=True).sum()  # here
loss.backward()
print(net.weight.grad)
"""),
    "argmax_feeds_second_net": ("cut_index", "first.weight", """
first, second = nn.Linear(4, 5), nn.Embedding(5, 3)
x = torch.randn(6, 4)
words = first(x).argmax(-1)  # here
loss = second(words).pow(2).mean()
loss.backward()
print(first.weight.grad)
"""),
    "numpy_in_the_middle": ("cut_numpy", "net.weight", """
import numpy as np
net, out = nn.Linear(3, 3), nn.Linear(3, 1)
h = net(torch.randn(4, 3))
array = h.detach().numpy() * 2.0  # here
array = np.clip(array, -1, 1)
loss = out(torch.tensor(array)).pow(2).mean()
loss.backward()
print(net.weight.grad)
"""),
    "loss_flag_switched_on": ("cut_index", "net.weight", """
net = nn.Linear(3, 4)
x, y = torch.randn(5, 3), torch.randint(0, 4, (5,))
out = net(x)
guess = out.argmax(dim=1)  # here
loss = (guess - y).abs().float().mean()
loss.requires_grad_(True)
loss.backward()
print(net.weight.grad)
"""),
    "parameters_used_up": ("iterator_used_up", "parameters", """
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
params = net.parameters()  # here
for p in params:
    nn.init.constant_(p, 0.1)
net(torch.ones(1, 2)).sum().backward()
with torch.no_grad():
    for p in params:
        p -= 0.1 * p.grad
print(net[0].weight)
"""),
    "named": ("iterator_used_up", "named_parameters", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(2, 1)
    def forward(self, x):
        return self.l(x)
m = M()
named = m.named_parameters()  # here
print([n for n, p in named])
opt = torch.optim.SGD(m.parameters(), lr=0.1)
m(torch.ones(1, 2)).sum().backward()
opt.step()
for n, p in named:
    print(n, p.grad)
"""),
    "optimizer_gets_nothing": ("iterator_used_up", "parameters", """
m = nn.Linear(2, 1)
params = m.parameters()  # here
print(sum(p.numel() for p in params))
opt = torch.optim.SGD(params, lr=0.1)
"""),
    "grad_of_the_middle": ("not_a_leaf", "h", """
x = torch.tensor([1.0, 2.0], requires_grad=True)
w = torch.tensor([3.0, 4.0], requires_grad=True)
h = x * w  # here
loss = h.pow(2).sum()
loss.backward()
print(h.grad)
"""),
    "weights_rebound": ("name_rebound", "w", """
w = torch.tensor([1.0, -1.0], requires_grad=True)
x, y = torch.randn(5, 2), torch.randn(5)
for _ in range(3):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    w = w - 0.1 * w.grad  # here
print(w)
"""),
    "data_rebound": ("name_rebound", "w", """
w = torch.tensor([1.0, -1.0], requires_grad=True)
for _ in range(3):
    loss = ((w - 3) ** 2).mean()
    loss.backward()
    w = w.data - 0.1 * w.grad  # here
print(w)
"""),
    "rebound_two": ("name_rebound", "b", """
a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(0.0, requires_grad=True)
for epoch in range(2):
    for x in (1.0, 2.0):
        loss = (a * x + b - 3) ** 2
        loss.backward()
        with torch.no_grad():
            a -= 0.1 * a.grad
            b = b - 0.1 * b.grad  # here
        a.grad.zero_()
        b.grad.zero_()
"""),
    "attack_inside_no_grad": ("cut_no_grad", "x", """
net = nn.Linear(3, 2)
def attack(x, y):
    x = x.clone().requires_grad_()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    return x + 0.1 * x.grad.sign()

images, labels = torch.randn(2, 3), torch.tensor([0, 1])
with torch.no_grad():  # here
    adv = attack(images, labels)
    print(net(adv).argmax(1))
"""),
    "factor": ("leaf_without_a_name", "pair.scale", """
class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Linear(2, 2)
        self.scale = nn.Parameter(torch.ones([])) * 2.6592  # here
    def forward(self, x):
        return self.scale.exp() * self.a(x) @ self.b(x).t()
pair = Pair()
pair(torch.randn(3, 2)).mean().backward()
print(pair.scale.grad, pair.a.weight.grad is not None)
"""),
    "func_grad": ("not_differentiated", "v", """
from torch.func import grad
w = torch.ones(2)
def loss(v):
    return (w ** 2).sum()  # here
print(grad(loss)(torch.ones(2)))
"""),
    "returns_the_other": ("used_nowhere", "net.right.weight", """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Linear(2, 1), nn.Linear(2, 1)
    def forward(self, x):
        a = self.left(x)
        b = self.right(x)
        return a  # here
net = Net()
loss = net(torch.ones(1, 2)).sum()
loss.backward()
for name, parameter in net.named_parameters():
    print(name, parameter.grad)
"""),
    "sampled_without_history": ("cut_sample", "net.weight", """
net, decoder = nn.Linear(3, 4), nn.Linear(2, 3)
x = torch.randn(5, 3)
mean, spread = net(x).chunk(2, dim=1)
code = torch.distributions.Normal(mean, spread.exp()).sample()  # here
loss = (decoder(code) - x).pow(2).mean()
loss.backward()
print(net.weight.grad)
"""),
    "drawn_action_decides_the_reward": ("cut_index", "policy.weight", """
policy = nn.Linear(3, 2)
opt = torch.optim.Adam(policy.parameters(), lr=0.01)
chances = torch.softmax(policy(torch.randn(3)), dim=0)
action = torch.multinomial(chances, 1)  # here
reward = 1.0 if action.item() == 1 else 0.0
loss = -torch.tensor(reward, requires_grad=True)
loss.backward()
opt.step()
"""),
    "encoder_unused": ("used_nowhere", "enc.weight", """
enc, head = nn.Linear(2, 2), nn.Linear(2, 1)
x, y = torch.randn(4, 2), torch.randn(4, 1)
h = torch.relu(enc(x))
loss = ((head(x) - y) ** 2).mean()  # here
loss.backward()
print(enc.weight.grad)
"""),
    "in_module": ("used_nowhere", "m.enc.weight", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.head = nn.Linear(2, 2), nn.Linear(2, 1)
    def forward(self, x):
        h = torch.tanh(self.enc(x))
        return self.head(x)  # here
m = M()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
m(torch.randn(3, 2)).sum().backward()
opt.step()
print(m.enc.weight.grad)
"""),
    "item_via_attribute": ("cut_item", "net.weight", """
class Meter:
    def __init__(self):
        self.value = 0.0
    def update(self, v):
        self.value = 0.9 * self.value + 0.1 * v
net, other = nn.Linear(2, 1), nn.Linear(2, 1)
meter = Meter()
x = torch.randn(3, 2)
meter.update(net(x).mean().item())  # here
loss = (other(x).mean() - meter.value) ** 2
loss.backward()
print(net.weight.grad)
"""),
    "item_through_max": ("cut_item", "a", """
a = torch.tensor([1.0, 5.0], requires_grad=True)
b = torch.tensor([1.0, 2.0], requires_grad=True)
top = max([t.item() for t in a])  # here
loss = (b * top).sum()
loss.backward()
print(a.grad)
"""),
    "math_exp": ("cut_item", "a", """
import math
a = torch.tensor(0.5, requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
f = math.exp(a)  # here
(b * f).backward()
print(a.grad)
"""),
    "float_keyword": ("cut_item", "s", """
s = nn.Parameter(torch.tensor(0.3))
x = torch.randn(4, requires_grad=True)
noise = torch.full_like(x, fill_value=float(s))  # here
loss = (x * noise).sum()
loss.backward()
print(s.grad)
"""),
    "clamp_by_item": ("cut_item", "lim", """
lim = torch.tensor(0.3, requires_grad=True)
x = torch.randn(6, requires_grad=True)
y = x.clamp(max=lim.item())  # here
y.sum().backward()
print(lim.grad)
"""),
    "generator_yield": ("cut_detach", "enc.weight", """
enc, head = nn.Linear(2, 2), nn.Linear(2, 1)
def batches():
    for _ in range(2):
        yield enc(torch.randn(3, 2)).detach()  # here
total = 0
for h in batches():
    total = total + head(h).mean()
total.backward()
print(enc.weight.grad)
"""),
    "namedtuple_and_zip": ("cut_tolist", "q", """
q = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
r = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
loss = 0
for a, b in zip(q.tolist(), r):  # here
    loss = loss + a * b
loss.backward()
print(q.grad)
"""),
    "lambda_data": ("cut_data", "w1", """
w1 = torch.randn(2, 2, requires_grad=True)
w2 = torch.randn(2, 2, requires_grad=True)
f = lambda t: t.data.clone()  # here
(f(w1) @ w2).sum().backward()
print(w1.grad)
"""),
    "setitem_item": ("cut_item", "net.weight", """
net = nn.Linear(2, 1)
g = nn.Parameter(torch.ones(3))
buffer = torch.zeros(3)
for i, row in enumerate(net(torch.randn(3, 2))):
    buffer[i] = row.item()  # here
(buffer * g).sum().backward()
print(net.weight.grad)
"""),
    "one_hot_of_argmax": ("cut_index", "net.weight", """
net, dec = nn.Linear(2, 3), nn.Linear(3, 2)
hard = F.one_hot(net(torch.randn(4, 2)).argmax(-1), 3).float()  # here
dec(hard).pow(2).mean().backward()
print(net.weight.grad)
"""),
    "where_mask_only": ("cut_comparison", "t", """
t = torch.tensor(0.2, requires_grad=True)
x = torch.randn(5)
w = torch.ones(5, requires_grad=True)
mask = (x > t)  # here
loss = (w * mask).sum()
loss.backward()
print(t.grad)
"""),
    "enable_inside": ("cut_no_grad", "e.weight", """
e, h = nn.Linear(2, 2), nn.Linear(2, 1)
with torch.set_grad_enabled(False):  # here
    z = e(torch.randn(2, 2))
    with torch.enable_grad():
        out = h(z)
out.sum().backward()
print(e.weight.grad)
"""),
    "no_grad_generator_eval_forgot": ("cut_no_grad", "net.weight", """
net = nn.Linear(2, 1)
torch.set_grad_enabled(False)  # here
print("validation", net(torch.ones(1, 2)))
for _ in range(2):
    loss = net(torch.randn(4, 2)).pow(2).mean()
    loss.backward()
"""),
    "from_state_dict": ("cut_detach", "a.weight", """
a, b = nn.Linear(2, 1), nn.Linear(2, 1)
x = torch.randn(3, 2)
targets = [m(x).detach() for m in (a,)]  # here
loss = (b(x) - targets[0]).pow(2).mean()
loss.backward()
opt = torch.optim.SGD([*a.parameters(), *b.parameters()], lr=0.1)
opt.step()
"""),
    "param_never_in_forward": ("unused", "m.gamma", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(2))
        self.fc = nn.Linear(2, 2)
    def forward(self, x):
        return self.fc(x)
m = M()
loss = m(torch.randn(1, 2)).sum()  # here
loss.backward()
for n, p in m.named_parameters():
    print(n, p.grad)
"""),
    "autograd_grad_unused": ("unused_input", "b", """
a = torch.ones(1, requires_grad=True)
b = torch.ones(1, requires_grad=True)
y = (a * 3).sum()
ga, gb = torch.autograd.grad(y, (a, b))  # here
"""),
    "new_row_view": ("new_view", "table[1]", """
table = torch.randn(3, 2, requires_grad=True)
score = (table[1] * 2).sum()
g, = torch.autograd.grad(score, [table[1]], allow_unused=True)  # here
print(g)
"""),
    "model_reset_after_optimizer": ("optimizer_holds_old", "net.weight", """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net = nn.Linear(2, 1)  # here
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(3, 2)).pow(2).mean().backward()
    opt.step()
"""),
    "layer_replaced_in_a_function": ("optimizer_holds_old", "net.1.weight", """
def train():
    net = nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 1))
    opt = torch.optim.SGD(net.parameters(), lr=0.1)
    net[1] = nn.Linear(4, 3)  # here
    for _ in range(2):
        opt.zero_grad()
        net(torch.randn(3, 2)).pow(2).mean().backward()
        opt.step()

train()
"""),
    "list_of_parameters": ("in_a_plain_list", "m.ws[0]", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        ws = [nn.Parameter(torch.randn(2, 2)) for _ in range(2)]
        self.ws = ws  # here
        self.b = nn.Parameter(torch.zeros(2))
    def forward(self, x):
        for w in self.ws:
            x = x @ w
        return x + self.b
m = M()
opt = torch.optim.Adam(m.parameters())
m(torch.randn(2, 2)).sum().backward()
opt.step()
"""),
    "late_flag_in_loop": ("flag_too_late", "delta", """
net = nn.Linear(3, 1)
delta = torch.zeros(3)
x = torch.randn(3)
score = net(x + delta)
delta.requires_grad_()  # here
score.backward()
print(delta.grad)
"""),
    "main_function": ("cut_no_grad", "enc.weight", """
def main():
    enc = nn.Linear(2, 2)
    head = nn.Linear(2, 1)
    opt = torch.optim.SGD(list(enc.parameters()) + list(head.parameters()), lr=0.1)
    for _ in range(2):
        x = torch.randn(3, 2)
        with torch.no_grad():  # here
            z = enc(x)
        loss = head(z).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
main()
"""),
    "trainer_class": ("cut_detach", "model.0.weight", """
class Trainer:
    def __init__(self, model):
        self.model = model
        self.opt = torch.optim.Adam(model.parameters())
    def step(self, x):
        h = self.model[0](x)
        out = self.model[1](h.detach())  # here
        loss = out.mean()
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
t = Trainer(model)
t.step(torch.randn(2, 2))
print(model[0].weight.grad)
"""),
    "hook_in_class": ("hook_gets_none", "data", """
class Probe:
    def __init__(self, m):
        self.seen = []
        m.register_full_backward_hook(self.catch)
    def catch(self, module, gin, gout):
        self.seen.append(gin[0])
m = nn.Conv1d(1, 1, 2)
p = Probe(m)
data = torch.randn(1, 1, 4)  # here
m(data).sum().backward()
print(p.seen)
"""),
    "variable_of_data": ("cut_data", "net.weight", """
from torch.autograd import Variable
net = nn.Linear(2, 1)
loss = net(torch.randn(3, 2)).mean()
loss = Variable(loss.data, requires_grad=True)  # here
loss.backward()
print(net.weight.grad)
"""),
    "cpu_numpy_list": ("cut_numpy", "net.weight", """
import numpy as np
net, g = nn.Linear(2, 2), nn.Parameter(torch.ones(3, 2))
rows = []
for r in net(torch.randn(3, 2)):
    rows.append(r.detach().cpu().numpy())  # here
feats = torch.from_numpy(np.stack(rows))
(feats * g).sum().backward()
print(net.weight.grad)
"""),
    "two_managers": ("cut_no_grad", "e.weight", """
import contextlib
e, h = nn.Linear(2, 2), nn.Linear(2, 1)
with contextlib.nullcontext(), torch.no_grad():  # here
    z = e(torch.randn(2, 2))
h(z).sum().backward()
print(e.weight.grad)
"""),
    "method_decorator": ("cut_no_grad", "m.enc.weight", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.head = nn.Linear(2, 2), nn.Linear(2, 1)
    @torch.no_grad()  # here
    def encode(self, x):
        return self.enc(x)
    def forward(self, x):
        return self.head(self.encode(x))
m = M()
m(torch.randn(2, 2)).sum().backward()
print(m.enc.weight.grad)
"""),
    "inference_decorator": ("cut_inference", "enc.weight", """
enc, head = nn.Linear(2, 2), nn.Linear(2, 1)
@torch.inference_mode()  # here
def feats(x):
    return enc(x)
z = feats(torch.randn(2, 2)).clone()
head(z).sum().backward()
print(enc.weight.grad)
"""),
    "conditional_switch": ("cut_no_grad", "enc.weight", """
enc, head = nn.Linear(2, 2), nn.Linear(2, 1)
train_encoder = False
with torch.set_grad_enabled(train_encoder):  # here
    z = enc(torch.randn(2, 2))
head(z).sum().backward()
print(enc.weight.grad)
"""),
    "dict_comprehension": ("cut_item", "net.weight", """
net, w = nn.Linear(2, 3), nn.Parameter(torch.ones(3))
out = net(torch.randn(2))
scores = {i: out[i].item() for i in range(3)}  # here
loss = sum(w[i] * scores[i] for i in range(3))
loss.backward()
print(net.weight.grad)
"""),
    "argmax_item_index": ("cut_index", "net.weight", """
net, table = nn.Linear(2, 3), nn.Parameter(torch.randn(3, 2))
k = net(torch.randn(2)).argmax().item()  # here
loss = table[k].pow(2).sum()
loss.backward()
print(net.weight.grad)
"""),
    "argmax_int_in_function": ("cut_index", "net.weight", """
net, table = nn.Linear(2, 3), nn.Embedding(3, 2)
def pick(logits):
    return int(torch.argmax(logits))  # here
def look(i):
    return table.weight[i]
loss = look(pick(net(torch.randn(2)))).sum()
loss.backward()
print(net.weight.grad)
"""),
    "threshold_by_if": ("cut_comparison", "t", """
t = torch.tensor(0.3, requires_grad=True)
w = torch.tensor(1.0, requires_grad=True)
if w > t:  # here
    loss = w * 2
else:
    loss = w * 3
loss.backward()
print(t.grad)
"""),
    "bool_select": ("cut_comparison", "t", """
t = torch.tensor(0.3, requires_grad=True)
w = torch.randn(4, requires_grad=True)
keep = w.detach() > t  # here
loss = w[keep].sum()
loss.backward()
print(t.grad)
"""),
    "floor_long": ("cut_integer", "pos", """
pos = torch.tensor([1.2, 2.7], requires_grad=True)
grid = torch.randn(5, requires_grad=True)
low = pos.floor().long()  # here
loss = grid[low].sum()
loss.backward()
print(pos.grad)
"""),
    "gather_index": ("cut_integer", "shift", """
shift = nn.Parameter(torch.tensor(1.4))
seq = torch.randn(3, 6, requires_grad=True)
idx = (torch.arange(3) + shift).long()[:, None]  # here
out = seq.gather(1, idx)
out.sum().backward()
print(shift.grad)
"""),
    "range_by_int": ("cut_item", "n", """
n = torch.tensor(3.2, requires_grad=True)
w = torch.tensor(0.5, requires_grad=True)
y = w
for _ in range(int(n)):  # here
    y = y * w
y.backward()
print(n.grad)
"""),
    "power_by_int": ("cut_item", "k", """
k = torch.tensor(2.0, requires_grad=True)
x = torch.tensor(3.0, requires_grad=True)
p = int(k.item())  # here
(x ** p).backward()
print(k.grad)
"""),
    "new_tensor_method": ("cut_new_tensor", "net.weight", """
net, w = nn.Linear(2, 2), nn.Parameter(torch.ones(2))
h = net(torch.randn(2))
c = w.new_tensor(h)  # here
(c * w).sum().backward()
print(net.weight.grad)
"""),
    "copy_into_buffer_no_grad": ("cut_no_grad", "enc.weight", """
enc, w = nn.Linear(2, 2), nn.Parameter(torch.ones(2))
memory = torch.zeros(2)
with torch.no_grad():  # here
    memory.copy_(enc(torch.randn(2)))
(memory * w).sum().backward()
print(enc.weight.grad)
"""),
    "running_mean": ("cut_detach", "enc.weight", """
enc, head = nn.Linear(2, 2), nn.Linear(2, 1)
mean = torch.zeros(2)
for _ in range(3):
    h = enc(torch.randn(5, 2))
    mean = 0.9 * mean + 0.1 * h.detach().mean(0)  # here
loss = head(mean).pow(2).sum()
loss.backward()
print(enc.weight.grad)
"""),
    "closure_lbfgs": ("cut_item", "w", """
w = torch.tensor([1.0], requires_grad=True)
b = torch.tensor([1.0], requires_grad=True)
opt = torch.optim.LBFGS([w, b], max_iter=2)
def closure():
    opt.zero_grad()
    loss = (w.pow(2).sum().item() + b).pow(2).sum()  # here
    loss.backward()
    return loss
opt.step(closure)
print(w.grad)
"""),
    "dataclass_state": ("cut_detach", "cell.weight", """
from dataclasses import dataclass
@dataclass
class State:
    h: torch.Tensor
    steps: int = 0
cell, head = nn.Linear(2, 2), nn.Linear(2, 1)
s = State(torch.zeros(2))
s.h = cell(torch.randn(2)).detach()  # here
head(s.h).sum().backward()
print(cell.weight.grad)
"""),
    "partial_function": ("cut_detach", "a", """
import functools
a = torch.randn(3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
def f(p, q):
    return (p.detach() * q).sum()  # here
g = functools.partial(f, a)
g(b).backward()
print(a.grad)
"""),
    "map_filter": ("cut_item", "a", """
a = torch.randn(3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
nums = list(map(lambda t: t.item(), a))  # here
(b * torch.tensor(nums)).sum().backward()
print(a.grad)
"""),
    "sequential_output_detached": ("cut_detach", "net.0.weight", """
class Cut(nn.Module):
    def forward(self, x):
        return x.detach()  # here
net = nn.Sequential(nn.Linear(2, 2), Cut(), nn.Linear(2, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net(torch.randn(3, 2)).mean().backward()
opt.step()
print(net[0].weight.grad)
"""),
    "round_in_python": ("cut_item", "a", """
a = torch.tensor(1.7, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
s = round(a.item(), 1) * 10  # here
(b * s).backward()
print(a.grad)
"""),
    "statistics_norm": ("cut_no_grad", "net.weight", """
net, head = nn.Linear(3, 3), nn.Linear(3, 1)
def normalised(h):
    with torch.no_grad():  # here
        h = (h - h.mean(0)) / h.std(0)
    return h
head(normalised(net(torch.randn(4, 3)))).sum().backward()
print(net.weight.grad)
"""),
    "loss_only_from_items": ("cut_item", "net.weight", """
net = nn.Linear(2, 1)
total = 0.0
for _ in range(3):
    total += net(torch.randn(2, 2)).mean().item()  # here
loss = torch.tensor(total / 3, requires_grad=True)
loss.backward()
print(net.weight.grad)
"""),
    "float_has_no_backward": ("cut_item", "net.weight", """
net = nn.Linear(2, 1)
loss = net(torch.randn(2, 2)).mean().item()  # here
loss.backward()
"""),
    "none_used_after": ("not_a_leaf", "z", """
x = torch.ones(2, requires_grad=True)
z = x * 3  # here
z.sum().backward()
print(z.grad * 2)
"""),
    "tensor_in_list_not_leaf": ("leaf_without_a_name", "ws[0]", """
ws = [torch.randn(2, requires_grad=True) * 0.1 for _ in range(2)]  # here
loss = sum((w ** 2).sum() for w in ws)
loss.backward()
print([w.grad for w in ws])
"""),
    "double_flag": ("leaf_without_a_name", "w", """
w = torch.randn(3, requires_grad=True).double()  # here
(w ** 2).sum().backward()
print(w.grad)
"""),
    "unsqueezed": ("leaf_without_a_name", "params['b']", """
params = {"b": torch.zeros(2, requires_grad=True).unsqueeze(0)}  # here
(params["b"] + 1).pow(2).sum().backward()
print(params["b"].grad)
"""),
}  # fmt: skip
