import torch
from torch import nn
d = nn.ParameterDict({"a": nn.Parameter(torch.ones(1))})
print(d["a"])
