import torch
from torch import nn
from collections import UserDict
from dataclasses import dataclass, fields
import argparse
class D(UserDict):
    def __missing__(self, k): return 7
d = D(a=1); print(d.get("b"), d.get("a"), d.setdefault("c", 3), d)
@dataclass
class A:
    """Doc"""
    lr: float = 1e-3
    n: int = 1
    name: str = "x"
p = argparse.ArgumentParser()
for f in fields(A):
    p.add_argument(f"--{f.name}", type=f.type, default=f.default)
print(p.parse_args([]), [f.type for f in fields(A)])
print(list(A.__dataclass_fields__), {k: getattr(A(), k) for k in A().__dataclass_fields__.keys()})
class M(nn.Module):
    def __init__(self, a, b=2):
        super().__init__()
        self.__dict__.update({"a": a, "b": b})
        self.fc = nn.Linear(2, 1)
        self.c = [1]
m = M(1)
print(m.__dict__.keys())
print([k for k in vars(m) if not k.startswith("_")], m.a, m.b)
print(vars(nn.ReLU()))
print(m.__dict__["_modules"], m.__dict__["training"])
print(nn.Conv2d(1,1,1).__dict__.keys())
def f(a, *args, b=2, **kw):
    x = 1
    return locals()
print(f(1, 2, c=3), f(0))
def outer(z):
    def inner(q):
        t = z + q
        return locals()
    return inner(1)
print(outer(5))
print("{a} and {b}".format(**(lambda a, b: locals())(1, 2)))
class H:
    def __init__(self, lr, m=0.9):
        self.hp = {k: v for k, v in locals().items() if k != "self"}
print(H(0.1).hp)
