import torch
from torch import nn
d = nn.ModuleDict({"a": nn.Linear(1, 1)})
d["b"] = nn.ReLU()
print(list(d.keys()), d["a"], "b" in d)
