"""Writing into slices of a tensor that has a history."""
import torch

w = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
buf = torch.zeros(5)
buf[1:4] = w * w
buf[0] += w[0]
buf[-1] = w.sum()
print(buf)
buf.sum().backward()
print(w.grad)
print(buf.grad_fn.name(), buf._version)
z = torch.zeros(2, 2)
z[0] = torch.tensor([1., 2.])
z[z > 1.5] = -1
z[:, 1] *= 3
print(z)
