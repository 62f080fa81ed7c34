import torch
from torch import nn
pool = nn.MaxPool2d(2)
pool.register_forward_hook(lambda m, i, o: print("hook", tuple(o.shape), o.sum()))
pool(torch.ones(1, 1, 4, 4))
