import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(width, width)
        self.b = nn.Tanh()

    def forward(self, x):
        return self.b(self.a(x)) + x

    def __repr__(self):
        inner = ", ".join(f"{k}: {m._get_name()}" for k, m in self._modules.items())
        return f"{self._get_name()}({inner})"


def summary(model):
    for name, module in model.named_modules():
        count = sum(p.numel() for p in module.parameters())
        print(f"{name or '(whole)':<10}{module._get_name():<12}{count:>5}")


torch.manual_seed(0)
net = nn.Sequential(Block(2), nn.Linear(2, 1))
summary(net)
net(torch.ones(1, 2)).sum().backward()
print(net[0], net[1]._get_name(), net[1].weight.grad)
