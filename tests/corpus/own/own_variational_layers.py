import torch, math
import torch.nn as nn
from torch.distributions import Normal, Gamma, Beta, Bernoulli, MultivariateNormal, kl_divergence, Independent, Categorical, Dirichlet, constraints
torch.manual_seed(3)
class BayesLinear(nn.Module):
    def __init__(self, n_in, n_out, prior_sigma=1.0):
        super().__init__()
        self.w_mu = nn.Parameter(torch.zeros(n_out, n_in)); self.w_rho = nn.Parameter(torch.full((n_out, n_in), -3.0))
        self.prior = Normal(0, prior_sigma)
    @property
    def w_sigma(self): return nn.functional.softplus(self.w_rho)
    def forward(self, x):
        q = Normal(self.w_mu, self.w_sigma)
        self.kl = kl_divergence(q, self.prior).sum()
        return x @ q.rsample().T
net = BayesLinear(3, 1); opt = torch.optim.Adam(net.parameters(), lr=0.05)
X = torch.randn(30, 3); y = X @ torch.tensor([[1.], [0.], [-1.]]) + 0.1 * torch.randn(30, 1)
for i in range(15):
    opt.zero_grad()
    nll = -Normal(net(X), 0.1).log_prob(y).sum()
    elbo = -(nll + net.kl / 10); (-elbo).backward(); opt.step()
    if i % 5 == 0: print(f'{i:3d} elbo={elbo.item():.2f} kl={net.kl.item():.3f}')
d = Independent(Normal(torch.zeros(2, 3), 1), 1); print(d.batch_shape, d.event_shape, d.log_prob(torch.zeros(2, 3)))
a = torch.tensor(2., requires_grad=True); Gamma(a, 1.).rsample((5,)).sum().backward(); print(a.grad)
b = Beta(torch.tensor([.5, 2.]), torch.tensor(1.)); print(b.mean, b.sample().shape, b)
print(Bernoulli(logits=torch.tensor([0.3])).entropy(), Dirichlet(torch.ones(3)).rsample().sum(), Categorical(probs=torch.tensor([.1, .9])).probs)
print(MultivariateNormal(torch.zeros(2), torch.eye(2)).entropy(), Normal(0., 1.).cdf(torch.tensor(1.96)), Normal(0., 1.).icdf(torch.tensor(0.5)))
try: Normal(0., -1.)
except ValueError as e: print(str(e).split("\n")[0])
print(isinstance(d, torch.distributions.Distribution), Normal.arg_constraints["scale"], Normal(torch.zeros(2), 1.).expand((3, 2)).batch_shape)
