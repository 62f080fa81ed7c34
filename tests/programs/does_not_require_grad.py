"""Backward where nothing was recorded."""
import torch

x = torch.ones(2)
y = (x * 2).sum()
try:
    y.backward()
except RuntimeError as e:
    print(e)
x = torch.tensor([1, 2, 3])
try:
    x.requires_grad_()
except RuntimeError as e:
    print(e)
try:
    torch.tensor([1, 2], requires_grad=True)
except RuntimeError as e:
    print(e)
