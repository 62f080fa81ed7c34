"""An object that becomes one of another class, classes with __new__, and what is put on them later."""

from functools import lru_cache

import torch
from torch import nn


class Positive(nn.Linear):
    def forward(self, x):
        return nn.functional.linear(x, self.weight.exp(), self.bias)


torch.manual_seed(0)
layer, x = nn.Linear(2, 2), torch.ones(1, 2)
print(layer(x))
layer.__class__ = Positive
print(layer(x), type(layer).__name__, isinstance(layer, Positive))
net = nn.Sequential(layer, nn.Linear(2, 1))
net(x).sum().backward()
print(layer.weight.grad)


class Cat:
    def says(self):
        return "meow"


class Dog:
    def says(self):
        return "woof"


pet = Cat()
pet.__class__ = Dog
print(pet.says(), pet.__class__.__name__)


class Tree:
    def __init__(self, model):
        self.model = model


class Average(nn.Module):
    def __new__(cls, model, *args):
        if not isinstance(model, nn.Module):
            return Tree(model)
        return super().__new__(cls)

    def __init__(self, model, beta=0.9):
        super().__init__()
        self.model, self.beta = model, beta

    @property
    def step(self):
        return 3

    def forward(self, x):
        return self.model(x) * self.beta


class Bare(nn.Module):
    def __new__(cls):
        print("new")
        return super().__new__(cls)


def plus_one(x):
    return x + 1


average = Average(nn.Linear(2, 2))
print(average, average.step, average(x), Average({"a": 1}).model, Bare())
Average.plus_one = staticmethod(plus_one)
Average.twice = property(lambda self: self.beta * 2)
Average.made_by = classmethod(lambda cls: cls.__name__)
print(Average.plus_one(2), average.plus_one(3), average.twice, average.made_by())


class Holder(nn.Module):
    activation = staticmethod(torch.relu)

    def __init__(self):
        super().__init__()
        self.later = staticmethod(plus_one)

    @staticmethod
    @lru_cache
    def table(n):
        print("made", n)
        return n * 2

    def forward(self, x):
        return self.later(self.activation(x)) + self.table(2)


holder = Holder()
print(holder(torch.tensor([-1.0, 2.0])), holder(torch.tensor(1.0)), Holder.table(3))


class Vector(tuple):
    def __add__(self, other):
        return Vector(a + b for a, b in zip(self, other))

    def __mul__(self, k):
        return Vector(a * k for a in self)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-a for a in self)


class Log(list):
    def __iadd__(self, item):
        self.append(item)
        return self


v = Vector((1, torch.tensor(2.0)))
step = torch.tensor(0.5, requires_grad=True)
print(v + v, 2 * v, -v, type(v + v).__name__, step * Vector((1, 2)), Vector((1, 3)) * step)
log = Log([1])
log += 5
print(log, [0] + log)
