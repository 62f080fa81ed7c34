import torch
from torch.distributions import Distribution, Normal, constraints, kl_divergence
class Laplace2(Distribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = torch.broadcast_tensors(loc, scale)
        super().__init__(self.loc.shape, validate_args=validate_args)

    @property
    def mean(self):
        return self.loc

    @property
    def variance(self):
        return 2 * self.scale.pow(2)

    def rsample(self, sample_shape=torch.Size()):
        u = torch.rand(self._extended_shape(sample_shape)) - 0.5
        return self.loc - self.scale * u.sign() * torch.log1p(-2 * u.abs())

    def log_prob(self, value):
        if self._validate_args:
            self._validate_sample(value)
        return -torch.log(2 * self.scale) - (value - self.loc).abs() / self.scale

    def entropy(self):
        return 1 + torch.log(2 * self.scale)


torch.manual_seed(0)
scale = torch.tensor(1.5, requires_grad=True)
d = Laplace2(torch.zeros(2), scale)
s = d.rsample((3,))
print(s, d.log_prob(s).sum(), d.batch_shape, d.event_shape, d.stddev, d.perplexity(), d)
(s.pow(2).mean() + d.entropy().sum()).backward()
print(scale.grad, d.sample().requires_grad, d.sample((2,)).shape, isinstance(d, Distribution), isinstance(d, Normal), d.has_rsample)
for bad in (lambda: Laplace2(torch.zeros(2), torch.tensor(-1.0)), lambda: d.log_prob(torch.tensor([float("nan"), 0.0])), lambda: d.cdf(s), lambda: d.icdf(s)):
    try:
        bad()
    except (ValueError, NotImplementedError) as error:
        print(type(error).__name__, error)


class Mixture(Distribution):
    def __init__(self, parts, weights):
        self.parts, self.weights = parts, weights
        super().__init__(validate_args=False)

    def log_prob(self, x):
        return torch.logsumexp(torch.stack([w.log() + p.log_prob(x) for p, w in zip(self.parts, self.weights)]), 0)


x = torch.tensor([0.5, 2.0], requires_grad=True)
m = Mixture([Normal(0.0, 1.0), Laplace2(torch.tensor(1.0), torch.tensor(0.5))], torch.tensor([0.3, 0.7]))
m.log_prob(x).sum().backward()
print(x.grad)
