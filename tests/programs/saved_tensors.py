"""What nodes save, and packing saved tensors with hooks."""
import torch

a = torch.tensor([2.0, 3.0], requires_grad=True)
y = a.pow(2)
print(y.grad_fn._saved_self.equal(a), y.grad_fn._saved_exponent)
z = a.exp()
print(z.grad_fn._saved_result.equal(z), z.grad_fn._saved_result is z)
y.sum().backward()
try:
    y.grad_fn._saved_self
except RuntimeError as e:
    print(str(e)[:48])

def pack(x):
    print("pack", x.shape)
    return x * 1

def unpack(x):
    print("unpack")
    return x

with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    out = (a * a).sum()
a.grad = None
out.backward()
print(a.grad)
