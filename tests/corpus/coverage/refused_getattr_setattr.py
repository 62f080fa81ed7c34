import torch
from torch import nn
m = nn.Linear(2, 1)
setattr(m, "note", 3)
print(getattr(m, "note"), getattr(m, "missing", None), m.note)
