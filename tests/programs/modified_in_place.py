"""A saved tensor changed in place: version counters and the error."""
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
x = torch.tensor([3.0, 4.0])
y = w * x
print(x._version)
x.add_(1)
print(x._version)
try:
    y.sum().backward()
except RuntimeError as err:
    print(str(err)[:80])
h = torch.exp(w)
h.mul_(2)
try:
    h.sum().backward()
except RuntimeError as err:
    print("one of the variables" in str(err))
