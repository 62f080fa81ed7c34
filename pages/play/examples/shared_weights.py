import torch

w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
x = torch.tensor([1.0, -1.0])

h = w @ x
y = w @ h
loss = y.sum()
loss.backward()

print(w.grad)
