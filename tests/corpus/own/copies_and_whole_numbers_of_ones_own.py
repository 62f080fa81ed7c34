"""Objects that stand for whole numbers, and that say how they are copied."""

import copy
import functools
import operator
import struct

import numpy as np
import torch


class Place:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


one = Place(1)
letters = ["a", "b", "c"]
print(letters[one], "xyz"[one], (1, 2, 3)[one:], list(range(one, 3)), [0] * Place(3), hex(one))
letters[one] = "B"
del letters[Place(0)]
print(letters, int(one), operator.index(one), np.arange(4)[one], torch.arange(4)[:2])
print(torch.zeros(Place(2)), round(1.26, one))


class Node:
    def __init__(self, weight):
        self.weight, self.others = weight, []

    def __deepcopy__(self, memo):
        made = self.__class__.__new__(self.__class__)
        memo[id(self)] = made
        made.weight = self.weight.detach().clone().requires_grad_(True)
        made.others = copy.deepcopy(self.others, memo)
        return made


first, second = Node(torch.ones(2, requires_grad=True)), Node(torch.zeros(2))
first.others.append(second)
second.others.append(first)
copied = copy.deepcopy([first, first])
(copied[0].weight * 3).sum().backward()
print(copied[0] is copied[1], copied[0].others[0].others[0] is copied[0], copied[0] is first)
print(copied[0].weight.grad, first.weight.grad)


class Layer:
    def __init__(self, scale):
        self.scale = scale

    def apply(self, x, power=1):
        return self.scale * x**power

    square = functools.partialmethod(apply, power=2)


print(Layer(torch.tensor(2.0)).square(torch.tensor(3.0)))
packed = struct.pack("<if", 7, 0.5)
print(packed, struct.unpack("<if", packed), int.from_bytes(packed[:4], "little"), (7).to_bytes(2))
error = ValueError("too large")
error.step = 3
try:
    try:
        raise error from KeyError("lr")
    except ValueError as caught:
        raise
except ValueError as again:
    print(again.step, repr(again.__cause__))
