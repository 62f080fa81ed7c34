import torch
import torch.nn as nn


class AffineCoupling(nn.Module):
    def __init__(self, dim, mask):
        super().__init__()
        self.register_buffer("mask", mask)
        self.s = nn.Sequential(nn.Linear(dim, 8), nn.ReLU(), nn.Linear(8, dim), nn.Tanh())
        self.t = nn.Sequential(nn.Linear(dim, 8), nn.ReLU(), nn.Linear(8, dim))

    def forward(self, x):
        xm = x * self.mask
        s, t = self.s(xm) * (1 - self.mask), self.t(xm) * (1 - self.mask)
        return xm + (1 - self.mask) * (x * torch.exp(s) + t), s.sum(dim=1)

    def inverse(self, z):
        zm = z * self.mask
        s, t = self.s(zm) * (1 - self.mask), self.t(zm) * (1 - self.mask)
        return zm + (1 - self.mask) * (z - t) * torch.exp(-s)


torch.manual_seed(0)
masks = [torch.tensor([0., 1.]), torch.tensor([1., 0.])] * 2
flow = nn.ModuleList(AffineCoupling(2, m) for m in masks)
base = torch.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2))
opt = torch.optim.Adam(flow.parameters(), lr=1e-2)
data = torch.randn(16, 2) * torch.tensor([1.0, 0.3]) + 1
for step in range(3):
    z, logdet = data, 0
    for layer in flow:
        z, ld = layer(z)
        logdet = logdet + ld
    loss = -(base.log_prob(z) + logdet).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(step, f"{loss.item():.4f}")
x = base.sample((3,))
for layer in reversed(flow):
    x = layer.inverse(x)
print(x.shape)
