"""is_leaf and grad_fn for tensors made in different ways."""
import torch

a = torch.rand(3, requires_grad=True)
print(a.is_leaf, a.grad_fn)
b = torch.rand(3, requires_grad=True) + 2
print(b.is_leaf, b.grad_fn)
c = torch.ones(3).requires_grad_()
print(c.is_leaf, c.grad_fn)
d = torch.rand(3, requires_grad=True).double()
print(d.is_leaf, d.grad_fn)
e = torch.rand(3).double().requires_grad_()
print(e.is_leaf, e.dtype)
f = a.detach()
print(f.is_leaf, f.requires_grad)
