"""What a class may override of nn.Module, and what of a layer may be replaced."""

import torch
from torch import nn


class Ones(nn.Linear):
    def reset_parameters(self):
        nn.init.ones_(self.weight)
        nn.init.zeros_(self.bias)


class Frozen(nn.Module):
    def __init__(self, width):
        self.width = width  # before super().__init__(), as plain values may be
        super().__init__()
        self.norm = nn.BatchNorm1d(width)
        self.body = Ones(width, 1)

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, x):
        return self.body(self.norm(x))


model = Frozen(3).train()
print(model.width, model.training, model.norm.training, model.body.training)
print(model(torch.ones(2, 3)))
model.eval()
print(model.training, model.norm.training)

layer = Ones(2, 2)
layer.bias = None
print(layer(torch.ones(1, 2)))
layer.bias = nn.Parameter(torch.full((2,), 5.0))
print(layer(torch.ones(1, 2)), layer.bias.requires_grad)

layer.weight.data = torch.arange(4.0).reshape(2, 2).t()
print(layer.weight, layer.weight.data)
layer.register_forward_pre_hook(lambda module, args: (args[0] * 10,))
print(layer(torch.ones(1, 2)))

table = nn.Embedding(4, 2)
table.register_forward_pre_hook(lambda module, args: print("looks up", args[0]))
print(table(torch.tensor([1, 3])).shape, nn.CrossEntropyLoss()(torch.zeros(1, 2), target=torch.tensor([1])))
