import torch
import torch.distributions as dist

torch.manual_seed(0)
data = torch.cat([torch.randn(60, 2) * 0.4 + torch.tensor([2., 2.]), torch.randn(40, 2) * 0.6 - 1.5])
K = 2
mu = torch.nn.Parameter(data[torch.randperm(len(data))[:K]].clone())
log_sigma = torch.nn.Parameter(torch.zeros(K, 2))
logits = torch.nn.Parameter(torch.zeros(K))
opt = torch.optim.Adam([mu, log_sigma, logits], lr=0.05)


def log_likelihood(x):
    comp = dist.Independent(dist.Normal(mu, log_sigma.exp()), 1)
    lp = comp.log_prob(x[:, None, :])
    return torch.logsumexp(lp + torch.log_softmax(logits, 0), dim=1).mean()


for i in range(101):
    opt.zero_grad()
    nll = -log_likelihood(data)
    nll.backward()
    opt.step()
    if i % 50 == 0:
        print(i, f"{nll.item():.4f}")
order = mu[:, 0].argsort()
print(mu.detach()[order].numpy().round(1).tolist())
print(logits.softmax(0).detach()[order].numpy().round(2).tolist())
d = torch.cdist(data, mu.detach())
print(torch.bincount(d.argmin(1), minlength=K).sort().values.tolist())
n = dist.Normal(0., 1.)
print(dist.kl_divergence(dist.Normal(1., 2.), n), n.entropy(), n.cdf(torch.tensor(0.)), n.icdf(torch.tensor(0.975)))
s = dist.Normal(torch.zeros(2, requires_grad=True), 1.).rsample()
print(s.requires_grad, dist.Bernoulli(0.3).log_prob(torch.tensor(1.)), dist.Uniform(0, 2).mean, dist.Beta(2., 3.).variance)
