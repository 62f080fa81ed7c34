"""grad can be implicitly created only for scalar outputs."""
import torch

x = torch.arange(3., requires_grad=True)
y = x ** 2
try:
    y.backward()
except RuntimeError as e:
    print(e)
try:
    y.backward(torch.ones(2))
except RuntimeError as e:
    print(e)
y.backward(torch.tensor([1.0, 0.1, 0.01]))
print(x.grad)
