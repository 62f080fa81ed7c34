"""Parts of a holder are the program's own: they are replaced by their names or places."""
from collections import OrderedDict

import torch
from torch import nn

torch.manual_seed(0)
head = nn.Sequential(OrderedDict([("fc", nn.Linear(2, 2)), ("act", nn.ReLU())]))
head.fc = nn.Linear(2, 3)
head[1] = nn.Tanh()
print(head)
kinds = nn.ModuleDict({"a": nn.ReLU()})
kinds.a = nn.Tanh()
print(kinds)


class Model(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(2, 2), nn.ReLU())
        self.scale = 3


model = Model()
model.scale = 4
print(model.scale, head(torch.ones(1, 2)).sum())
