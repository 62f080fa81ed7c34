"""Seeds, generators, dropout, rand_like and permutations draw the same numbers."""
import torch
from torch import nn

torch.manual_seed(21)
print(torch.rand(2), torch.randn(2), torch.randint(0, 10, (3,)), torch.randperm(4))
print(torch.rand_like(torch.ones(2)), torch.randn_like(torch.ones(2)), torch.normal(0.0, 1.0, (2,)))
g = torch.Generator().manual_seed(5)
print(torch.randn(2, generator=g), torch.bernoulli(torch.full((4,), 0.5)))
x = torch.empty(3).uniform_(-1, 1)
print(x, torch.zeros(2).normal_(0, 2))
drop = nn.Dropout(0.5)
print(drop(torch.ones(6)))
drop.eval()
print(drop(torch.ones(2)))
lin = nn.Linear(2, 2)
print(lin.weight, lin.bias)
torch.manual_seed(21)
print(torch.rand(2), torch.multinomial(torch.tensor([0.1, 0.9]), 4, replacement=True))
print(nn.functional.dropout(torch.ones(4), p=0.5, training=True))
