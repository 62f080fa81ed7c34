import torch
import torch.nn as nn
import torch.distributions as D

torch.manual_seed(0)


class PlanarFlow(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.w = nn.Parameter(torch.randn(1, dim).normal_(0, 0.1))
        self.b = nn.Parameter(torch.zeros(1))
        self.u = nn.Parameter(torch.randn(1, dim).normal_(0, 0.1))

    def forward(self, x):
        wu = (self.w * self.u).sum()
        m = -1 + torch.log1p(wu.exp())
        u_hat = self.u + (m - wu) * self.w / self.w.norm() ** 2
        lin = (x @ self.w.T) + self.b
        f = x + u_hat * torch.tanh(lin)
        phi = (1 - torch.tanh(lin) ** 2) @ self.w
        log_det = torch.log(torch.abs(1 + phi @ u_hat.T) + 1e-8)
        return f, log_det.squeeze(-1)


class Coupling(nn.Module):
    def __init__(self, flip):
        super().__init__()
        self.flip = flip
        self.net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 2))

    def forward(self, x):
        a, b = x.chunk(2, dim=1)
        if self.flip:
            a, b = b, a
        s, t = self.net(a).chunk(2, dim=1)
        b = b * s.exp() + t
        if self.flip:
            a, b = b, a
        return torch.cat([a, b], 1), s.sum(1)


flows = nn.ModuleList([PlanarFlow(2), Coupling(False), Coupling(True), PlanarFlow(2)])
base = D.MultivariateNormal(torch.zeros(2), torch.eye(2))
target = D.MixtureSameFamily(
    D.Categorical(torch.tensor([0.5, 0.5])),
    D.Independent(D.Normal(torch.tensor([[-2., 0.], [2., 0.]]), torch.ones(2, 2) * 0.5), 1))
opt = torch.optim.Adam(flows.parameters(), lr=1e-2)
for step in range(41):
    z0 = base.sample((128,))
    z, ldj = z0, 0
    for flow in flows:
        z, d = flow(z)
        ldj = ldj + d
    kl = (base.log_prob(z0) - ldj - target.log_prob(z)).mean()
    opt.zero_grad()
    kl.backward()
    opt.step()
    if not step % 20:
        print(step, f"{kl.item():.3f}")
x = torch.randn(3, 2)
J = torch.stack([torch.autograd.functional.jacobian(lambda v: flows[1](v[None])[0][0], xi) for xi in x])
print(torch.allclose(torch.linalg.slogdet(J).logabsdet, flows[1](x)[1], atol=1e-5))
