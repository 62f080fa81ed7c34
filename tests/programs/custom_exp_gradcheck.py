"""A custom exp that saves its result, checked by gradcheck."""
import torch

class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        result, = ctx.saved_tensors
        return grad_output * result

class Wrong(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        ctx.save_for_backward(i)
        return i ** 2
    @staticmethod
    def backward(ctx, grad_output):
        i, = ctx.saved_tensors
        return grad_output * i  # the 2 is missing

x = torch.tensor([0.5, -1.0], dtype=torch.double, requires_grad=True)
print(torch.autograd.gradcheck(Exp.apply, (x,), eps=1e-6, atol=1e-4))
try:
    torch.autograd.gradcheck(Wrong.apply, (x,))
except Exception as e:
    print(type(e).__name__)
    print(str(e).split("\n")[0])
print(torch.autograd.gradcheck(lambda a: (a * a).sum(), x))
