"""Gradients of each sample of a small batch, by a model with layers wider than the batch."""

import torch
from torch import nn
from torch.func import functional_call, grad, vmap
from torch.nn.utils import prune

torch.manual_seed(0)
model = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 26 * 26, 10))
params = {name: p.detach() for name, p in model.named_parameters()}


def loss(params, sample, target):
    out = functional_call(model, (params, {}), (sample.unsqueeze(0),))
    return nn.functional.cross_entropy(out, target.unsqueeze(0))


data, targets = torch.randn(6, 1, 28, 28), torch.randint(10, (6,))
each = vmap(grad(loss), in_dims=(None, 0, 0))(params, data, targets)
print({name: tuple(g.shape) for name, g in each.items()})
print(vmap(lambda p, x: p["w"] * x, in_dims=({"w": 1}, None))({"w": torch.eye(3)}, torch.ones(3)))
prune.l1_unstructured(model[3], "weight", amount=0.3)
print((model[3].weight == 0).float().mean())
