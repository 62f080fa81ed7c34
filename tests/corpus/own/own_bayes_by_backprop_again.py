import math
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


class Gaussian(object):
    def __init__(self, mu, rho):
        super().__init__()
        self.mu = mu
        self.rho = rho
        self.normal = torch.distributions.Normal(0, 1)

    @property
    def sigma(self):
        return torch.log1p(torch.exp(self.rho))

    def sample(self):
        epsilon = self.normal.sample(self.rho.size())
        return self.mu + self.sigma * epsilon

    def log_prob(self, input):
        return (-math.log(math.sqrt(2 * math.pi)) - torch.log(self.sigma) - ((input - self.mu) ** 2) / (2 * self.sigma ** 2)).sum()


class BayesianLinear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight_mu = nn.Parameter(torch.Tensor(out_features, in_features).uniform_(-0.2, 0.2))
        self.weight_rho = nn.Parameter(torch.Tensor(out_features, in_features).uniform_(-5, -4))
        self.weight = Gaussian(self.weight_mu, self.weight_rho)
        self.bias = nn.Parameter(torch.zeros(out_features))
        self.log_prior = 0
        self.log_variational_posterior = 0

    def forward(self, input, sample=False, calculate_log_probs=False):
        if self.training or sample:
            weight = self.weight.sample()
        else:
            weight = self.weight.mu
        if self.training or calculate_log_probs:
            self.log_prior = torch.distributions.Normal(0, 1).log_prob(weight).sum()
            self.log_variational_posterior = self.weight.log_prob(weight)
        return F.linear(input, weight, self.bias)


net = nn.Sequential(BayesianLinear(1, 8), nn.Tanh(), BayesianLinear(8, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.02)
x = torch.linspace(-1, 1, 20).unsqueeze(1)
y = x ** 3
for e in range(41):
    elbo = 0
    for s in range(2):
        out = net(x)
        kl = sum(m.log_variational_posterior - m.log_prior for m in net if isinstance(m, BayesianLinear))
        elbo = elbo + (kl / 100 + F.mse_loss(out, y, reduction="sum") / 0.02) / 2
    opt.zero_grad()
    elbo.backward()
    opt.step()
    if e % 20 == 0:
        print(e, round(elbo.item(), 2))
net.eval()
preds = torch.stack([net[2](net[1](net[0](x, sample=True)), sample=True) for _ in range(20)])
print(preds.shape, (preds.std(0) > 0).all().item(), [n for n, _ in net.named_parameters()])
