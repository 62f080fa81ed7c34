# Layers are taken out of their holders, hooks stand around an optimizer's step, and memory is read
# as PyTorch shows it.
import math

import torch
from torch import nn

torch.manual_seed(0)
layers = nn.ModuleList([nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)])
print(layers.pop(1), len(layers))
stack = nn.Sequential(nn.Linear(2, 2), nn.Tanh())
print(stack.pop(-1), stack)
heads = nn.ModuleDict({"a": nn.Linear(1, 1), "b": nn.ReLU(), "c": nn.Identity()})
print(heads.pop("b"), list(heads))
del heads["c"]
heads.clear()
print(heads, len(heads))
weights = nn.ParameterDict({"w": nn.Parameter(torch.ones(2)), "v": nn.Parameter(torch.zeros(1))})
print(weights.pop("v"), list(weights.keys()))
for take in (lambda: heads.pop("gone"), lambda: weights["gone"]):
    try:
        take()
    except (AttributeError, KeyError) as error:
        print(type(error).__name__, error)

recurrent = nn.LSTM(2, 3)
recurrent.flatten_parameters()
print([tuple(weight.shape) for weight in recurrent.all_weights[0]])
norm = nn.BatchNorm1d(2)
norm(torch.randn(4, 2))
norm.reset_running_stats()
print(norm.running_mean, norm.num_batches_tracked)

model = nn.Linear(2, 1).type(torch.double)
print(model.weight.dtype, model.share_memory() is model)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
optimizer.register_step_pre_hook(lambda opt, args, kwargs: print("before", len(opt.param_groups)))
after = optimizer.register_step_post_hook(lambda opt, args, kwargs: print("after", kwargs))
model(torch.ones(1, 2, dtype=torch.double)).sum().backward()
optimizer.step()
after.remove()
optimizer.step()
print(model.weight)

x = torch.arange(4.0)
print(x.apply_(lambda value: value * 2 + 1), x._version)
print(x.map_(torch.ones(4), lambda mine, other: mine - other))
try:
    x.requires_grad_().apply_(lambda value: value)
except (RuntimeError, TypeError) as error:
    print(error)

points = torch.tensor([[4.0, 1.0], [5.0, 3.0]])
print(points.storage())
print(points.t().untyped_storage(), len(points.untyped_storage()), len(points[1].storage()))
coin = torch.distributions.Bernoulli(torch.tensor([0.2, 0.5]))
print(coin.enumerate_support(), coin.enumerate_support(expand=False).shape)
print(torch.distributions.Categorical(torch.ones(3)).enumerate_support())
print([name for name in dir(math) if name.startswith("is")])
