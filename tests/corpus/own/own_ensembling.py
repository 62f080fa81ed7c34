import copy
import torch
import torch.nn as nn
from torch.func import stack_module_state, functional_call
from torch import vmap

torch.manual_seed(0)
models = [nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)) for _ in range(3)]
params, buffers = stack_module_state(models)
base_model = copy.deepcopy(models[0])
base_model = base_model.to('meta')


def fmodel(params, buffers, x):
    return functional_call(base_model, (params, buffers), (x,))


x = torch.randn(5, 3)
print([p.shape for p in params.values()])
predictions = vmap(fmodel, in_dims=(0, 0, None))(params, buffers, x)
loop = torch.stack([m(x) for m in models])
print(predictions.shape, torch.allclose(predictions, loop, atol=1e-5))
predictions2 = vmap(fmodel, in_dims=(0, 0, 0), randomness="same")(params, buffers, torch.randn(3, 5, 3))
print(predictions2.shape)
