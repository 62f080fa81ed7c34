import torch
from torch import nn
print(nn.Conv2d(256, 512, 3).weight.shape)
