import torch
from torch import nn
m = nn.utils.parametrizations.weight_norm(nn.Linear(2, 1))
m(torch.ones(1, 2)).sum().backward()
print([n for n, _ in m.named_parameters()])
