from typing import NamedTuple
import torch
from torch import nn, Tensor
class State(NamedTuple):
    h: Tensor
    c: Tensor
    step: int = 0
    @property
    def size(self): return self.h.shape
    def detach(self): return State(self.h.detach(), self.c.detach(), self.step)
torch.manual_seed(0)
cell = nn.LSTMCell(2, 3)
s = State(torch.zeros(1, 3), torch.zeros(1, 3))
for t in range(4):
    s = State(*cell(torch.ones(1, 2), (s.h, s.c)), step=t + 1)
    if t == 1: s = s.detach()
s.h.sum().backward()
print(s.step, s.size, s._fields, cell.weight_hh.grad.abs().sum())
print(s._replace(step=9).step)
