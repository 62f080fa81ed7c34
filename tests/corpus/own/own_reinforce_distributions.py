import torch
from torch import distributions as D
from torch.distributions import Normal, MultivariateNormal, Bernoulli, kl_divergence, Independent

torch.manual_seed(0)
loc = torch.zeros(2, requires_grad=True)
log_scale = torch.zeros(2, requires_grad=True)
dist = Normal(loc, log_scale.exp())
z = dist.rsample((5,))
prior = Normal(torch.zeros(2), torch.ones(2))
elbo = -(z - 1).pow(2).sum(-1).mean() - kl_divergence(dist, prior).sum()
(-elbo).backward()
print(loc.grad, log_scale.grad, dist)
print(MultivariateNormal(torch.zeros(2), torch.eye(2)).log_prob(torch.ones(2)))
print(Independent(Normal(torch.zeros(3), 1.), 1).log_prob(torch.ones(3)), Bernoulli(logits=torch.tensor(0.3)).entropy())
b = D.Beta(torch.tensor([2.0]), torch.tensor([3.0]))
print(b.mean, b.variance, D.Categorical(logits=torch.tensor([1., 2., 3.])).probs)
print(D.Uniform(0., 2.).sample((2,)), D.Exponential(1.0).log_prob(torch.tensor(2.0)), D.Poisson(3.).sample())
mix = D.MixtureSameFamily(D.Categorical(torch.tensor([.3, .7])), Normal(torch.tensor([-1., 1.]), torch.tensor([.5, .5])))
print(mix.log_prob(torch.tensor(0.2)), mix.sample())
g = D.Gumbel(torch.tensor(0.), torch.tensor(1.)).rsample()
print(torch.nn.functional.gumbel_softmax(torch.tensor([1., 2.]), tau=0.5, hard=True))
