"""A tiny reverse-mode tape, checked against torch"""
from __future__ import annotations
import math
from dataclasses import dataclass
from typing import Callable, List, Tuple
import torch

Tape = List["Entry"]


@dataclass
class Entry:
    inputs: List[int]
    outputs: int
    propagate: Callable[[float], List[float]]


class Variable:
    counter = 0
    tape: Tape = []

    def __init__(self, value: float):
        self.value = value
        self.id = Variable.counter
        Variable.counter += 1

    def _op(self, value, inputs, propagate) -> Variable:
        r = Variable(value)
        Variable.tape.append(Entry([i.id for i in inputs], r.id, propagate))
        return r

    def __mul__(self, rhs):
        rhs = rhs if isinstance(rhs, Variable) else Variable(rhs)
        return self._op(self.value * rhs.value, [self, rhs], lambda g: [g * rhs.value, g * self.value])

    def __add__(self, rhs):
        rhs = rhs if isinstance(rhs, Variable) else Variable(rhs)
        return self._op(self.value + rhs.value, [self, rhs], lambda g: [g, g])

    __rmul__ = __mul__
    __radd__ = __add__

    def sin(self):
        return self._op(math.sin(self.value), [self], lambda g: [g * math.cos(self.value)])

    def log(self):
        return self._op(math.log(self.value), [self], lambda g: [g / self.value])


def grad(L: Variable, wrt: Tuple[Variable, ...]):
    adj = {L.id: 1.0}
    for e in reversed(Variable.tape):
        if e.outputs not in adj:
            continue
        for i, g in zip(e.inputs, e.propagate(adj[e.outputs])):
            adj[i] = adj.get(i, 0.0) + g
    return [adj.get(v.id) for v in wrt]


a, b = Variable(2.0), Variable(3.0)
L = (a * b + a.sin()).log() * 2 + 0.5 * b
ga, gb = grad(L, (a, b))
ta, tb = (torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (2.0, 3.0))
tl = torch.log(ta * tb + ta.sin()) * 2 + 0.5 * tb
tl.backward()
print(L.value, tl.item())
print(ga, ta.grad.item(), gb, tb.grad.item())
print(len(Variable.tape), Variable.counter, grad(L, (Variable(0.0),)))
