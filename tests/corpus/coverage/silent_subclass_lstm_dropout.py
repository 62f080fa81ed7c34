import torch
from torch import nn
class Mine(nn.LSTM): pass
torch.manual_seed(0)
m = Mine(2, 3, num_layers=2, dropout=0.5)
out, _ = m(torch.ones(4, 1, 2))
print(out.sum())
print(torch.rand(1))
