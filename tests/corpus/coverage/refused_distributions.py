import torch
from torch.distributions import Normal
d = Normal(torch.tensor(0.), torch.tensor(1.))
print(d.log_prob(torch.tensor(0.)))
