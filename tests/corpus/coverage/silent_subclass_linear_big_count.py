import torch
from torch import nn
class Counted(nn.Linear):
    calls = 0
    def forward(self, x):
        Counted.calls += 1
        return super().forward(x)
m = Counted(300, 300)
m(torch.ones(100, 300)); m(torch.ones(100, 300))
print(Counted.calls)
