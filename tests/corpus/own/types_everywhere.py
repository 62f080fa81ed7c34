from __future__ import annotations
from typing import Any, Callable, ClassVar, Generic, Iterator, Literal, NamedTuple, Protocol, Sequence, TypeVar, Union, overload
from enum import Enum, auto
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
import torch
from torch import Tensor
T = TypeVar("T")
class Reduction(Enum):
    MEAN = auto()
    SUM = "sum"
class Step(NamedTuple):
    loss: float
    grad_norm: float = 0.0
class Loss(ABC):
    registry: ClassVar[dict[str, type[Loss]]] = {}
    def __init_subclass__(cls, name: str = "", **kw):
        super().__init_subclass__(**kw)
        if name: Loss.registry[name] = cls
    @abstractmethod
    def __call__(self, pred: Tensor, target: Tensor) -> Tensor: ...
class Huber(Loss, name="huber"):
    def __init__(self, delta: float = 1.0): self.delta = delta
    def __call__(self, pred, target):
        d = (pred - target).abs()
        return torch.where(d < self.delta, 0.5 * d ** 2, self.delta * (d - 0.5 * self.delta)).mean()
class MSE(Loss, name="mse"):
    def __call__(self, pred: Tensor, target: Tensor) -> Tensor:
        return ((pred - target) ** 2).mean()
@dataclass(frozen=True, order=True)
class Hyper:
    lr: float
    loss: Literal["huber", "mse"] = "mse"
    tags: tuple[str, ...] = field(default=(), compare=False)
class Stack(Generic[T]):
    def __init__(self) -> None: self.items: list[T] = []
    def push(self, item: T) -> Stack[T]:
        self.items.append(item); return self
    def __iter__(self) -> Iterator[T]: yield from reversed(self.items)
class HasStep(Protocol):
    def step(self) -> None: ...
def run(h: Hyper, steps: int = 3, *, opt_cls: Callable[..., HasStep] = torch.optim.SGD) -> list[Step]:
    torch.manual_seed(0)
    w = torch.zeros(3, requires_grad=True); x = torch.randn(8, 3); y = x @ torch.tensor([1., 2., 3.])
    opt = opt_cls([w], lr=h.lr); loss_fn = Loss.registry[h.loss]()
    out: list[Step] = []
    for _ in range(steps):
        loss = loss_fn(x @ w, y)
        opt.zero_grad(); loss.backward(); opt.step()
        out.append(Step(round(loss.item(), 5), round(w.grad.norm().item(), 5)))
    return out
for h in sorted([Hyper(0.1), replace(Hyper(0.05, tags=("slow",)), loss="huber")]):
    print(h, run(h)[-1]._asdict())
try:
    Loss()
except TypeError as e:
    print(e)
try:
    Hyper(1.0).lr = 2
except Exception as e:
    print(type(e).__name__, e)
print(list(Stack[int]().push(1).push(2)), [r.name for r in Reduction], Reduction("sum"), Reduction.MEAN.value)
match run(Hyper(0.1))[0]:
    case Step(loss=l, grad_norm=g) if g > 1: print("large", l, g)
    case _: print("small")
