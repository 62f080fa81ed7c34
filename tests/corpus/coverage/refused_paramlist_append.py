import torch
from torch import nn
p = nn.ParameterList([nn.Parameter(torch.ones(1))])
p.append(nn.Parameter(torch.zeros(1)))
print(len(p), p[1])
