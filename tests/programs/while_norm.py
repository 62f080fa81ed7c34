"""The doubling loop: a while on the norm of a tensor."""
import torch

x = torch.tensor([0.3, -0.2, 0.9], requires_grad=True)
y = x * 2
n = 1
while y.data.norm() < 1000:
    y = y * 2
    n += 1
print(n, y)
v = torch.tensor([0.1, 1.0, 0.0001], dtype=torch.float)
y.backward(v)
print(x.grad)
print(x.grad / v)
