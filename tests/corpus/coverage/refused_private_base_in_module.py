import torch
from torch import nn
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = self._make(2)
    def _make(self, n): return nn.Sequential(*[nn.Linear(1, 1) for _ in range(n)])
    def forward(self, x): return self.net(x)
print(Block())
