import torch
from torch import nn
acts = []
net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2))
for layer in net:
    layer.register_forward_hook(lambda m, i, o: acts.append(o.shape))
net(torch.ones(1, 1, 8, 8))
print(len(acts), acts)
