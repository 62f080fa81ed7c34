"""One weight used twice: its gradient is the sum over both uses."""
import torch

w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
x = torch.tensor([1.0, -1.0])
h = w @ x
y = w @ h
y.sum().backward()
total = w.grad.clone()
w.grad = None
w1 = w.detach().clone().requires_grad_(True)
w2 = w.detach().clone().requires_grad_(True)
(w2 @ (w1 @ x)).sum().backward()
print(total)
print(w1.grad + w2.grad)
print(torch.equal(total, w1.grad + w2.grad))
