import torch
from torch import nn
net = nn.Sequential(nn.LazyLinear(3), nn.ReLU())
net(torch.ones(1, 2))
print(net)
