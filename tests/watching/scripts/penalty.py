"""A critic whose slope is held at 1: a gradient of a gradient."""

import torch
from torch import nn

torch.manual_seed(0)
critic = nn.Sequential(nn.Linear(3, 8), nn.Softplus(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(critic.parameters(), lr=0.01)
losses = []
for _ in range(20):
    points = torch.randn(8, 3, requires_grad=True)
    score = critic(points).sum()
    (slope,) = torch.autograd.grad(score, points, create_graph=True)
    loss = critic(points).mean() + ((slope.norm(dim=1) - 1) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
