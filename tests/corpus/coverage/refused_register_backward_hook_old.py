import torch
from torch import nn
lin = nn.Linear(2, 1)
lin.register_backward_hook(lambda m, gi, go: print(len(gi), len(go)))
lin(torch.ones(1, 2)).sum().backward()
