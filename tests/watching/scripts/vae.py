"""A variational autoencoder: a sample that gradients flow through, and two losses."""

import torch
from torch import nn

torch.manual_seed(0)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encode = nn.Linear(12, 8)
        self.mean, self.spread = nn.Linear(8, 2), nn.Linear(8, 2)
        self.decode = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 12))

    def forward(self, x):
        hidden = torch.relu(self.encode(x))
        mean, spread = self.mean(hidden), self.spread(hidden)
        code = mean + torch.randn_like(mean) * (0.5 * spread).exp()
        return self.decode(code), mean, spread


model = VAE()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
losses = []
for _ in range(20):
    x = torch.rand(16, 12)
    made, mean, spread = model(x)
    likeness = nn.functional.binary_cross_entropy_with_logits(made, x, reduction="sum")
    distance = -0.5 * (1 + spread - mean**2 - spread.exp()).sum()
    loss = likeness + distance
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
