# Weights that two layers share, in functional_call
import torch
from torch import nn
from torch.func import functional_call, grad
torch.manual_seed(0)
tied = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)); tied[1].weight = tied[0].weight
x = torch.ones(1, 2)
print(functional_call(tied, {"0.weight": torch.zeros(2, 2)}, x), len(dict(tied.named_parameters())))
print(functional_call(tied, {"0.weight": torch.zeros(2, 2)}, x, tie_weights=False))
print(functional_call(tied, {"1.weight": torch.eye(2)}, x))
try:
    functional_call(tied, {"0.weight": torch.eye(2), "1.weight": torch.zeros(2, 2)}, x)
except ValueError as e:
    print(str(e)[:60])
try:
    functional_call(tied, {"0.weight": torch.eye(2)}, x, strict=True)
except RuntimeError as e:
    print(str(e).splitlines()[0])
p = {k: v.detach() for k, v in tied.named_parameters()}
print(grad(lambda p: functional_call(tied, p, x, strict=False).sum())(p))
