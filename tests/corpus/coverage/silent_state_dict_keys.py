import torch
from torch import nn
m = nn.Linear(1, 1)
print(m.state_dict().keys())
print(type(m.state_dict()).__name__)
