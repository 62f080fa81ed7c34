import torch
from torch import nn
class Verbose:
    def __init__(self, default=0): self.default = default
    def __set_name__(self, owner, name): self.name = name; print("named", owner.__name__, name)
    def __get__(self, obj, owner=None):
        if obj is None: return f"<{self.name}>"
        print("get", self.name); return obj.__dict__.get(self.name, self.default)
    def __set__(self, obj, value):
        print("set", self.name, value); obj.__dict__[self.name] = value
class A:
    x = Verbose(); y = Verbose(5)
    def __init__(self): self.x = 1
a = A(); print(a.x, a.y, A.x); a.x += 2; print(a.x, getattr(a, "y"), hasattr(a, "x"), a.__dict__)
class B(A): pass
b = B(); b.y = 3; print(b.y)
class Scale:
    def __get__(self, obj, owner): return self if obj is None else obj.weight * 2
class M(nn.Module):
    doubled = Scale()
    def __init__(self): super().__init__(); self.weight = nn.Parameter(torch.ones(2))
    def forward(self, x): return (self.doubled * x).sum()
m = M(); m(torch.ones(2)).backward(); print(m.weight.grad, type(M.doubled).__name__)
m.doubled = 4; print(m.doubled)
class RO:
    def __get__(self, o, t=None): return 7
    def __set__(self, o, v): raise AttributeError("read only")
class C: k = RO()
try: C().k = 1
except AttributeError as e: print(e)
print(C.k, C().k)
