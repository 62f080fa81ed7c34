"""Programs in which a gradient does not arrive, in spellings of their own. `# here` marks the line
to change."""

from tests.diagnosis.more_variants import MORE

BEGIN = """import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
"""

# Name: the cause, whose gradient is missing, the program.
VARIANTS = {
    "item_in_a_method": ("cut_item", "m.gain", """
class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.tensor(2.0))
        self.layer = nn.Linear(3, 1)

    def factor(self):
        return self.gain.exp().item()  # here

    def forward(self, x):
        return self.layer(x) * self.factor()


m = Scaled()
loss = m(torch.randn(4, 3)).pow(2).mean()
loss.backward()
print(m.gain.grad)
"""),
    "float_returned_by_a_function": ("cut_item", "w", """
w = torch.tensor([1.0, 2.0], requires_grad=True)
v = torch.tensor([1.0, 2.0], requires_grad=True)


def strength(t):
    total = 0.0
    for part in t:
        total += float(part ** 2)  # here
    return total / 2


loss = (v * strength(w)).sum()
loss.backward()
print(w.grad, v.grad)
"""),
    "items_in_a_dict": ("cut_item", "net.weight", """
net, head = nn.Linear(2, 2), nn.Linear(2, 1)
x = torch.randn(3, 2)
terms = {}
terms["size"] = net(x).abs().mean().item()  # here
terms["fit"] = head(x).pow(2).mean()
loss = terms["fit"] + 0.1 * terms["size"]
loss.backward()
print(net.weight.grad)
"""),
    "comprehension_of_floats": ("cut_item", "conv.weight", """
conv = nn.Conv1d(1, 2, 3)
out = nn.Linear(2, 1)
x = torch.randn(4, 1, 6)
means = [float(m.mean()) for m in conv(x)]  # here
loss = (out(torch.randn(4, 2)).squeeze() - torch.tensor(means)).pow(2).mean()
loss.backward()
print(conv.weight.grad)
"""),
    "tolist_and_back": ("cut_tolist", "emb.weight", """
emb = nn.Embedding(5, 3)
head = nn.Linear(3, 1)
rows = emb(torch.tensor([0, 3])).tolist()  # here
batch = torch.tensor(rows)
loss = head(batch).sum()
loss.backward()
print(emb.weight.grad, head.weight.grad)
"""),
    "numpy_in_a_function": ("cut_numpy", "a", """
import numpy as np

a = torch.tensor([0.3, 0.7], requires_grad=True)
b = torch.tensor([1.0, 1.0], requires_grad=True)


def smooth(values):
    array = values.detach().numpy()  # here
    return torch.from_numpy(np.cumsum(array) * 0.5)


loss = (b * smooth(a ** 2)).sum()
loss.backward()
print(a.grad)
"""),
    "numpy_mean_in_the_loss": ("cut_numpy", "net.weight", """
import numpy as np

net = nn.Linear(3, 3)
scale = nn.Parameter(torch.ones(3))
logits = net(torch.randn(5, 3))
level = np.mean(logits.data.numpy())  # here
loss = (scale * float(level)).sum()
loss.backward()
print(net.weight.grad)
"""),
    "data_in_forward": ("cut_data", "m.first.weight", """
class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(2, 2), nn.Linear(2, 1)

    def forward(self, x):
        h = torch.relu(self.first(x)).data  # here
        return self.second(h)


m = Two()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    m(torch.randn(4, 2)).mean().backward()
    opt.step()
print(m.first.weight.grad)
"""),
    "detach_in_a_loop": ("cut_detach", "start", """
start = torch.zeros(2, requires_grad=True)
cell = nn.RNNCell(2, 2)
h = start[None]
for t in range(3):
    h = cell(torch.randn(1, 2), h.detach())  # here
h.sum().backward()
print(start.grad, cell.weight_hh.grad is not None)
"""),
    "detach_through_a_list": ("cut_detach", "enc.weight", """
enc, dec = nn.Linear(2, 2), nn.Linear(2, 2)
x = torch.randn(3, 2)
memory = []
for row in x:
    memory.append(enc(row).detach())  # here
loss = dec(torch.stack(memory)).pow(2).sum()
loss.backward()
print(enc.weight.grad)
"""),
    "tensor_of_outputs": ("cut_new_tensor", "m.weight", """
m = nn.Linear(2, 1)
bias = nn.Parameter(torch.zeros(3))
outs = torch.tensor([m(row) for row in torch.randn(3, 2)])  # here
loss = (outs + bias).pow(2).mean()
loss.backward()
print(m.weight.grad, bias.grad)
"""),
    "parameter_of_a_result": ("cut_new_tensor", "base", """
base = torch.tensor([1.0, 2.0], requires_grad=True)
w = nn.Parameter(base * 2)  # here
(w ** 2).sum().backward()
print(base.grad, w.grad)
"""),
    "tensor_again_in_a_function": ("cut_new_tensor", "net.0.weight", """
net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.Adam(net.parameters())


def cost(out):
    value = torch.tensor(out.pow(2).mean(), requires_grad=True)  # here
    return value


for step in range(2):
    opt.zero_grad()
    cost(net(torch.randn(3, 2))).backward()
    opt.step()
print(net[0].weight.grad)
"""),
    "max_indices": ("cut_index", "scores", """
scores = torch.tensor([[0.1, 0.9], [0.8, 0.2]], requires_grad=True)
gain = torch.tensor([1.0, 1.0], requires_grad=True)
best = scores.max(1)[1]  # here
loss = (best.float() * gain).sum()
loss.backward()
print(scores.grad)
"""),
    "topk_as_values": ("cut_index", "net.weight", """
net = nn.Linear(4, 6)
w = nn.Parameter(torch.ones(2))
values, places = net(torch.randn(4)).topk(2)  # here
loss = (places.float() * w).sum()
loss.backward()
print(net.weight.grad)
"""),
    "argsort_for_a_rank_loss": ("cut_index", "s", """
s = torch.randn(5, requires_grad=True)
t = torch.arange(5.0)
ranks = s.argsort().argsort().float()  # here
loss = (ranks - t).pow(2).mean()
loss.requires_grad_()
loss.backward()
print(s.grad)
"""),
    "int_index_in_a_table": ("cut_item", "position", """
table = nn.Parameter(torch.arange(6.0))
position = torch.tensor(2.4, requires_grad=True)
k = int(position)  # here
loss = table[k] * 2
loss.backward()
print(position.grad)
"""),
    "to_int64": ("cut_integer", "p", """
p = nn.Parameter(torch.tensor([0.4, 1.6]))
q = nn.Parameter(torch.tensor([1.0, 1.0]))
bins = (p * 3).to(torch.int64)  # here
loss = (bins * q).sum()
loss.backward()
print(p.grad)
"""),
    "comparison_as_accuracy": ("cut_comparison", "clf.weight", """
clf = nn.Linear(3, 1)
x, y = torch.randn(6, 3), torch.tensor([0.0, 1.0, 0.0, 1.0, 1.0, 0.0])
hit = (torch.sigmoid(clf(x)).squeeze(1) > 0.5)  # here
loss = 1 - (hit.float() == y).float().mean()
loss.requires_grad = True
loss.backward()
print(clf.weight.grad)
"""),
    "no_grad_decorator": ("cut_no_grad", "enc.weight", """
enc, head = nn.Linear(3, 2), nn.Linear(2, 1)


@torch.no_grad()  # here
def features(x):
    return torch.tanh(enc(x))


loss = head(features(torch.randn(4, 3))).pow(2).mean()
loss.backward()
print(enc.weight.grad)
"""),
    "no_grad_in_forward": ("cut_no_grad", "m.enc.weight", """
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Linear(3, 3)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        with torch.no_grad():  # here
            h = self.enc(x)
            h = h / h.norm(dim=1, keepdim=True)
        return self.head(h)


m = Model()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
F.cross_entropy(m(torch.randn(5, 3)), torch.randint(0, 2, (5,))).backward()
opt.step()
print(m.enc.weight.grad)
"""),
    "switched_off_for_good": ("cut_no_grad", "w", """
w = torch.tensor([2.0], requires_grad=True)
u = torch.tensor([2.0], requires_grad=True)
torch.set_grad_enabled(False)  # here
h = w * 3
torch.set_grad_enabled(True)
(h * u).sum().backward()
print(w.grad)
"""),
    "whole_loss_without_recording": ("cut_no_grad", "net.weight", """
net = nn.Linear(2, 1)


def evaluate(x):
    with torch.no_grad():  # here
        return net(x).pow(2).mean()


loss = evaluate(torch.randn(3, 2))
loss.backward()
"""),
    "inference_mode_features": ("cut_inference", "enc.weight", """
enc, head = nn.Linear(3, 2), nn.Linear(2, 1)
x = torch.randn(4, 3)
with torch.inference_mode():  # here
    h = enc(x)
loss = head(h.clone()).sum()
loss.backward()
print(enc.weight.grad)
"""),
    "second_branch_forgotten": ("used_nowhere", "right.weight", """
left, right, out = nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(4, 1)
x = torch.randn(3, 2)
a = left(x)
b = right(x)
both = torch.cat([a, a], 1)  # here
loss = out(both).sum()
loss.backward()
print(right.weight.grad)
"""),
    "layer_never_called": ("unused", "m.skip.weight", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Linear(2, 2)
        self.skip = nn.Linear(2, 2)

    def forward(self, x):
        return self.main(x)


m = M()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
loss = m(torch.randn(2, 2)).sum()  # here
loss.backward()
opt.step()
"""),
    "flag_after_the_forward": ("flag_too_late", "x", """
net = nn.Sequential(nn.Linear(4, 3), nn.ReLU())
x = torch.rand(2, 4)
out = net(x).sum()
x.requires_grad = True  # here
out.backward()
print(x.grad)
"""),
    "unfrozen_after_use": ("flag_too_late", "w", """
w = torch.ones(3)
v = torch.ones(3, requires_grad=True)
h = w * 2
w.requires_grad_(True)  # here
(h * v).sum().backward()
print(w.grad)
"""),
    "middle_of_a_network": ("not_a_leaf", "hidden", """
net, head = nn.Linear(2, 3), nn.Linear(3, 1)
hidden = torch.tanh(net(torch.randn(4, 2)))  # here
head(hidden).sum().backward()
print(hidden.grad)
"""),
    "moved_after_the_flag": ("leaf_without_a_name", "w", """
w = torch.randn(2, 2, requires_grad=True)
w = w.to(torch.float64)  # here
loss = (w ** 2).sum()
loss.backward()
print(w.grad)
"""),
    "scaled_in_init": ("leaf_without_a_name", "m.temperature", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.temperature = nn.Parameter(torch.ones(1)) * 0.07  # here

    def forward(self, x):
        return x / self.temperature


m = M()
m(torch.randn(3)).sum().backward()
print(m.temperature.grad)
"""),
    "update_in_a_function": ("name_rebound", "w", """
w = torch.tensor([1.0, 1.0], requires_grad=True)


def step():
    global w
    loss = (w * 3 - 1).pow(2).sum()
    loss.backward()
    w = w - 0.1 * w.grad  # here


step()
step()
"""),
    "rebound_in_a_loop_under_no_grad": ("name_rebound", "b", """
b = torch.zeros(1, requires_grad=True)
for _ in range(2):
    loss = (b - 3).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        b = b - 0.1 * b.grad  # here
        b.grad = None
"""),
    "flattened_anew": ("new_view", "w.view(-1)", """
w = torch.ones(2, 2, requires_grad=True)
loss = (w.view(-1) * torch.arange(4.0)).sum()
g = torch.autograd.grad(loss, w.view(-1), allow_unused=True)  # here
print(g)
"""),
    "new_layer_after_the_optimizer": ("optimizer_holds_old", "net.2.weight", """
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 5))
opt = torch.optim.Adam(net.parameters(), lr=0.1)
net[2] = nn.Linear(3, 2)  # here
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(4, 2)).pow(2).mean().backward()
    opt.step()
"""),
    "layers_in_a_dict": ("in_a_plain_list", "m.heads['a'].weight", """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(2, 2)
        self.heads = {}  # here
        for name in ("a", "b"):
            self.heads[name] = nn.Linear(2, 1)

    def forward(self, x):
        h = self.body(x)
        return sum(head(h) for head in self.heads.values())


m = M()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
m(torch.randn(3, 2)).sum().backward()
opt.step()
"""),
    "parameters_twice": ("iterator_used_up", "parameters", """
net = nn.Linear(2, 2)
params = net.parameters()  # here
opt_size = sum(p.numel() for p in params)
net(torch.randn(1, 2)).sum().backward()
for p in params:
    p.data -= 0.1 * p.grad
"""),
    "hook_without_gradient_of_data": ("hook_gets_none", "x", """
net = nn.Sequential(nn.Linear(2, 2), nn.Tanh())


def show(module, grad_in, grad_out):
    print(grad_in[0])


net[0].register_full_backward_hook(show)
x = torch.randn(3, 2)  # here
net(x).sum().backward()
"""),
    "func_grad_of_the_other": ("not_differentiated", "b", """
from torch.func import grad


def f(a, b):
    return (a ** 2).sum()  # here


print(grad(f, argnums=1)(torch.ones(2), torch.ones(2)))
"""),
    "backward_without_an_answer": ("not_handed_on", "w", """
class Half(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        return x + y

    @staticmethod
    def backward(ctx, g):
        return g, None  # here


w, v = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
out = Half.apply(v, w * 2)
out.sum().backward()
print(w.grad)
"""),
    **MORE,
}  # fmt: skip


def program(name):
    return BEGIN + VARIANTS[name][2]


def line(name):
    """The line that `# here` marks."""
    lines = program(name).split("\n")
    return next(i for i, text in enumerate(lines, 1) if text.endswith("# here"))
