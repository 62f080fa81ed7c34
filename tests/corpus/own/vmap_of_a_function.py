import torch
class NumpySort(torch.autograd.Function):
    generate_vmap_rule = True
    @staticmethod
    def forward(x, dim):
        vals, ind = torch.sort(x, dim)
        ind_inv = torch.argsort(ind, axis=dim)
        return vals, ind, ind_inv
    @staticmethod
    def setup_context(ctx, inputs, output):
        x, dim = inputs
        _, ind, ind_inv = output
        ctx.mark_non_differentiable(ind, ind_inv)
        ctx.save_for_backward(ind, ind_inv)
        ctx.dim = dim
    @staticmethod
    def backward(ctx, grad_output, _0, _1):
        ind, ind_inv = ctx.saved_tensors
        return NumpyTake.apply(grad_output, ind_inv, ind, ctx.dim), None
class NumpyTake(torch.autograd.Function):
    generate_vmap_rule = True
    @staticmethod
    def forward(x, ind, ind_inv, dim):
        return torch.take_along_dim(x, ind, dim)
    @staticmethod
    def setup_context(ctx, inputs, output):
        x, ind, ind_inv, dim = inputs
        ctx.save_for_backward(ind, ind_inv)
        ctx.dim = dim
    @staticmethod
    def backward(ctx, grad_output):
        ind, ind_inv = ctx.saved_tensors
        result = NumpyTake.apply(grad_output, ind_inv, ind, ctx.dim)
        return result, None, None, None
def my_sort(x, dim=-1):
    result, _, _ = NumpySort.apply(x, dim)
    return result
torch.manual_seed(0)
x = torch.randn(2, 3)
grad_x = torch.func.grad(lambda x: torch.sum(my_sort(x)))(x)
print(grad_x)
print(torch.vmap(my_sort)(x))
class MyCube(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x ** 3, 3 * x ** 2
    @staticmethod
    def setup_context(ctx, inputs, output):
        x, = inputs
        result, dx = output
        ctx.save_for_backward(x, dx)
    @staticmethod
    def backward(ctx, grad_output, grad_dx):
        x, dx = ctx.saved_tensors
        return grad_output * dx + grad_dx * 6 * x
    @staticmethod
    def vmap(info, in_dims, x):
        print(info, in_dims, x.shape)
        return MyCube.apply(x), (in_dims[0], in_dims[0])
print(torch.vmap(lambda t: MyCube.apply(t)[0])(x))
print(torch.vmap(torch.func.grad(lambda t: MyCube.apply(t)[0].sum()))(x))
