import torch
y = torch.ones(1, requires_grad=True) * 2
print(y.grad_fn.metadata, y.grad_fn.next_functions[0][1])
