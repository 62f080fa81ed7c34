import inspect
from typing import Optional
from dataclasses import dataclass
class Config:
    """Doc."""
    lr = 1e-3
    layers = [4, 3]
    n: int = 3
    def f(self): pass
    @staticmethod
    def s(): return 1
    @classmethod
    def to_dict(cls): return {k: v for k, v in vars(cls).items() if not k.startswith('__') and not callable(getattr(cls, k)) and not isinstance(v, (classmethod, staticmethod))}
    def __init__(self): pass
print(Config.to_dict(), list(Config.__dict__), Config.__dict__['lr'], 'f' in vars(Config), Config.__dict__.get('q'))
for k, v in Config.__dict__.items():
    if not k.startswith('_'): print(k, type(v).__name__)
class Sub(Config):
    x = 1
print([k for k in Sub.__dict__ if not k.startswith('_')], Sub.__doc__, Config.__annotations__)
try: Config.__dict__['lr'] = 2
except TypeError as e: print(e)
def g(a: int, b: 'str' = 'x', *args: float, c: Optional[int] = None, **kw: dict) -> list[int]: ...
print(g.__annotations__, g.__defaults__, g.__kwdefaults__, (lambda x: x).__defaults__, (lambda x: x).__annotations__)
g.note = 1; print(g.__dict__, vars(g))
@dataclass
class D:
    x: int
    y: float = 0.
print(D.__annotations__, {k: t.__name__ for k, t in D.__annotations__.items()})
class NT: pass
print(NT.__dict__.keys() >= {'__module__'}, len(vars(NT)))
