import torch
from torch import nn
torch.manual_seed(0)
m = nn.Linear(1, 1); m.reset_parameters(); print(m.weight)
