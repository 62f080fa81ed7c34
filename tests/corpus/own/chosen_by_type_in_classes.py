"""Methods chosen by the type of what they are given, abstract relatives, and super() from outside."""

from collections import UserDict, UserList
from collections.abc import Mapping, Sequence
from functools import singledispatchmethod

import torch


class Describer:
    @singledispatchmethod
    def describe(self, value):
        return f"other {value}"

    @describe.register
    def _(self, value: int):
        return f"number {value}"

    @describe.register(torch.Tensor)
    def _(self, value):
        return f"tensor of {tuple(value.shape)}"


describer = Describer()
print(describer.describe(1), describer.describe(torch.ones(2)), describer.describe("a"))


class Settings(UserDict):
    pass


print(issubclass(Settings, Mapping), isinstance(Settings(), Mapping), issubclass(Settings, Sequence))
print(issubclass(UserList, Sequence), isinstance(UserList([1]), Sequence), issubclass(Settings, UserDict))


def from_outside(self):
    return super().value()


class Base:
    def value(self):
        return 1


class Derived(Base):
    taken = from_outside

    def value(self):
        return super().value() + 1


print(Derived().value())
try:
    Derived().taken()
except RuntimeError as error:
    print(error)
