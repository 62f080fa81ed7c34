import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import stack_module_state, functional_call, vmap
import copy

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(1, 32), nn.ReLU(), nn.Dropout(p=0.5), nn.Linear(32, 1))
x = torch.linspace(-1, 1, 9)[:, None]
net.train()
samples = torch.stack([net(x) for _ in range(50)])
print(samples.mean(0).shape, bool((samples.std(0) > 0).any()))
net.eval()
print(torch.equal(net(x), net(x)))
for m in net.modules():
    if m.__class__.__name__.startswith("Dropout"):
        m.train()
print(net[2].training, net.training)


def my_dropout(x, p, training=True):
    if not training or p == 0:
        return x
    mask = (torch.rand_like(x) > p).float()
    return mask * x / (1.0 - p)


v = torch.ones(1000, requires_grad=True)
out = my_dropout(v, 0.3)
out.sum().backward()
print(0.6 < (v.grad != 0).float().mean().item() < 0.8, abs(out.mean().item() - 1) < 0.1, v.grad.max())
models = [nn.Linear(1, 1) for _ in range(3)]
params, buffers = stack_module_state(models)
base = copy.deepcopy(models[0]).to("meta") if False else copy.deepcopy(models[0])
preds = vmap(lambda p, b, x: functional_call(base, (p, b), (x,)), in_dims=(0, 0, None))(params, buffers, x)
print(preds.shape, all(torch.allclose(preds[i], models[i](x)) for i in range(3)))
logits = torch.stack([m(x) for m in models])
print(logits.mean(0).shape, logits.var(0, unbiased=False).min().item() >= 0)
