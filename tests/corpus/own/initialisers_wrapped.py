import functools, sys, torch
from torch import nn
def count_calls(cls):
    init = cls.__init__
    def __init__(self, *a, **k):
        init(self, *a, **k)
        self.calls = 0
    cls.__init__ = __init__
    return cls
@count_calls
class Tiny(nn.Module):
    def forward(self, x): self.calls += 1; return x * 2
t = Tiny(); t(torch.ones(1)); t(torch.ones(1)); print(t.calls)
@count_calls
class Plain: pass
print(Plain().calls)
@count_calls
class Lin(nn.Linear): pass
l = Lin(2, 1); print(l.calls, l)
class Sub(Tiny):
    def __init__(self): super().__init__(); self.w = nn.Parameter(torch.ones(1))
print(Sub().calls, len(list(Sub().parameters())))
print(functools.partial(pow, 2).func is pow, functools.partial(torch.add, 1).func is torch.add)
sys.setrecursionlimit(3000); print(sys.getrecursionlimit())
try: sys.setrecursionlimit(0)
except ValueError as e: print(e)
class Net(nn.Module):
    def __init__(self): super().__init__(); self.fc = nn.Linear(2, 2)
    def forward(self, x): return self.fc(x)
torch.manual_seed(0); net = Net(); old = net.forward
net.forward = lambda x: old(x) * 2
y = net(torch.ones(1, 2)); y.sum().backward(); print(y, net.fc.weight.grad); del net.forward; print(net(torch.ones(1, 2)))
class E(Exception): pass
E.__init__(E(), 1)
