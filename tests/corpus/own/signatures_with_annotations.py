import inspect, torch
from torch import nn
from typing import Optional, List, Callable
class A:
    def __init__(self, x: int, y: 'A' = None): pass
    def m(self, *, k: bool = True) -> None: "doc m"
    @staticmethod
    def s(t: torch.Tensor, n: nn.Module, f: Callable[[int], str], o: Optional[int] = None) -> List[float]: ...
def f(a, b=2, *args: float, c: int = 3, d: A = 'q', **kw) -> float:
    """Docs of f.

        more
    """
def g(): pass
for fn in (f, A, A(1).m, A.s, g, lambda x, y=1: x, nn.Linear, torch.optim.SGD, nn.functional.dropout): print(inspect.signature(fn))
s = inspect.signature(f); print(s.parameters['c'].annotation is int, s.parameters['a'].annotation is inspect.Parameter.empty, s.return_annotation is float, s.parameters['c'], repr(s.parameters['d']), s.parameters['b'].kind == inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.signature(g).return_annotation is inspect.Signature.empty)
print(inspect.getdoc(f), inspect.getdoc(g), inspect.getdoc(A.m), inspect.getfullargspec(f).args)
