"""torch.autograd.functional: jacobian, hessian, vjp, jvp, hvp."""
import torch
from torch.autograd.functional import jacobian, hessian, vjp, jvp, hvp

def f(x):
    return torch.stack([x[0] ** 2 * x[1], 5 * x[0] + torch.sin(x[1])])

x = torch.tensor([1.0, 2.0])
print(jacobian(f, x))
def pow_reducer(x):
    return x.pow(3).sum()
print(hessian(pow_reducer, torch.tensor([1.0, 2.0])))
print(vjp(f, x, torch.tensor([1.0, 0.0])))
print(jvp(f, x, torch.tensor([0.0, 1.0])))
print(hvp(pow_reducer, x, torch.ones(2)))
def two(a, b):
    return 2 * a.exp() + 3 * b
print(jacobian(two, (torch.zeros(2), torch.ones(2))))
