from functools import reduce, partial, singledispatch, cached_property
from typing import NamedTuple, Callable, Any
import operator
import torch
from torch.utils import _pytree as pytree
import torch.nn.functional as F

class Params(NamedTuple):
    weight: torch.Tensor
    bias: torch.Tensor

def init_layer(key, n_in, n_out):
    g = torch.Generator().manual_seed(key)
    return Params(torch.randn(n_in, n_out, generator=g) / n_in ** 0.5, torch.zeros(n_out))

def init_mlp(sizes, key=0):
    return [init_layer(key + i, a, b) for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:]))]

def mlp(params, x):
    *hidden, last = params
    for p in hidden:
        x = torch.tanh(x @ p.weight + p.bias)
    return x @ last.weight + last.bias

def tree_map(f, tree, *rest):
    if isinstance(tree, Params):
        return Params(*(f(t, *(getattr(r, n) for r in rest)) for n, t in zip(tree._fields, tree)))
    return [tree_map(f, t, *(r[i] for r in rest)) for i, t in enumerate(tree)]

def loss(params, x, y):
    return F.mse_loss(mlp(params, x), y)

class AdamState(NamedTuple):
    m: Any
    v: Any
    t: int = 0

def adam(lr=1e-2, b1=0.9, b2=0.999, eps=1e-8):
    def init(params):
        z = lambda p: torch.zeros_like(p)
        return AdamState(tree_map(z, params), tree_map(z, params))
    def update(grads, state, params):
        t = state.t + 1
        m = tree_map(lambda m, g: b1 * m + (1 - b1) * g, state.m, grads)
        v = tree_map(lambda v, g: b2 * v + (1 - b2) * g * g, state.v, grads)
        new = tree_map(lambda p, m, v: p - lr * (m / (1 - b1 ** t)) / ((v / (1 - b2 ** t)).sqrt() + eps), params, m, v)
        return new, state._replace(m=m, v=v, t=t)
    return init, update

params = init_mlp([2, 8, 1])
x = torch.linspace(-1, 1, 20).view(10, 2)
y = (x[:, :1] * x[:, 1:])
init, update = adam()
state = init(params)
step = torch.func.grad_and_value(loss)
for i in range(10):
    grads, l = step(params, x, y)
    params, state = update(grads, state, params)
    if i % 3 == 0:
        print(i, round(l.item(), 5), state.t)
print(type(grads), type(grads[0]).__name__, grads[0]._fields, params[1].bias)
flat = reduce(operator.add, [list(p) for p in params])
print(len(flat), sum(t.numel() for t in flat))

@singledispatch
def describe(x):
    return f"other {x!r}"
@describe.register
def _(x: torch.Tensor):
    return f"tensor {tuple(x.shape)}"
@describe.register(list)
def _(x):
    return "list of " + ", ".join(map(describe, x))
print(describe(flat[:2]), describe(3))
class Lazy:
    def __init__(self, n): self.n = n
    @cached_property
    def table(self):
        print("computing")
        return torch.arange(self.n) ** 2
l = Lazy(4)
print(l.table, l.table.sum(), "table" in l.__dict__)
power = partial(pow, exp=3) if False else partial(lambda a, b: b ** a, 3)
print(power(torch.tensor(2.)), power.args)
leaves, spec = pytree.tree_flatten({"a": [1, 2], "b": (3,)})
print(leaves)
