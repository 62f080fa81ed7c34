import torch


class RoundSTE(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, levels):
        ctx.levels = levels
        ctx.save_for_backward(x)
        return torch.round(x * levels) / levels

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        mask = (x.abs() <= 1).to(g.dtype)
        return g * mask, None


class Sign(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x.sign()

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, = inputs
        ctx.save_for_backward(x)

    @staticmethod
    def backward(ctx, grad_out):
        (x,) = ctx.saved_tensors
        return grad_out.masked_fill(x.abs() > 1, 0)


x = torch.tensor([-1.5, -0.3, 0.2, 0.8, 2.0], requires_grad=True)
q = RoundSTE.apply(x, 4)
print(q)
q.pow(2).sum().backward()
print(x.grad)
x.grad.zero_()
Sign.apply(x).sum().backward()
print(x.grad, q.grad_fn.name(), type(q.grad_fn).__name__)


def fake_quant(x, bits=3):
    s = x.detach().abs().max() / (2 ** (bits - 1) - 1)
    return x + (torch.clamp(torch.round(x / s), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1) * s - x).detach()


y = fake_quant(x)
print(y, torch.autograd.grad(y.sum(), x)[0])
