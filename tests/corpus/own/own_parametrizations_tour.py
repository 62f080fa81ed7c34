import torch
import torch.nn as nn
import torch.nn.utils.parametrize as parametrize
torch.manual_seed(0)

def symmetric(X):
    return X.triu() + X.triu(1).transpose(-1, -2)

class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)
    def right_inverse(self, A):
        return A.triu()

class Skew(nn.Module):
    def forward(self, X):
        A = X.triu(1)
        return A - A.transpose(-1, -2)

class CayleyMap(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.register_buffer("Id", torch.eye(n))
    def forward(self, X):
        return torch.linalg.solve(self.Id - X, self.Id + X)

layer = nn.Linear(3, 3)
parametrize.register_parametrization(layer, "weight", Symmetric())
A = layer.weight
assert torch.allclose(A, A.T)
print(A)
print(layer)
layer.weight = torch.ones(3, 3)
print(layer.parametrizations.weight.original)
print(dict(layer.named_parameters()).keys())
print(parametrize.is_parametrized(layer), parametrize.is_parametrized(layer, "bias"))

class NoisyParametrization(nn.Module):
    def forward(self, X):
        print("Computing the Parametrization")
        return X
layer = nn.Linear(4, 4)
parametrize.register_parametrization(layer, "weight", NoisyParametrization())
print("Here, layer.weight is recomputed every time we call it")
foo = layer.weight + layer.weight.T
bar = layer.weight.sum()
with parametrize.cached():
    print("Here, it is computed just the first time layer.weight is called")
    foo = layer.weight + layer.weight.T
    bar = layer.weight.sum()

layer = nn.Linear(3, 3)
parametrize.register_parametrization(layer, "weight", Skew())
parametrize.register_parametrization(layer, "weight", CayleyMap(3))
X = layer.weight
print(torch.dist(X.T @ X, torch.eye(3)) < 1e-5)
(layer(torch.ones(1, 3)).sum()).backward()
print(layer.parametrizations["weight"].original.grad.shape)
print(layer)
parametrize.remove_parametrizations(layer, "weight", leave_parametrized=True)
print(layer)
conv = nn.utils.parametrizations.weight_norm(nn.Linear(4, 2), name='weight', dim=0)
print([n for n, _ in conv.named_parameters()])
orth = nn.utils.parametrizations.orthogonal(nn.Linear(4, 4))
print(torch.allclose(orth.weight @ orth.weight.T, torch.eye(4), atol=1e-5))
