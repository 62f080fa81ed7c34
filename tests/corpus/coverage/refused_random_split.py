import torch
from torch.utils.data import random_split
a, b = random_split(range(10), [8, 2])
print(len(a), len(b))
