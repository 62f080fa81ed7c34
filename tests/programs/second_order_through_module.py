"""create_graph through backward(): .grad with a history, Hessian-vector product by hand."""
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x ** 3).sum()
y.backward(create_graph=True)
print(x.grad)
g = x.grad
v = torch.tensor([1.0, 0.0, -1.0])
x.grad = None
(g * v).sum().backward()
print(x.grad, 6 * x.detach() * v)
H = torch.stack([torch.autograd.grad(((x ** 2).prod()), x, create_graph=True)[0]])
print(H.shape, H.requires_grad)
