import torch
from torch import nn
m = nn.Linear(1, 1).double()
print(m.weight.dtype, nn.Linear(1, 1).to(torch.float64).weight.dtype, nn.Linear(1, 1).half().weight.dtype, nn.Linear(1, 1).bfloat16().weight.dtype)
