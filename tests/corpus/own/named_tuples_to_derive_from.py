from __future__ import annotations
import enum, functools, itertools, operator, json, contextlib
from abc import ABC, abstractmethod
from collections import Counter, OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass, field, asdict, replace
from typing import NamedTuple, Protocol, Callable, Iterator, TypeVar, Generic, Union
import torch
from torch import nn
torch.manual_seed(0)
T = TypeVar("T")
class Point(namedtuple("Point", ["x", "y"])):
    __slots__ = ()
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
class Batch(NamedTuple):
    inputs: torch.Tensor
    targets: torch.Tensor | None = None
    @property
    def size(self): return len(self.inputs)
class Act(enum.Enum):
    RELU = "relu"; TANH = "tanh"
    def module(self): return {"relu": nn.ReLU, "tanh": nn.Tanh}[self.value]()
class Color(enum.IntEnum):
    RED = 1; BLUE = enum.auto()
@dataclass
class Config:
    dims: list[int] = field(default_factory=lambda: [2, 3, 1])
    act: Act = Act.TANH
    lr: float = 0.1
    extra: dict = field(default_factory=dict)
    def __post_init__(self): self.depth = len(self.dims) - 1
class Base(ABC):
    @abstractmethod
    def build(self, c: Config) -> nn.Module: ...
    @classmethod
    def make(cls, **kw): return cls().build(Config(**kw))
class MLP(Base):
    def build(self, c):
        layers = []
        for i, (a, b) in enumerate(itertools.pairwise(c.dims)):
            layers += [(f"fc{i}", nn.Linear(a, b)), (f"act{i}", c.act.module())]
        return nn.Sequential(OrderedDict(layers[:-1]))
class Box(Generic[T]):
    def __init__(self, item: T): self.item = item
    def map(self, f: Callable[[T], T]) -> "Box[T]": return Box(f(self.item))
registry: dict[str, type] = {}
def register(name):
    def deco(cls):
        registry[name] = cls
        return cls
    return deco
@register("mlp")
class _M(MLP): pass
def timer(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        r = fn(*a, **k); print("called", fn.__name__); return r
    return inner
@timer
def step(net: nn.Module, b: Batch) -> float:
    """one step"""
    l = nn.functional.mse_loss(net(b.inputs), b.targets); l.backward(); return l.item()
@contextlib.contextmanager
def frozen(m):
    old = [p.requires_grad for p in m.parameters()]
    for p in m.parameters(): p.requires_grad_(False)
    try: yield m
    finally:
        for p, o in zip(m.parameters(), old): p.requires_grad_(o)
net = registry["mlp"].make(dims=[2, 4, 1]); print(net)
b = Batch(torch.randn(3, 2), torch.zeros(3, 1)); print(b.size, step(net, b), step.__name__, step.__doc__)
with frozen(net): print(net(b.inputs).requires_grad)
print(Point(3, 4).norm(), Point(1, 2)._replace(x=5), Point(1, 2)._asdict(), Act("relu"), Act.RELU.name, list(Color), Color.BLUE + 1)
c = Config(); print(c, asdict(c), replace(c, lr=1.), c.depth); print(json.dumps({"a": [1, 2.5, None], "b": True}, indent=2))
print(Box(2).map(lambda v: v + 1).item, Counter("hello").most_common(2), functools.reduce(operator.mul, [1, 2, 3]), dict(defaultdict(list, a=[1])))
match b:
    case Batch(inputs=i, targets=None): print("no targets")
    case Batch(inputs=i): print("inputs", i.shape)
*head, tail = net; print(len(head), tail, [k for k, g in itertools.groupby([1, 1, 2])], (lambda *a, k=1, **kw: (a, k, kw))(1, 2, z=3))
print(f"{3.14159:.2f} {42:>5d}|{'x':^5}|{1e-5:g} {0.5:.0%} {1234567:,} {255:#x} {net[0].weight.shape!s} {[1,2]!r:>8}")
Base()
