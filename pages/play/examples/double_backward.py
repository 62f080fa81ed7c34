import torch

x = torch.tensor(2.0, requires_grad=True)
y = x**3 + torch.sin(x)

(first,) = torch.autograd.grad(y, x, create_graph=True)
(second,) = torch.autograd.grad(first, x)

print(first, 3 * x**2 + torch.cos(x))
print(second, 6 * x - torch.sin(x))
