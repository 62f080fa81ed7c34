"""A program for each cause that neither an exhibit of the museum nor a report in tests/forum shows.

Under each cause: the program, whose line to name ends with `#!`, and a text in it with the one that
cures it.
"""

from typing import NamedTuple

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\ntorch.manual_seed(0)\n"


class Key(NamedTuple):
    program: str
    old: str
    new: str

    @property
    def source(self) -> str:
        return HEAD + self.program.lstrip("\n")

    @property
    def cured(self) -> str:
        assert self.program.count(self.old) == 1
        return HEAD + self.program.lstrip("\n").replace(self.old, self.new)

    @property
    def line(self) -> int:
        lines = self.source.split("\n")
        return next(i for i, line in enumerate(lines, 1) if line.endswith("#!"))


KEYS = {
"clamped": Key("""
w = torch.tensor([3.0, -4.0], requires_grad=True)
y = w.clamp(-1, 1)  #!
(y - 0.5).pow(2).sum().backward()
print(w.grad)
""", "w.clamp(-1, 1)", "w.clamp(-9, 9)"),
"clamped_in_part": Key("""
w = torch.tensor([3.0, 0.5, -0.5], requires_grad=True)
y = F.hardtanh(w)  #!
y.pow(2).sum().backward()
print(w.grad)
""", "F.hardtanh(w)", "torch.tanh(w)"),
"custom_backward": Key("""
class Norm(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.abs().sum()
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * x / x.abs()
w = torch.tensor([0.0, 2.0], requires_grad=True)
size = Norm.apply(w)  #!
size.backward()
print(w.grad)
""", "g * x / x.abs()", "g * x.sign()"),
"cut_comparison": Key("""
w, b = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
gate = (w > 0.1).float()  #!
(gate * b).sum().backward()
print(w.grad, b.grad)
""", "(w > 0.1).float()", "torch.sigmoid(9 * (w - 0.1))"),
"cut_detach": Key("""
encoder, head = nn.Linear(2, 3), nn.Linear(3, 1)
h = encoder(torch.ones(4, 2)).detach()  #!
head(h).mean().backward()
print(encoder.weight.grad)
""", ".detach()", ""),
"cut_inference": Key("""
a, b = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
with torch.inference_mode():  #!
    h = a * 4
(b + h).backward()
print(a.grad, b.grad)
""", "torch.inference_mode()", "torch.enable_grad()"),
"cut_not_differentiable": Key("""
w, b = torch.randn(4, requires_grad=True), torch.ones(1, requires_grad=True)
counts = torch.histc(w.abs(), 2)  #!
(counts * b).sum().backward()
print(w.grad)
""", "torch.histc(w.abs(), 2)", "w.abs()"),
"cut_numpy": Key("""
import numpy as np
w, b = torch.randn(3, requires_grad=True), torch.ones(3, requires_grad=True)
h = torch.from_numpy(np.tanh(w.detach().numpy()))  #!
(h * b).sum().backward()
print(w.grad)
""", "torch.from_numpy(np.tanh(w.detach().numpy()))", "torch.tanh(w)"),
"cut_sample": Key("""
mean, b = torch.tensor(2.0, requires_grad=True), torch.ones(1, requires_grad=True)
x = torch.distributions.Normal(mean, 1.0).sample()  #!
(x * b).sum().backward()
print(mean.grad)
""", ".sample()", ".rsample()"),
"cut_tolist": Key("""
w, b = torch.randn(3, requires_grad=True), torch.ones(1, requires_grad=True)
values = w.tolist()  #!
(sum(values) * b).sum().backward()
print(w.grad)
""", "w.tolist()", "w.unbind()"),
"deepcopy_of_non_leaf": Key("""
import copy
w = torch.ones(2, requires_grad=True)
h = w * 2
kept = copy.deepcopy(h)  #!
(h + kept).sum().backward()
""", "copy.deepcopy(h)", "h.detach().clone()"),
"divided_by_zero": Key("""
w = torch.tensor([1.0, 2.0], requires_grad=True)
share = w / torch.tensor([0.0, 4.0])  #!
share.sum().backward()
print(w.grad)
""", "torch.tensor([0.0, 4.0])", "torch.tensor([0.0, 4.0]).clamp(min=1e-8)"),
"flag_of_non_leaf": Key("""
w = torch.ones(2, requires_grad=True)
h = w * 2
h.requires_grad = False  #!
(h + w).sum().backward()
""", "h.requires_grad = False", "h = h.detach()"),
"forward_once": Key("""
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = w.pow(2).sum()  #!
for step in range(3):
    loss.backward()
""", "for step in range(3):\n    loss.backward()", "for step in range(3):\n    w.pow(2).sum().backward()"),
"frozen": Key("""
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
net[0].requires_grad_(False)  #!
net(torch.ones(1, 2)).sum().backward()
print(net[0].weight.grad)
""", "requires_grad_(False)", "requires_grad_(True)"),
"growing_graph": Key("""
w = torch.tensor(0.5, requires_grad=True)
h = torch.tensor(0.0)
for step in range(4):
    h = torch.tanh(w * 2 + h)  #!
    (h - 1).pow(2).backward(retain_graph=True)
""", "w * 2 + h)", "w * 2 + h.detach())"),
"hook_before_in_place": Key("""
w = torch.ones(2, requires_grad=True)
h = w * 2
h.register_hook(lambda g: print(g))  #!
h.mul_(3)
h.sum().backward()
""", "h.mul_(3)", "h = h * 3"),
"inference_in_place": Key("""
w = torch.ones(2, requires_grad=True)
with torch.inference_mode():
    x = torch.ones(2)
x += 1  #!
(w + x).sum().backward()
""", "x += 1", "x = x + 1"),
"iterator_used_up": Key("""
net = nn.Linear(2, 1)
weights = net.parameters()  #!
print(sum(p.numel() for p in weights))
net(torch.ones(2)).backward()
with torch.no_grad():
    for p in weights:
        p -= 0.1 * p.grad
""", "net.parameters()", "list(net.parameters())"),
"lost_in_ctx": Key("""
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.slope = 2 * x  #!
        return x * x
    @staticmethod
    def backward(ctx, g):
        return g * ctx.slope
w = torch.tensor(3.0, requires_grad=True)
(first,) = torch.autograd.grad(Square.apply(w) * w, w, create_graph=True)
first.backward()
print(w.grad)
""", "Square.apply(w)", "w.pow(2)"),
"nan_in_data": Key("""
data = torch.tensor([[1.0, float("nan")], [0.5, 2.0]])  #!
net = nn.Linear(2, 1)
net(data).pow(2).mean().backward()
print(net.weight.grad)
""", 'float("nan")', "0.0"),
"nan_in_forward": Key("""
w = torch.tensor([1.0, 2.0], requires_grad=True)
rest = torch.fmod(w, torch.tensor([0.0, 1.5]))  #!
rest.sum().backward()
print(w.grad)
""", "[0.0, 1.5]", "[0.7, 1.5]"),
"no_derivative": Key("""
w = torch.tensor([7.0, 8.0], requires_grad=True)
half = w // 2  #!
half.sum().backward()
""", "w // 2", "w / 2"),
"not_differentiated": Key("""
from torch.func import grad
x = torch.tensor(3.0)
def loss(w):
    return (x * 2) ** 2  #!
print(grad(loss)(torch.tensor(1.0)))
""", "(x * 2)", "(x * w)"),
"not_handed_on": Key("""
class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, s):
        ctx.save_for_backward(x, s)
        return x * s
    @staticmethod
    def backward(ctx, g):
        x, s = ctx.saved_tensors
        return g * s, None  #!
w, s = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
y = Scale.apply(w, s)
y.backward()
print(w.grad, s.grad)
""", "g * s, None  #!", "g * s, g * x"),
"out_of_domain": Key("""
w = torch.tensor([-1.0, 4.0], requires_grad=True)
loss = w.log().sum()  #!
loss.backward()
print(loss, w.grad)
""", "w.log()", "w.clamp(min=0.1).log()"),
"overflow": Key("""
w = torch.tensor([90.0, 1.0], requires_grad=True)
p = w.exp()  #!
loss = (p / p.sum()).log().mean()
loss.backward()
print(w.grad)
""", "w.exp()", "(w - w.max()).exp()"),
"returned_not_filled": Key("""
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = w.pow(2).sum()
torch.autograd.grad(loss, w)  #!
print(w.grad)
""", "torch.autograd.grad(loss, w)", "loss.backward()"),
"spread_of_one": Key("""
w = torch.tensor([[1.0, 2.0]], requires_grad=True)
spread = w.std(0)  #!
spread.sum().backward()
print(w.grad)
""", "w.std(0)", "w.std(1)"),
"tie": Key("""
scores = torch.tensor([2.0, 2.0, 1.0], requires_grad=True)
top = scores.amax()  #!
top.backward()
print(scores.grad)
""", "[2.0, 2.0, 1.0]", "[2.0, 2.5, 1.0]"),
"unused": Key("""
w, v = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
loss = w.pow(2).sum()  #!
loss.backward()
print(w.grad, v.grad)
""", "w.pow(2)", "(w * v)"),
"used_nowhere": Key("""
w, v = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
penalty = v.abs().sum()
loss = w.pow(2).sum()  #!
loss.backward()
print(w.grad, v.grad)
""", "w.pow(2).sum()", "w.pow(2).sum() + penalty"),
"vanishing": Key("""
w = torch.tensor(0.1, requires_grad=True)
h = torch.tensor(1.0) * w
for step in range(12):
    h = torch.tanh(h * 0.1)  #!
h.backward()
print(w.grad)
""", "h * 0.1", "h * 1.0"),
"wrong_shape_of_gradient": Key("""
class Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return x.sum()
    @staticmethod
    def backward(ctx, g):
        return g  #!
w = torch.ones(2, 3, requires_grad=True)
Sum.apply(w * 1).backward()
print(w.grad)
""", "return g  #!", "return g.expand(ctx.shape)"),
}  # fmt: skip
