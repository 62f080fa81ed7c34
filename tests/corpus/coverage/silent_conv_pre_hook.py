import torch
from torch import nn
net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU())
net[0].register_forward_pre_hook(lambda m, i: print("in", i[0].shape, i[0].device))
net(torch.ones(1, 1, 4, 4))
