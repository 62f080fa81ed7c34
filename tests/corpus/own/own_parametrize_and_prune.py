import torch
from torch import nn
import torch.nn.utils.parametrize as parametrize


class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)


class Positive(nn.Module):
    def forward(self, X):
        return nn.functional.softplus(X)


torch.manual_seed(0)
layer = nn.Linear(3, 3)
parametrize.register_parametrization(layer, "weight", Symmetric())
A = layer.weight
print(torch.allclose(A, A.T), parametrize.is_parametrized(layer))
layer(torch.ones(1, 3)).sum().backward()
print(layer.parametrizations.weight.original.grad)
print(layer)
lin2 = nn.Linear(2, 2)
lin2.weight = nn.Parameter(torch.zeros(2, 2))
parametrize.register_parametrization(lin2, "weight", Positive())
print(lin2.weight)
parametrize.remove_parametrizations(lin2, "weight")
print(lin2.weight)
