import torch
from torch import nn
n = []
p = nn.AvgPool1d(2); p.register_forward_hook(lambda m, i, o: n.append(1))
for size in (2, 4, 6): p(torch.ones(1, 1, size))
print(len(n))
