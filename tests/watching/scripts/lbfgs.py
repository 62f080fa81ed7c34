"""A curve that LBFGS fits: the optimizer calls backward itself, by a closure."""

import torch

torch.manual_seed(0)
x = torch.linspace(-1, 1, 20)
y = torch.sin(3 * x)
weights = torch.zeros(4, requires_grad=True)
optimizer = torch.optim.LBFGS([weights], max_iter=4, line_search_fn="strong_wolfe")
losses = []


def closure():
    optimizer.zero_grad()
    curve = sum(weight * x**power for power, weight in enumerate(weights))
    loss = ((curve - y) ** 2).mean()
    loss.backward()
    return loss


for _ in range(5):
    losses.append(optimizer.step(closure).item())
