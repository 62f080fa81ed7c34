import torch

torch.manual_seed(0)
W = torch.randn(8, 8, requires_grad=True)
U = torch.randn(3, 8, requires_grad=True)
b = torch.zeros(8, requires_grad=True)
v = torch.randn(8, requires_grad=True)
x = torch.randn(20, 3)
h = torch.zeros(8)
for t in range(20):
    h = torch.tanh(x[t] @ U + h @ W * 0.3 + b)
y = h @ v
loss = (y - 1) ** 2
loss.backward()
