import torch
from torch import nn
with torch.device("meta"):
    m = nn.Sequential(nn.Linear(3, 4), nn.Dropout(), nn.LayerNorm(4))
    t = torch.ones(2, 3)
    u = torch.tensor([1., 2.])
    r = torch.randn(2)
    y = m(t)
    print(y.shape, y.device, (u * 2).device)
print(m[0].weight, t.device)
print(torch.ones(1))
torch.manual_seed(0)
with torch.device("cpu"):
    print(torch.rand(2))
    l = nn.Linear(2, 1)
    l(torch.ones(2)).backward()
    print(l.weight.grad)
m2 = m.to_empty(device="cpu")
print(m2[0].weight.shape, m2[0].weight.device)
dev = torch.device("meta")
with dev:
    x = torch.zeros(3)
print(x.is_meta)
print(hasattr(x, "volatile"), hasattr(x, "foo"), hasattr(m, "register_foo"), hasattr(m, "compile"))
