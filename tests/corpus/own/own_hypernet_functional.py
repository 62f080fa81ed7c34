import torch
import torch.nn.functional as F
from collections import OrderedDict
torch.manual_seed(0)
def forward(x, p):
    x = F.relu(F.linear(x, p['w1'], p['b1']))
    return F.linear(x, p['w2'], p['b2'])
shapes = OrderedDict(w1=(4, 2), b1=(4,), w2=(1, 4), b2=(1,))
total = sum(torch.Size(s).numel() for s in shapes.values())
hyper = torch.nn.Linear(3, total)
def unflatten(v):
    out, k = {}, 0
    for name, s in shapes.items():
        n = 1
        for d in s: n *= d
        out[name] = v[k:k + n].view(*s); k += n
    assert k == v.numel()
    return out
z = torch.randn(3, requires_grad=True)
loss = forward(torch.randn(5, 2), unflatten(hyper(z))).pow(2).mean()
gz, *gh = torch.autograd.grad(loss, [z, *hyper.parameters()])
print(total, gz, [g.norm().item() for g in gh])
