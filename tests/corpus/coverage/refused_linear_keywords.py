import torch
from torch import nn
print(nn.Linear(in_features=2, out_features=1), nn.Conv2d(in_channels=1, out_channels=2, kernel_size=3, stride=1, padding=1))
