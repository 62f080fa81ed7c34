"""Gradients are summed back to the shape before broadcasting."""
import torch

a = torch.randn(3, 1, generator=torch.Generator().manual_seed(1)).requires_grad_()
b = torch.ones(4, requires_grad=True)
c = torch.tensor(2.0, requires_grad=True)
out = (a + b) * c
print(out.shape)
out.sum().backward()
print(a.grad.shape, b.grad.shape, c.grad.shape)
print(a.grad.flatten(), b.grad)
e = torch.ones(1, 3, requires_grad=True)
f = e.expand(4, 3)
f.sum().backward()
print(e.grad)
try:
    torch.ones(3) + torch.ones(4)
except RuntimeError as err:
    print(err)
