"""retain_grad keeps the gradient of a tensor in the middle."""
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
h = x * 2
h.retain_grad()
out = (h ** 2).sum()
out.backward()
print(x.grad)
print(h.grad)
print(h.retains_grad, x.retains_grad)
