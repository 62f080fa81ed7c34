import inspect
import weakref

import numpy as np
import torch
import torch.nn.utils.prune as prune
from torch import nn


class Number:
    __array_priority__ = 100

    def __init__(self, value, *parents):
        self.value = np.asarray(value, dtype=float)
        self.parents, self.slope, self.out = parents, 0.0, None

    def __repr__(self):
        return f"Number({self.value})"


def plus(a, b):
    a, b = (v if isinstance(v, Number) else Number(v) for v in (a, b))
    made = Number(a.value + b.value, a, b)
    a.out = b.out = weakref.ref(made)
    return made


def times(a, b):
    return Number(a.value * (b.value if isinstance(b, Number) else b), a)


Number.__add__ = Number.__radd__ = plus
Number.__mul__ = Number.__rmul__ = times
Number.__neg__ = lambda self: self * -1
x = Number([1.0, 2.0])
y = x + 1
print(x + np.ones(2), np.array([3.0, 4.0]) * x, -x, 2 + x, x.out() is y)
z = np.float32(2) * x
print(type(z).__name__, z, y.parents[0] is x)

# What an optimizer notes on the tensors themselves
torch.manual_seed(0)
w = nn.Parameter(torch.tensor([2.0, -1.0]))
for step in range(3):
    w.grad = None
    (w**2).sum().backward()
    with torch.no_grad():
        if not hasattr(w, "speed"):
            w.speed = torch.zeros_like(w)
        w.speed = 0.9 * w.speed + w.grad
        w -= 0.1 * w.speed
print(w, w.speed, hasattr(w.detach(), "speed"))


class EveryOther(prune.BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t, default_mask):
        mask = default_mask.clone()
        mask.view(-1)[1::2] = 0
        return mask


layer = nn.Linear(3, 2)
EveryOther.apply(layer, "weight")
print(layer.weight_mask, [name for name, _ in layer.named_parameters()])
layer(torch.ones(1, 3)).sum().backward()
print(layer.weight_orig.grad)


class Runner:
    def __init__(self, net):
        self.net = net

    def score(self, x, scale=1.0):
        return self.net(x) * scale


runner = Runner(layer)
print(torch.no_grad()(runner.score)(torch.ones(1, 3), scale=2.0).requires_grad)
print(inspect.signature(runner.score), "eps" in inspect.signature(torch.optim.Adam).parameters)
