"""Calls that do not fit, and what is said of them."""

import collections
import contextlib
import math

import numpy as np
import torch


def scaled(x, factor=1, *, shift=0):
    return x * factor + shift


class Empty:
    pass


tries = {
    "too many": lambda: scaled(1, 2, 3),
    "too many and by name": lambda: scaled(1, 2, 3, shift=1),
    "unknown before too many": lambda: scaled(1, 2, 3, shifted=1),
    "none": lambda: scaled(),
    "twice": lambda: scaled(1, x=2),
    "a star before a number": lambda: scaled(*3),
    "two stars before a list": lambda: scaled(1, **[1]),
    "a star in a list": lambda: [1, *None],
    "a method": lambda: "a".join(1, 2),
    "a keyword": lambda: [3, 1].sort(reversed=True),
    "a builtin": lambda: len(1, 2),
    "nothing to compare": lambda: max(),
    "of math": lambda: math.sqrt("4"),
    "of torch": lambda: torch.ones(2).cos(1),
    "of a layer": lambda: torch.nn.Linear(2, 2, biased=True),
    "of a step": lambda: torch.optim.SGD([torch.ones(1)], lr=0.1).step(1, 2),
    "drawn": lambda: torch.normal(None),
    "missing": lambda: np.ones(2).length,
    "missing of a class": lambda: torch.nn.Linear.weights,
    "no class": lambda: isinstance(1, 2),
    "no container": lambda: 1 in 2,
    "no item": lambda: Empty()[0],
    "no type parameter": lambda: int[0],
    "no pairs": lambda: dict([1]),
    "no text": lambda: ",".join([1]),
    "no name": lambda: getattr(1, 2),
    "no cause": lambda: contextlib.ExitStack().enter_context,
    "no callable": lambda: collections.defaultdict(3),
    "no manager": lambda: Empty().__enter__,
}
for name, call in tries.items():
    try:
        print(name, type(call()).__name__)
    except Exception as error:
        print(name, "|", type(error).__name__, "|", error)

try:
    raise ValueError from 3
except TypeError as error:
    print(error)
try:
    try:
        1 / 0
    except int:
        pass
except TypeError as error:
    print(error)
print(list(map(3, [])), sorted([], key=3), 0 in np.ones((2, 2)), np.float64(2) * [1, 2])
match range(3):
    case [first, *others]:
        print(first, others)
print(torch.add(torch.ones(2), 1, out=torch.empty(0)), np.maximum(np.ones(2), torch.tensor(2.0)))
settings = collections.UserDict(lr=0.1)
print(settings.keys(), settings.setdefault("steps", 3), settings.items(), 0.1 in settings.values())
print(collections.ChainMap({"a": 1}, {"b": 2}).keys(), next(iter(np.ones(1))))
