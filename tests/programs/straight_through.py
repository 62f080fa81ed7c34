"""A straight-through estimator: ctx attributes, needs_input_grad, None for a number."""
import torch
from torch.autograd import Function

class Scale(Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.factor = factor
        return x * factor

    @staticmethod
    def backward(ctx, grad_output):
        print(ctx.needs_input_grad)
        return grad_output * ctx.factor, None

class RoundSTE(Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()
    @staticmethod
    def backward(ctx, g):
        return g

x = torch.tensor([0.2, 0.7, 1.4], requires_grad=True)
y = Scale.apply(x, 3.0)
print(y, y.grad_fn.name())
y.sum().backward()
print(x.grad)
x.grad = None
r = RoundSTE.apply(x)
print(r)
(r * torch.tensor([1., 2., 3.])).sum().backward()
print(x.grad)
