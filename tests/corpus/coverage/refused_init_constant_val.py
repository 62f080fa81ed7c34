import torch
from torch import nn
w = torch.empty(2)
print(nn.init.constant_(w, val=3.0))
