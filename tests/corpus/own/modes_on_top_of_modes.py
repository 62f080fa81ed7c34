"""Several modes on one function: the innermost decorator has the last word."""

from functools import partial

import torch
from torch import nn
from torch.amp import autocast


@torch.no_grad()
@torch.enable_grad()
def inner_on():
    return torch.is_grad_enabled()


@torch.enable_grad()
@torch.no_grad()
def inner_off():
    return torch.is_grad_enabled()


@torch.no_grad()
@torch.autocast("cpu", dtype=torch.bfloat16)
def both(x):
    return torch.is_grad_enabled(), (x @ x).dtype


@autocast("cpu", dtype=torch.bfloat16)
def power(x, n):
    return (x @ x).dtype if n == 0 else power(x, n - 1)


off = partial(autocast, "cpu", enabled=False)


class Rotation(nn.Module):
    @off()
    def forward(self, x):
        return (x @ x).dtype


x = torch.ones(2, 2)
print(inner_on(), inner_off(), both(x), torch.is_grad_enabled(), (x @ x).dtype)
with torch.autocast("cpu", dtype=torch.bfloat16):
    print(power(x, 2), Rotation()(x), (x @ x).dtype)
