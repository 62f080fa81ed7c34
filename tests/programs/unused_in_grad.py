"""autograd.grad with an input that was not used, and allow_unused."""
import torch

a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
out = a * 3
try:
    torch.autograd.grad(out, [a, b])
except RuntimeError as e:
    print(e)
out = a * 3
print(torch.autograd.grad(out, [a, b], allow_unused=True))
out = a * 3
print(torch.autograd.grad(out, [a, b], allow_unused=True, materialize_grads=True))
print(a.grad, b.grad)
