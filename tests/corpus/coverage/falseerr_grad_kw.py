import torch
x = torch.ones(2, requires_grad=True)
print(torch.autograd.grad(outputs=(x ** 2).sum(), inputs=x, create_graph=False, only_inputs=True))
