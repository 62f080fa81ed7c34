import torch


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, ceiling):
        ctx.save_for_backward(x)
        ctx.ceiling = ceiling
        return x.clamp(0, ceiling)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        passes = (x > 0) & (x < ctx.ceiling)
        return grad_output * passes, None


x = torch.tensor([-1.0, 0.5, 2.0, 9.0], requires_grad=True)
y = ClippedReLU.apply(x, 6.0)
y.sum().backward()

print(y)
print(x.grad)
