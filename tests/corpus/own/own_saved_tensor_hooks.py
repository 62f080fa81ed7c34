import torch

torch.manual_seed(0)


def pack(x):
    print("Packing", tuple(x.shape))
    return x.to(torch.float16)


def unpack(x):
    print("Unpacking", tuple(x.shape))
    return x.to(torch.float32)


a = torch.ones(5, requires_grad=True)
b = torch.full((5,), 2.0, requires_grad=True)
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    y = a * b
y.sum().backward()
print(a.grad, b.grad)
x = torch.randn(5, requires_grad=True)
y = x.pow(2)
print(x.equal(y.grad_fn._saved_self), x is y.grad_fn._saved_self)
y = x.exp()
print(y.equal(y.grad_fn._saved_result), y is y.grad_fn._saved_result)
with torch.autograd.graph.save_on_cpu():
    z = (x * x).sum()
z.backward()
print(torch.allclose(x.grad, 2 * x))
with torch.autograd.graph.disable_saved_tensors_hooks("not here"):
    (x * 2).sum().backward()
