import torch

x = torch.ones(4, requires_grad=True)
y = x * 2
print(y._version)
y[0] = 5
print(y._version, y.grad_fn.name())
v = y.view(2, 2)
v[1].mul_(3)
print(y, v._base is y, v.is_leaf)
y.sum().backward()
print(x.grad)
a = torch.rand(3, requires_grad=True)
b = a.sigmoid()
b.add_(1)
try:
    b.sum().backward()
except RuntimeError as e:
    print(str(e)[:75])
d = a.detach()
d.zero_()
print(a, a.data_ptr() == d.data_ptr(), a.data.requires_grad)
s = torch.zeros(2)
s[0] = a.sum()
s.sum().backward()
print(s.requires_grad, a.grad)
w = torch.ones(2, 2)
u = w.t()
u += 1
print(w, w.is_contiguous(), u.is_contiguous(), w.storage_offset(), w[1].storage_offset())
c = a.clone()
print(c.grad_fn is not None, c.requires_grad, c.detach().requires_grad_().is_leaf)
