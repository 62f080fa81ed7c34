import enum
from enum import Enum, auto
import torch
import torch.nn as nn


class Act(Enum):
    RELU = auto()
    TANH = auto()
    GELU = "gelu"

    @classmethod
    def parse(cls, s):
        return cls[s.upper()]

    def build(self):
        return {Act.RELU: nn.ReLU, Act.TANH: nn.Tanh, Act.GELU: nn.GELU}[self]()


class Phase(enum.IntEnum):
    TRAIN = 0
    EVAL = 1


class Mode(str, Enum):
    SUM = "sum"
    MEAN = "mean"


x = torch.linspace(-2, 2, 5, requires_grad=True)
for a in Act:
    x.grad = None
    a.build()(x).sum().backward()
    print(a, a.name, repr(a), [f"{g:+.3f}" for g in x.grad.tolist()])
print(Act.parse("tanh"), Act("gelu"), Phase.EVAL > Phase.TRAIN, Phase(1), list(Mode))
for mode in Mode:
    print(mode.value, nn.functional.mse_loss(torch.ones(4), torch.zeros(4), reduction=mode.value))
try:
    Act("swish")
except ValueError as e:
    print(e)
