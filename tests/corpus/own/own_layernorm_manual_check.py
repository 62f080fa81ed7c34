import torch
from torch import nn

torch.manual_seed(3)


class LayerNorm1d:
    def __init__(self, dim, eps=1e-5):
        self.eps = eps
        self.gamma = torch.ones(dim, requires_grad=True)
        self.beta = torch.zeros(dim, requires_grad=True)

    def __call__(self, x):
        xmean = x.mean(1, keepdim=True)
        xvar = x.var(1, keepdim=True, unbiased=False)
        xhat = (x - xmean) / torch.sqrt(xvar + self.eps)
        self.out = self.gamma * xhat + self.beta
        return self.out

    def parameters(self):
        return [self.gamma, self.beta]


x1 = torch.randn(4, 10, requires_grad=True)
x2 = x1.detach().clone().requires_grad_(True)
mine, ref = LayerNorm1d(10), nn.LayerNorm(10)
w = torch.randn(4, 10)
(mine(x1) * w).sum().backward()
(ref(x2) * w).sum().backward()
print(torch.allclose(mine.out, ref(x2), atol=1e-6))
torch.testing.assert_close(x1.grad, x2.grad, rtol=1e-4, atol=1e-5)
print("max |diff| dx:", (x1.grad - x2.grad).abs().max().item() < 1e-5)
print("dgamma ok:", torch.allclose(mine.gamma.grad, ref.weight.grad, atol=1e-5))
print("dbeta  ok:", torch.allclose(mine.beta.grad, ref.bias.grad, atol=1e-5))
try:
    torch.testing.assert_close(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.5]))
except AssertionError as e:
    print(e)
