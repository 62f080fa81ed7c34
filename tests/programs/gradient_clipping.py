"""clip_grad_norm_ and clip_grad_value_, exploding gradients in a deep chain."""
import torch
from torch import nn

torch.manual_seed(15)
layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(12)])
for l in layers:
    nn.init.normal_(l.weight, std=1.5)
x = torch.randn(2, 4)
for l in layers:
    x = torch.relu(l(x))
loss = x.sum()
loss.backward()
params = list(layers.parameters())
print(f"{torch.nn.utils.clip_grad_norm_(params, max_norm=1.0):.4f}")
total = torch.sqrt(sum((p.grad ** 2).sum() for p in params))
print(f"{total:.4f}")
torch.nn.utils.clip_grad_value_(params, 0.01)
print(max(p.grad.abs().max().item() for p in params) <= 0.0100001)
for i, l in enumerate(layers):
    if i % 4 == 0:
        print(i, f"{l.weight.grad.norm().item():.3e}")
