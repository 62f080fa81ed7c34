import torch
from torch import nn, distributions as D
import torch.nn.functional as F
from typing import Sequence
from abc import ABC, abstractmethod

class Bijector(nn.Module, ABC):
    @abstractmethod
    def forward(self, z): ...
    @abstractmethod
    def inverse(self, x): ...

class AffineCoupling(Bijector):
    def __init__(self, dim: int, mask: torch.Tensor, hidden: int = 16):
        super().__init__()
        self.register_buffer('mask', mask)
        self.s = nn.Sequential(nn.Linear(dim, hidden), nn.LeakyReLU(), nn.Linear(hidden, dim), nn.Tanh())
        self.t = nn.Sequential(nn.Linear(dim, hidden), nn.LeakyReLU(), nn.Linear(hidden, dim))
    def forward(self, z):
        zm = self.mask * z
        s, t = self.s(zm) * (1 - self.mask), self.t(zm) * (1 - self.mask)
        return zm + (1 - self.mask) * (z * s.exp() + t), s.sum(-1)
    def inverse(self, x):
        xm = self.mask * x
        s, t = self.s(xm) * (1 - self.mask), self.t(xm) * (1 - self.mask)
        return xm + (1 - self.mask) * ((x - t) * (-s).exp()), -s.sum(-1)

class Flow(nn.Module):
    def __init__(self, bijectors: Sequence[Bijector], base: D.Distribution):
        super().__init__()
        self.bijectors = nn.ModuleList(bijectors)
        self.base = base
    def log_prob(self, x):
        logdet = x.new_zeros(x.shape[0])
        for b in reversed(self.bijectors):
            x, ld = b.inverse(x)
            logdet += ld
        return self.base.log_prob(x) + logdet
    @torch.no_grad()
    def sample(self, n: int):
        z = self.base.sample((n,))
        for b in self.bijectors:
            z, _ = b(z)
        return z

torch.manual_seed(0)
masks = torch.tensor([[0., 1.], [1., 0.]] * 2)
base = D.MultivariateNormal(torch.zeros(2), torch.eye(2))
flow = Flow([AffineCoupling(2, m) for m in masks], base)
print(base)
mix = D.MixtureSameFamily(D.Categorical(torch.ones(2)), D.Independent(D.Normal(torch.tensor([[2., 0.], [-2., 0.]]), 0.5 * torch.ones(2, 2)), 1))
opt = torch.optim.Adam([p for p in flow.parameters() if p.requires_grad is True], lr=5e-3)
for i in range(20):
    x = mix.sample((64,))
    loss = -flow.log_prob(x).mean()
    opt.zero_grad(); loss.backward(retain_graph=True); opt.step()
    if (i + 1) % 10 == 0:
        print(f'{i+1:4d} nll {loss:.4f}')
s = flow.sample(3)
print(s, s.requires_grad)
try:
    Bijector()
except TypeError as e:
    print(e)
J = torch.autograd.functional.jacobian(lambda z: flow.bijectors[0](z[None])[0][0], torch.tensor([.3, -.2]))
print(torch.logdet(J).item(), flow.bijectors[0](torch.tensor([[.3, -.2]]))[1].item())
tf = D.TransformedDistribution(D.Normal(0., 1.), [D.transforms.AffineTransform(1., 2.), D.transforms.ExpTransform()])
print(tf.log_prob(torch.tensor(2.0)))
