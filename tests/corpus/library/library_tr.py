import torch
from torch import nn
torch.manual_seed(0)
l = nn.TransformerEncoderLayer(d_model=8, nhead=2, dim_feedforward=16)
e = nn.TransformerEncoder(l, num_layers=2, enable_nested_tensor=False)
x = torch.rand(5, 1, 8); y = e(x); print(y.sum(), torch.rand(1)); y.sum().backward(); print(sum(p.grad.abs().sum() for p in e.parameters()))
e.eval(); print(e(x).sum())
print(l)