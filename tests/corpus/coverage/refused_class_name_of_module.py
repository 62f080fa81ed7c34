import torch
from torch import nn
m = nn.Linear(1, 1)
print(m.__class__.__name__, type(m).__name__, m.__class__ is nn.Linear)
