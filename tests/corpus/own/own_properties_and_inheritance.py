from abc import ABC, abstractmethod
import torch
import torch.nn as nn


class BaseModel(nn.Module, ABC):
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        BaseModel.registry[cls.__name__] = cls

    @abstractmethod
    def forward(self, *inputs):
        raise NotImplementedError

    @property
    def num_parameters(self):
        return sum(p.numel() for p in self.parameters())

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    @staticmethod
    def describe(name, /, *, verbose=False):
        return name.upper() if verbose else name

    def __str__(self):
        return super().__str__() + f"\nTrainable parameters: {self.num_parameters}"


class Small(BaseModel):
    def __init__(self, width=4):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, width), nn.ReLU(), nn.Linear(width, 1))

    def forward(self, x):
        return self.net(x)


class Scaled(Small):
    def __init__(self, width=4, scale=2.0):
        super().__init__(width)
        self._scale = nn.Parameter(torch.tensor(scale))

    @property
    def scale(self):
        return self._scale

    @scale.setter
    def scale(self, value):
        with torch.no_grad():
            self._scale.fill_(value)

    def forward(self, x):
        return super().forward(x) * self.scale


torch.manual_seed(0)
m = Scaled.from_config({"width": 3})
print(m)
m.scale = 5
print(m.scale, Scaled.describe("abc", verbose=True), sorted(BaseModel.registry))
m(torch.ones(1, 2)).sum().backward()
print(m._scale.grad, isinstance(m, BaseModel), issubclass(Scaled, nn.Module))
try:
    BaseModel()
except TypeError as e:
    print("TypeError:", str(e)[:40])
print(Scaled.__name__, m.__class__.__mro__[1].__name__, type(m).__bases__)
