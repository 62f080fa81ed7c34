from __future__ import annotations
import abc
import dataclasses
import enum
import functools
import itertools
import math
import typing as t
import torch
from torch import Tensor, nn

class Activation(str, enum.Enum):
    RELU = "relu"
    TANH = "tanh"
    def build(self) -> nn.Module:
        return {Activation.RELU: nn.ReLU, Activation.TANH: nn.Tanh}[self]()

@dataclasses.dataclass(kw_only=True, slots=True)
class MLPConfig:
    in_dim: int
    out_dim: int = 1
    hidden: tuple[int, ...] = (8, 8)
    act: Activation = Activation.TANH
    dropout: t.Optional[float] = None
    tags: list[str] = dataclasses.field(default_factory=list)
    @property
    def depth(self) -> int:
        return len(self.hidden) + 1
    @classmethod
    def from_dict(cls, d: dict[str, t.Any]) -> MLPConfig:
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: v for k, v in d.items() if k in known})

def build(cfg: MLPConfig) -> nn.Sequential:
    dims = (cfg.in_dim, *cfg.hidden, cfg.out_dim)
    mods: list[nn.Module] = []
    for i, (a, b) in enumerate(itertools.pairwise(dims)):
        mods.append(nn.Linear(a, b))
        if i < len(dims) - 2:
            mods.append(cfg.act.build())
            if cfg.dropout:
                mods.append(nn.Dropout(cfg.dropout))
    return nn.Sequential(*mods)

class Task(abc.ABC):
    name: t.ClassVar[str] = "task"
    def __init_subclass__(cls) -> None:
        cls.name = cls.__name__.lower()
    @abc.abstractmethod
    def batch(self, n: int) -> tuple[Tensor, Tensor]: ...
    @property
    @abc.abstractmethod
    def dim(self) -> int: ...

class Sine(Task):
    def __init__(self, amp: float = 1.0) -> None:
        self.amp = amp
    dim = 1
    def batch(self, n):
        x = torch.rand(n, 1) * 2 * math.pi
        return x, self.amp * x.sin()

@functools.lru_cache(maxsize=8)
def schedule(step: int, total: int = 10) -> float:
    return 0.5 * (1 + math.cos(math.pi * step / total))

def timed(fn=None, *, label="t"):
    if fn is None:
        return functools.partial(timed, label=label)
    @functools.wraps(fn)
    def wrapper(*a, **k):
        print(f"[{label}] {fn.__name__} start")
        try:
            return fn(*a, **k)
        finally:
            print(f"[{label}] {fn.__name__} end")
    return wrapper

@timed(label="fit")
def fit(cfg: MLPConfig, task: Task, steps: int = 5) -> float:
    """Fit it."""
    torch.manual_seed(0)
    net = build(cfg)
    opt = torch.optim.RAdam(net.parameters(), lr=1e-2)
    sch = torch.optim.lr_scheduler.LambdaLR(opt, functools.partial(schedule, total=steps))
    last = math.nan
    for step in range(steps):
        x, y = task.batch(16)
        loss = (net(x) - y).square().mean()
        opt.zero_grad(); loss.backward(); opt.step(); sch.step()
        last = loss.item()
    return last

cfg = MLPConfig.from_dict({"in_dim": 1, "hidden": (4, 4), "junk": 3, "dropout": 0.1})
print(cfg, cfg.depth, cfg.act.value, Activation("relu") is Activation.RELU, cfg.act == "tanh")
print(f"{fit(cfg, Sine(0.5)):.5f}", fit.__name__, fit.__doc__, Sine.name, Sine().dim)
try:
    Task()
except TypeError as e:
    print(type(e).__name__)
try:
    MLPConfig(3)
except TypeError as e:
    print(e)
print(dataclasses.replace(cfg, in_dim=2) != cfg, dataclasses.asdict(cfg)["hidden"], schedule.cache_info().misses)
print([a.name for a in Activation], Activation.TANH, repr(Activation.TANH), f"{Activation.TANH}")
