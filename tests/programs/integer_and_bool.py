"""Indexing, masks, where and integer tensors beside recorded ones."""
import torch

x = torch.arange(12, dtype=torch.float32).reshape(3, 4).requires_grad_()
mask = x > 5
picked = x[mask]
print(picked)
picked.sum().backward()
print(x.grad)
x.grad = None
y = torch.where(mask, x * 10, torch.zeros_like(x))
y[0, 1:3].sum().backward(retain_graph=True)
print(x.grad)
idx = torch.tensor([2, 0])
x.grad = None
x[idx].sum().backward()
print(x.grad)
x.grad = None
x[:, 1].prod().backward()
print(x.grad)
print(x[..., -1], x[1:, ::2], x[None].shape, x[1, 2].item())
print((~mask).sum(), mask.any(), mask.float().mean())
