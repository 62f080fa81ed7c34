from typing import *
from torch.utils.data import Dataset, Sampler
from torch import nn
import torch
T = TypeVar('T')
class A(Dataset[int]):
    def __len__(self): return 2
    def __getitem__(self, i): return i
print(isinstance(A(), Dataset), len(A()))
class B(dict[str, int]): pass
b = B(a=1); print(b, isinstance(b, dict))
class C(Dict[str, int]): pass
print(C(x=1)['x'], isinstance(C(), dict))
class D(List[int]):
    def total(self): return sum(self)
print(D([1, 2]).total())
class S(Sampler[int]):
    def __init__(self, n): self.n = n
    def __iter__(self): return iter(range(self.n))
print(list(S(3)), isinstance(S(1), Sampler))
class G(Generic[T]):
    def __init__(self, x: T): self.x = x
class H(G[int]): pass
print(H(3).x, isinstance(H(3), G), G[str](2).x, issubclass(H, G))
class M(nn.Module, Generic[T]):
    def __init__(self): super().__init__(); self.w = nn.Parameter(torch.ones(1))
class N(M[int]): pass
print(len(list(N().parameters())), isinstance(N(), nn.Module))
x: "G[int]" = G[int](1)
def f(g: G[T]) -> T: return g.x
print(f(x))
class P(Protocol[T]):
    def go(self) -> T: ...
class Q(P[int]):
    def go(self): return 1
print(Q().go())
try: len[int]
except TypeError as e: print(e)
class R: pass
try: R[int]
except TypeError as e: print(e)
