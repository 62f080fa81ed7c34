import torch
class F3(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx._n = 3
        return x * ctx._n
    @staticmethod
    def backward(ctx, g): return g * ctx._n
x = torch.ones(1, requires_grad=True)
F3.apply(x).backward(); print(x.grad)
