"""Freezing a backbone, replacing its head, and what the optimizer is given."""
import torch
from torch import nn, optim

torch.manual_seed(12)
backbone = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 6))
for param in backbone.parameters():
    param.requires_grad = False
head = nn.Linear(6, 2)
model = nn.Sequential(backbone, nn.ReLU(), head)
print(model)
optimizer = optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2, momentum=0.9)
x, target = torch.randn(5, 4), torch.tensor([0, 1, 1, 0, 1])
before = backbone[0].weight.clone()
for _ in range(3):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x), target)
    loss.backward()
    optimizer.step()
print(torch.equal(before, backbone[0].weight), backbone[0].weight.grad)
for name, p in model.named_parameters():
    print(name, tuple(p.shape), p.requires_grad, None if p.grad is None else round(p.grad.norm().item(), 4))
model.requires_grad_(False)
print(any(p.requires_grad for p in model.parameters()))
