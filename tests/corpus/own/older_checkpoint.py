import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint
torch.manual_seed(0)
l = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Dropout(.5), nn.Linear(4, 2))
x = torch.randn(2, 3, requires_grad=True)
y = checkpoint(l, x, use_reentrant=True)
print(y, y.grad_fn)
y.sum().backward()
print(l[0].weight.grad, x.grad)
print(torch.rand(1))
def f(a): print("run"); return a * 2
z = checkpoint(f, torch.ones(2), use_reentrant=True)
print(z.requires_grad)
q = checkpoint(f, x)
q.sum().backward()
w = torch.ones(2, requires_grad=True)
try:
    torch.autograd.grad(checkpoint(lambda t: t * w, x[0, :2], use_reentrant=True).sum(), w)
except Exception as e: print(type(e), e)
