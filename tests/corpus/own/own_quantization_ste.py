import torch
import torch.nn as nn


class RoundSTE(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.round(x)

    @staticmethod
    def backward(ctx, g):
        return g


class FakeQuant(nn.Module):
    def __init__(self, bits=4):
        super().__init__()
        self.qmax = 2 ** (bits - 1) - 1
        self.scale = nn.Parameter(torch.tensor(0.1))

    def forward(self, x):
        q = torch.clamp(RoundSTE.apply(x / self.scale), -self.qmax - 1, self.qmax)
        return q * self.scale

    def extra_repr(self):
        return f"qmax={self.qmax}"


class QLinear(nn.Linear):
    def __init__(self, *args, bits=4, **kwargs):
        super().__init__(*args, **kwargs)
        self.quant = FakeQuant(bits)

    def forward(self, input):
        return nn.functional.linear(input, self.quant(self.weight), self.bias)


torch.manual_seed(0)
net = nn.Sequential(QLinear(3, 4, bits=3), nn.ReLU(), QLinear(4, 1))
print(net)
x = torch.randn(5, 3)
loss = net(x).pow(2).mean()
loss.backward()
print(net[0].quant.scale.grad, net[0].weight.grad.shape)
binar = lambda w: w.sign().detach() + (w.clamp(-1, 1) - w.clamp(-1, 1).detach())
w = torch.randn(3, requires_grad=True)
(binar(w) * torch.tensor([1., 2., 3.])).sum().backward()
print(w.grad)
