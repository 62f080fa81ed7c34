"""A residual block and a ModuleDict; gradients with and without the skip."""
import torch
from torch import nn
from torch.nn import functional as F

class Block(nn.Module):
    def __init__(self, dim, skip=True):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc = nn.Linear(dim, dim)
        self.skip = skip

    def forward(self, x):
        h = F.gelu(self.fc(self.norm(x)))
        return x + h if self.skip else h

    def extra_repr(self):
        return f"skip={self.skip}"

for skip in (True, False):
    torch.manual_seed(22)
    net = nn.Sequential(*[Block(6, skip=skip) for _ in range(8)])
    x = torch.randn(2, 6, requires_grad=True)
    net(x).sum().backward()
    print(skip, f"{x.grad.norm().item():.4f}")
print(net[0])
d = nn.ModuleDict({"a": nn.Linear(1, 1), "b": nn.Identity()})
for k, m in d.items():
    print(k, m)
print(sorted(d.keys()), d["b"](3))
