import torch
from torch.func import vmap
print(vmap(lambda v: (v ** 2).sum())(torch.arange(4.).reshape(2, 2)))
