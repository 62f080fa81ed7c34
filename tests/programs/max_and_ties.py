"""Where max, min, abs, relu and sort send their gradient."""
import torch

x = torch.tensor([1.0, 3.0, 3.0, 2.0], requires_grad=True)
x.max().backward()
print(x.grad)
x.grad = None
values, indices = x.max(dim=0)
values.backward()
print(indices, x.grad)
x.grad = None
s, order = torch.sort(x, descending=True)
(s * torch.tensor([10.0, 1.0, 0.1, 0.01])).sum().backward()
print(order, x.grad)
v = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)
v.abs().sum().backward()
print(v.grad)
v.grad = None
torch.clamp(v, min=0).sum().backward()
print(v.grad)
v.grad = None
torch.relu(v).sum().backward()
print(v.grad)
