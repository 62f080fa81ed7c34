"""A context manager derived from saved_tensors_hooks, and functorch's old names."""

import functorch
import torch
from torch.autograd.graph import saved_tensors_hooks


class CountSaved(saved_tensors_hooks):
    def __init__(self):
        self.count = 0

        def pack(tensor):
            self.count += 1
            return tensor.shape, tensor.clone()

        def unpack(packed):
            print("back", packed[0])
            return packed[1]

        super().__init__(pack, unpack)


x = torch.arange(3.0, requires_grad=True)
with CountSaved() as nothing, CountSaved() as other:
    y = (x.exp() * x).sum()
print(nothing, other)
y.backward()
print(x.grad)
hooks = CountSaved()
try:
    with hooks:
        z = x.sin()
        raise ValueError("left early")
except ValueError as error:
    print(error, hooks.count)
print((x * x).grad_fn._saved_self)
print(functorch.grad(torch.sin)(torch.tensor(0.0)), functorch.vmap(torch.dot)(x[None], x[None]))
