# What isinstance says of abstract types, and what classes and functions say of themselves
from typing import *
import torch
from torch import nn
import collections.abc
@runtime_checkable
class HasFwd(Protocol):
    def forward(self, x): ...
print(isinstance(nn.Linear(1,1), HasFwd), isinstance(3, HasFwd))
for C in (Iterable, Callable, Sequence, Mapping, Hashable, Sized, List, Dict, Tuple, collections.abc.Iterator):
    C = C
    print([isinstance(v, C) for v in (1, "a", [1], (1,), {}, {1}, torch.ones(1), nn.Linear(1,1), print, iter([]), lambda: 1)])
print(nn.Linear.__doc__[:20], nn.Linear(1,1).__doc__[:10], len.__doc__)
class A:
    r"""A doc."""
    def f(self):
        """F doc"""
class B(nn.Module): pass
print(A.__doc__, A().__doc__, A.f.__doc__, A().f.__doc__, B.__doc__, B().__doc__)
try: isinstance(1, List[int])
except TypeError as e: print(e)
try: isinstance(1, Any)
except TypeError as e: print(e)
print(isinstance(1, Optional[int]), isinstance(None, Union[int, None]), isinstance("a", int | str))
import inspect
from types import FunctionType
print(isinstance(nn.Linear, type), isinstance(A, type), inspect.isclass(nn.Linear), isinstance(int, type), isinstance(print, type), issubclass(nn.Linear, nn.Module), isinstance(torch.relu, FunctionType), isinstance(lambda: 1, FunctionType), isinstance(type, type), type(nn.Linear) is type)
print(type(print), type(torch.nn.Linear), type(torch.relu), type(len) == type(print), type(int), type(lambda: 1), type(type))
class A:
    "x"
class B(torch.nn.Module):
    """y"""
class C(B): pass
print(A.__doc__, A().__doc__, B.__doc__, B().__doc__, C.__doc__, C().__doc__)
