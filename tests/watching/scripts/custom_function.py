"""A function with a backward of its own, and hooks on a tensor and a module."""

import torch
from torch import nn

torch.manual_seed(0)


class Clipped(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, limit):
        ctx.save_for_backward(x)
        ctx.limit = limit
        return x.clamp(-limit, limit)

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() <= ctx.limit), None


seen = []
model = nn.Linear(4, 2)
model.register_forward_hook(lambda module, args, result: seen.append(tuple(result.shape)))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = []
for _ in range(20):
    hidden = model(torch.randn(3, 4))
    hidden.register_hook(lambda gradient: gradient * 0.5)
    loss = (Clipped.apply(hidden, 0.5) ** 2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
