"""Optimizers of today update all parameters by one call; some ask first what is installed."""

import importlib.util

import torch
from torch.distributed.tensor import DTensor  # noqa: F401  named in a type hint at most

HAS_KERNELS = importlib.util.find_spec("no_such_kernels") is not None
print(HAS_KERNELS, importlib.util.find_spec("torch") is not None)


class Momentum(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, beta=0.9):
        super().__init__(params, dict(lr=lr, beta=beta))

    def update_each(self, group, grads):
        for p, g in zip(group["params"], grads):
            p.add_(g, alpha=-group["lr"])

    def update_all(group, params, buffers, grads):
        torch._foreach_lerp_(buffers, grads, weight=1 - group["beta"])
        torch._foreach_add_(params, buffers, alpha=-group["lr"])

    update_all = staticmethod(update_all)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            grads = [p.grad for p in params]
            norms = torch._foreach_norm(grads)
            total = torch.linalg.vector_norm(torch.stack(norms))
            torch._foreach_mul_(grads, torch.clamp(1.0 / (total + 1e-6), max=1.0))
            buffers = [self.state[p].setdefault("m", torch.zeros_like(p)) for p in params]
            self.update_all(group, params, buffers, grads)


torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
optimizer = Momentum(model.parameters())
x = torch.randn(8, 3)
for step in range(3):
    optimizer.zero_grad()
    loss = (model(x) - x.sum(1, keepdim=True)).pow(2).mean()
    loss.backward()
    optimizer.step()
    print(step, loss.item())

# Part of a parameter is written through a view of it.
weight = model[0].weight
with torch.no_grad():
    row = weight.view(-1)
    row.index_copy_(0, torch.tensor([0, 2]), torch.zeros(2))
    weight.view(-1)[3:5].mul_(0.5)
print(weight)
loss = model(x).sum()
loss.backward()
print(weight.grad)
try:
    print(row.is_leaf)
except RuntimeError as error:
    print(str(error)[:40])

a, b = torch.ones(2, requires_grad=True), torch.full((3,), 2.0, requires_grad=True)
squares = torch._foreach_mul([a, b], [a, b])
print(squares)
sum(part.sum() for part in squares).backward()
print(a.grad, b.grad)


class Circle:
    def __init__(self):
        self._r = 1.0

    def get_radius(self):
        return self._r

    def set_radius(self, value):
        self._r = value

    radius = property(get_radius, set_radius)
    area = property(lambda self: 3.0 * self._r**2, doc="roughly")

    def unit(cls):
        return cls()

    unit = classmethod(unit)


circle = Circle.unit()
circle.radius += 1
print(circle.radius, circle.area)
