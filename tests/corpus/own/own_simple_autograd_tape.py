import torch
from typing import List, NamedTuple, Callable, Dict, Optional

_name = 1

def fresh_name():
    global _name
    name = f'v{_name}'
    _name += 1
    return name


class Variable:
    def __init__(self, value, name=None):
        self.value = value
        self.name = name or fresh_name()

    def __repr__(self):
        return repr(self.value)

    @staticmethod
    def constant(value, name=None):
        return Variable(value, name)

    def __mul__(self, rhs):
        return operator_mul(self, rhs)

    def __add__(self, rhs):
        return operator_add(self, rhs)

    def sum(self, name=None):
        return operator_sum(self, name)

    def expand(self, sizes):
        return operator_expand(self, sizes)


class TapeEntry(NamedTuple):
    inputs: List[str]
    outputs: List[str]
    propagate: 'Callable[List[Variable], List[Variable]]'


gradient_tape: List[TapeEntry] = []

def reset_tape():
    gradient_tape.clear()
    global _name
    _name = 1

def operator_mul(self, rhs):
    if isinstance(rhs, float) and rhs == 1.0:
        return self
    r = Variable(self.value * rhs.value)
    print(f'{r.name} = {self.name} * {rhs.name}')
    inputs = [self.name, rhs.name]
    outputs = [r.name]

    def propagate(dL_doutputs):
        dL_dr, = dL_doutputs
        dr_dself = rhs
        dr_drhs = self
        return [dL_dr * dr_dself, dL_dr * dr_drhs]
    gradient_tape.append(TapeEntry(inputs=inputs, outputs=outputs, propagate=propagate))
    return r

def operator_add(self, rhs):
    r = Variable(self.value + rhs.value)
    print(f'{r.name} = {self.name} + {rhs.name}')

    def propagate(dL_doutputs):
        dL_dr, = dL_doutputs
        return [dL_dr * 1.0, dL_dr * 1.0]
    gradient_tape.append(TapeEntry(inputs=[self.name, rhs.name], outputs=[r.name], propagate=propagate))
    return r

def operator_sum(self, name):
    r = Variable(torch.sum(self.value), name=name)
    print(f'{r.name} = {self.name}.sum()')

    def propagate(dL_doutputs):
        dL_dr, = dL_doutputs
        size = self.value.size()
        return [dL_dr.expand(*size)] if False else [dL_dr.expand(size)]
    gradient_tape.append(TapeEntry(inputs=[self.name], outputs=[r.name], propagate=propagate))
    return r

def operator_expand(self, sizes):
    assert self.value.dim() == 0
    r = Variable(self.value.expand(sizes))
    print(f'{r.name} = {self.name}.expand({tuple(sizes)})')
    return r

def grad(L, desired_results: List[Variable]) -> List[Variable]:
    dL_d: Dict[str, Variable] = {}
    dL_d[L.name] = Variable(torch.ones(()))
    print(f'd{L.name} ------------------------')

    def gather_grad(entries: List[str]):
        return [dL_d[entry] if entry in dL_d else None for entry in entries]

    for entry in reversed(list(gradient_tape)):
        dL_doutputs = gather_grad(entry.outputs)
        if all(dL_doutput is None for dL_doutput in dL_doutputs):
            continue
        dL_dinputs = entry.propagate(dL_doutputs)
        for input, dL_dinput in zip(entry.inputs, dL_dinputs):
            if input not in dL_d:
                dL_d[input] = dL_dinput
            else:
                dL_d[input] += dL_dinput
    for name, value in dL_d.items():
        print(f'd{L.name}_d{name} = {value.name}')
    return gather_grad(desired.name for desired in desired_results)


torch.manual_seed(0)
a, b = Variable.constant(torch.rand(4), name='a'), Variable.constant(torch.rand(4), name='b')
t = a * b
L = (t * t if False else t * b).sum(name='L')
da, db = grad(L, [a, b])
print("da", da)
print("db", db)
reset_tape()
