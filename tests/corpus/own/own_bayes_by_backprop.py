import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class BayesLinear(nn.Module):
    def __init__(self, n_in, n_out, prior_sigma=1.0):
        super().__init__()
        self.mu = nn.Parameter(torch.empty(n_out, n_in).normal_(0, 0.1))
        self.rho = nn.Parameter(torch.full((n_out, n_in), -3.0))
        self.prior = torch.distributions.Normal(0, prior_sigma)
        self.kl = 0

    def forward(self, x):
        sigma = F.softplus(self.rho)
        w = self.mu + sigma * torch.randn_like(sigma)
        post = torch.distributions.Normal(self.mu, sigma)
        self.kl = (post.log_prob(w) - self.prior.log_prob(w)).sum()
        return F.linear(x, w)


torch.manual_seed(0)
net = nn.Sequential(BayesLinear(1, 4), nn.Tanh(), BayesLinear(4, 1))
opt = torch.optim.Adam(net.parameters(), 0.05)
x = torch.linspace(-1, 1, 10)[:, None]
y = x ** 3
for i in range(3):
    opt.zero_grad()
    nll = -torch.distributions.Normal(net(x), 0.1).log_prob(y).sum()
    kl = sum(m.kl for m in net if hasattr(m, "kl"))
    loss = nll + kl / 10
    loss.backward()
    opt.step()
    print(i, loss.item())
preds = torch.stack([net(x).detach() for _ in range(4)])
print(preds.mean(0).shape, preds.std(0).mean())
