import torch
from torch import nn
from dataclasses import dataclass
@dataclass(frozen=True)
class Lin: i: int; o: int
@dataclass(frozen=True)
class Act: name: str = 'relu'
def build(specs):
    for s in specs:
        match s:
            case Lin(i=i, o=o) if i > 0: yield nn.Linear(i, o)
            case Act('relu' | 'ReLU'): yield nn.ReLU()
            case Act(name=other): yield getattr(nn, other)()
            case ['dropout', float(p)]: yield nn.Dropout(p)
            case {'bn': n, **rest}: yield nn.BatchNorm1d(n, **rest)
            case None: continue
            case _: raise ValueError(f'bad spec {s!r}')
torch.manual_seed(0)
net = nn.Sequential(*build([Lin(2, 3), Act(), {'bn': 3, 'momentum': .2}, ['dropout', 0.1], None, Act('Tanh'), Lin(3, 1)]))
print(net); net(torch.randn(4, 2)).sum().backward(); print(net[0].weight.grad)
try: list(build(['?']))
except ValueError as e: print(e)
