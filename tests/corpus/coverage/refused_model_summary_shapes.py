import torch
from torch import nn
x = torch.randn(1, 1, 8, 8)
for layer in nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(72, 2)):
    x = layer(x); print(layer.__class__.__name__, "output shape:", x.shape)
