from dataclasses import dataclass, field, fields, asdict, astuple, replace, InitVar, KW_ONLY
import torch
@dataclass(order=True)
class Run:
    loss: float
    name: str = field(compare=False, default='r')
    tags: list = field(default_factory=list, compare=False, repr=False)
    seed: InitVar[int] = 0
    def __post_init__(self, seed): self.gen = torch.Generator().manual_seed(seed)
    @property
    def short(self): return self.name[:1]
a, b = Run(.5, 'abc', seed=2), Run(.1); print(a, min(a, b), sorted([a, b])[0].name, asdict(b), astuple(b), a.short, [f.name for f in fields(a)], a == Run(.5), replace(b, loss=1.), a.gen.initial_seed())
@dataclass(frozen=True, slots=True)
class Pt:
    x: float; y: float
    def __add__(self, o): return Pt(self.x + o.x, self.y + o.y)
print(Pt(1, 2) + Pt(3, 4), hash(Pt(1, 2)) == hash(Pt(1, 2)), {Pt(0, 0): 1})
try: Pt(1, 2).x = 3
except Exception as e: print(type(e).__name__, e)
@dataclass
class Base: a: int = 1
@dataclass
class Child(Base): _: KW_ONLY; b: int = 2
print(Child(5, b=3), Child.__dataclass_fields__.keys())
