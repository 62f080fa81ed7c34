import copy, json
class Config(dict):
    def __getattr__(self, k):
        try:
            return self[k]
        except KeyError:
            raise AttributeError(k)
    def __setattr__(self, k, v):
        self[k] = v
c = Config(lr=0.1, sizes=[1, 2])
c.name = "x"
print(c, c.name, json.dumps(c), hasattr(c, "foo"), getattr(c, "foo", 7))
e = copy.deepcopy(c); e.sizes.append(3)
print(c, e, type(e).__name__, list(c), dict(c) == c)
try:
    c.foo
except AttributeError as err:
    print("AttributeError", err)
class D(dict):
    def __missing__(self, key):
        self[key] = v = []
        return v
x = D(); x["a"].append(1); print(x, x["b"], x)
class Tracker:
    def __init__(self):
        object.__setattr__(self, "log", [])
    def __setattr__(self, k, v):
        self.log.append((k, v))
        super().__setattr__(k, v)
    def __delattr__(self, k):
        print("del", k)
        object.__delattr__(self, k)
t = Tracker(); t.a = 1; t.b = 2; t.a += 5; del t.b
print(t.log, t.a, hasattr(t, "b"), vars(t))
import torch
from torch import nn
class MyModule:
    def __init__(self, n_in, nh, n_out):
        self._modules = {}
        self.l1 = nn.Linear(n_in, nh)
        self.l2 = nn.Linear(nh, n_out)
    def __setattr__(self, k, v):
        if not k.startswith("_"): self._modules[k] = v
        super().__setattr__(k, v)
    def __repr__(self): return f'{self._modules}'
    def parameters(self):
        for l in self._modules.values():
            for p in l.parameters(): yield p
m = MyModule(3, 4, 2)
print(m, [p.shape for p in m.parameters()])
class W(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 2)
    def __setattr__(self, name, value):
        print("set", name, type(value).__name__)
        super().__setattr__(name, value)
w = W(); w.k = 3
print([n for n, _ in w.named_parameters()])
