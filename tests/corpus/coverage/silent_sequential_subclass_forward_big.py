import torch
from torch import nn
class Loud(nn.Sequential):
    def forward(self, x):
        print("forward", x.device)
        return super().forward(x)
Loud(nn.Linear(200, 100))(torch.ones(100, 200))
