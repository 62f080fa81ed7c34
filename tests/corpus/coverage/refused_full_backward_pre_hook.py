import torch
from torch import nn
lin = nn.Linear(1, 1)
lin.register_full_backward_pre_hook(lambda m, g: print("pre", g))
lin(torch.ones(1, 1)).sum().backward()
