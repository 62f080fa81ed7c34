import torch
from torch import nn
seen = []
conv = nn.Conv2d(1, 1, 2)
conv.register_forward_hook(lambda m, i, o: seen.append(o))
conv(torch.ones(1, 1, 3, 3))
print(len(seen), seen[0].device)
