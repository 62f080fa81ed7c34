import torch
y = torch.ones(1, requires_grad=True) * 2
print(isinstance(y.grad_fn, torch.autograd.graph.Node), y.grad_fn.name())
