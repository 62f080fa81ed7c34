import torch
from torch.distributions import *
torch.manual_seed(0)
n = Normal(torch.zeros(2), torch.ones(2)); print(n.sample(), n.sample((2,)).shape, n.rsample(), n.log_prob(torch.zeros(2)), n.entropy(), n.mean, n, kl_divergence(n, Normal(1., 1.)))
c = Categorical(logits=torch.zeros(3)); a = c.sample(); print(a, c.log_prob(a), c.probs)
print(Bernoulli(0.3).sample((3,)), Uniform(0., 1.).sample(), Beta(torch.tensor(1.), torch.tensor(2.)).sample(), MultivariateNormal(torch.zeros(2), torch.eye(2)).sample(), torch.rand(1))
try: Normal(0., -1.)
except ValueError as e: print(str(e)[:60])