import torch, gc
import torch.nn as nn
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(2, 2)
    def forward(self, x): return self.l(x)
    def __del__(self): print("bye", type(self).__name__)
m = M()
out = m(torch.ones(1, 2)).sum()
out.backward()
g = m.l.weight.grad
del m
print("gone")
class Node:
    def __init__(self): self.me = self
    def __del__(self): print("cycle")
n = Node()
del n
gc.collect()
print("collected")
class Ctx:
    def __init__(self, t): self.t = t
    def __del__(self): print("freed", tuple(self.t.shape))
def pack(t): return Ctx(t)
def unpack(c): return c.t
x = torch.ones(3, requires_grad=True)
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    y = (x * x).sum()
y.backward()
print("backward done")
del y
print("end")
class Hook:
    def __init__(self, m): self.h = m.register_forward_hook(self.hook)
    def hook(self, m, i, o): print("hook")
    def __del__(self): print("hook del"); self.h.remove()
l = nn.Linear(2, 1)
h = Hook(l)
l(torch.ones(2))
del h
l(torch.ones(2))
