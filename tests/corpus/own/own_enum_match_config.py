from enum import Enum, auto
from dataclasses import dataclass
import torch
from torch import nn


class Act(Enum):
    RELU = "relu"
    TANH = "tanh"
    GELU = auto()


def make(act: Act) -> nn.Module:
    match act:
        case Act.RELU:
            return nn.ReLU()
        case Act.TANH:
            return nn.Tanh()
        case _:
            return nn.GELU()


@dataclass(frozen=True)
class Dense:
    n_in: int
    n_out: int


def build(spec):
    match spec:
        case Dense(n_in=i, n_out=o):
            return nn.Linear(i, o)
        case ("drop", p) if p < 1:
            return nn.Dropout(p)
        case {"act": name, **rest}:
            return make(Act(name))
        case [first, *others]:
            return nn.Sequential(build(first), *[build(o) for o in others])
        case int() | float() as number:
            return nn.Threshold(number, 0.0)
        case None:
            return nn.Identity()
        case str(x):
            raise ValueError(f"what is {x}?")


torch.manual_seed(0)
net = build([Dense(2, 3), {"act": "tanh"}, ("drop", 0.1), None, Dense(3, 1)])
print(net)
net(torch.ones(1, 2)).backward()
print(net[0].weight.grad is not None, build(0.5), [a.name for a in Act])
try:
    build("x")
except ValueError as e:
    print(e)
