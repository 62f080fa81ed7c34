import torch
from torch.autograd import Function


class MyReLU(torch.autograd.Function):
    """
    We can implement our own custom autograd Functions by subclassing
    torch.autograd.Function.
    """

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return input.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input[input < 0] = 0
        return grad_input


class LegendrePolynomial3(Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return 0.5 * (5 * input ** 3 - 3 * input)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        return grad_output * 1.5 * (5 * input ** 2 - 1)


class StraightThrough(Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.scale = scale
        ctx.mark_non_differentiable
        return (x * scale).round() / scale

    @staticmethod
    def backward(ctx, g):
        assert ctx.needs_input_grad == (True, False)
        return g, None


class LinearFunction(Function):
    @staticmethod
    def forward(input, weight, bias=None):
        output = input.mm(weight.t())
        if bias is not None:
            output += bias.unsqueeze(0).expand_as(output)
        return output

    @staticmethod
    def setup_context(ctx, inputs, output):
        input, weight, bias = inputs
        ctx.save_for_backward(input, weight, bias)

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_weight = grad_bias = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output.mm(weight)
        if ctx.needs_input_grad[1]:
            grad_weight = grad_output.t().mm(input)
        if bias is not None and ctx.needs_input_grad[2]:
            grad_bias = grad_output.sum(0)
        return grad_input, grad_weight, grad_bias


torch.manual_seed(0)
relu = MyReLU.apply
x = torch.randn(3, 4, requires_grad=True)
relu(x).sum().backward()
print(x.grad)
P3 = LegendrePolynomial3.apply
a = torch.full((), 0.3, requires_grad=True)
P3(a).backward()
print(a.grad)
s = torch.tensor([0.24, 0.77], requires_grad=True)
StraightThrough.apply(s, 10).sum().backward()
print(s.grad)
w = torch.randn(2, 4, requires_grad=True, dtype=torch.double)
b = torch.randn(2, requires_grad=True, dtype=torch.double)
i = torch.randn(3, 4, requires_grad=True, dtype=torch.double)
print(torch.autograd.gradcheck(LinearFunction.apply, (i, w, b), eps=1e-6, atol=1e-4))
