import torch
from torch import nn
lin = nn.Linear(1, 1)
lin.register_forward_hook(lambda m, a, k, o: print("kw", k), with_kwargs=True)
lin(input=torch.ones(1, 1))
