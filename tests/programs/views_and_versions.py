"""Views share memory and version counters with their base."""
import torch

base = torch.zeros(2, 3)
row = base[1]
t = base.t()
print(base._version, row._version)
row.add_(1)
print(base, base._version, row._version, t)
flat = base.view(-1)
flat[0] = 7
print(base[0, 0].item(), base.data_ptr() == flat.data_ptr(), base.is_contiguous(), t.is_contiguous())
w = torch.ones(2, 2, requires_grad=True)
h = w * 1
first = h[0]
first.mul_(10)
print(h, h.grad_fn)
h.sum().backward()
print(w.grad)
try:
    t.view(-1)
except RuntimeError as e:
    print(str(e)[:60])
