import torch
from torch import nn
net = nn.Linear(2, 1)
out = (
    net(torch.ones(1, 2))
    .sum()
    .backwardd()
)
