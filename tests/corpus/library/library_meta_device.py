"""Tensors on the device "meta", which have a shape and no numbers: an ensemble as vmap wants it."""
import copy

import torch
from torch import nn
from torch.func import functional_call, stack_module_state, vmap

torch.manual_seed(0)
models = [nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)) for _ in range(3)]
params, buffers = stack_module_state(models)
base = copy.deepcopy(models[0]).to("meta")


def call(params, buffers, x):
    return functional_call(base, (params, buffers), (x,))


x = torch.randn(5, 3)
together = vmap(call, in_dims=(0, 0, None))(params, buffers, x)
apart = torch.stack([model(x) for model in models])
print(together.shape, torch.allclose(together, apart, atol=1e-6))

shape_only = torch.randn(2, 3, device="meta")
print(shape_only, shape_only.device, (shape_only @ shape_only.T).shape)
layer = nn.Linear(1000, 10, device="meta")
print(layer(torch.randn(4, 1000, device="meta")).shape, layer.weight.is_meta)
for wrong in (lambda: shape_only.sum().item(), shape_only.tolist, lambda: layer.to("cpu")):
    try:
        wrong()
    except (RuntimeError, NotImplementedError) as error:
        print(type(error).__name__, error)
