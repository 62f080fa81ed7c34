import torch
from torch import nn
class Singleton(type):
    _instances = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]
class Log(metaclass=Singleton):
    def __init__(self, v=1):
        self.v = v
a = Log(3); b = Log(4); print(a is b, b.v, type(Log), type(a), isinstance(Log, Singleton), isinstance(a, Log))
class S:
    _i = None
    def __new__(cls, *args, **kwargs):
        if cls._i is None:
            print("new")
            cls._i = super().__new__(cls)
        return cls._i
    def __init__(self, v): self.v = v
print(S(1) is S(2), S(3).v)
class Meta(type):
    reg = {}
    def __new__(mcs, name, bases, dct):
        print("creating", name, [b.__name__ for b in bases], sorted(k for k in dct if not k.startswith("__")))
        dct["added"] = name.upper()
        return type.__new__(mcs, name, bases, dct)
    def __init__(cls, name, bases, dct):
        super().__init__(name, bases, dct)
        Meta.reg[name] = cls
    def create(cls, k): return f"{cls.__name__}:{k}"
    def __getitem__(cls, k): return cls.reg[k]
    def __len__(cls): return len(cls.reg)
    def __iter__(cls): return iter(cls.reg)
    def __contains__(cls, k): return k in cls.reg
class Base(metaclass=Meta):
    x = 1
class D(Base):
    y = 2
    def f(self): return super().__repr__()[:3]
print(D.added, D().added, D.create("q"), Base["D"], len(Base), list(Base), "D" in Base, D().f())
print(Meta.reg, type(D).__name__, D.__class__)
Net = type("Net", (nn.Module,), {"forward": lambda self, x: x * 2, "k": 3})
n = Net(); print(n(torch.ones(2)), n.k, n, Net.__name__)
P = type("P", (), {}); print(type(P()).__name__)
M = Meta("M", (Base,), {"z": 1}); print(M.z, M.added)
class R(nn.Module):
    def __del__(self): pass
