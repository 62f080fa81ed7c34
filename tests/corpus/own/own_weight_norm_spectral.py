import torch
import torch.nn as nn
from torch.nn.utils.parametrizations import weight_norm, spectral_norm, orthogonal
import torch.nn.utils.parametrize as parametrize


class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)


torch.manual_seed(0)
layer = nn.Linear(3, 3)
parametrize.register_parametrization(layer, "weight", Symmetric())
A = layer.weight
print(torch.allclose(A, A.T), layer)
layer(torch.ones(1, 3)).sum().backward()
print(layer.parametrizations.weight.original.grad)
parametrize.remove_parametrizations(layer, "weight")
print([n for n, _ in layer.named_parameters()])
wn = weight_norm(nn.Linear(2, 2))
print([n for n, _ in wn.named_parameters()], wn(torch.ones(1, 2)).shape)
sn = spectral_norm(nn.Linear(3, 2))
print(sn(torch.ones(1, 3)).shape)
orth = orthogonal(nn.Linear(3, 3))
Q = orth.weight
print(torch.dist(Q.T @ Q, torch.eye(3)) < 1e-5)
