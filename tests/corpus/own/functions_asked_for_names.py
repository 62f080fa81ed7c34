import torch
from torch import nn


def compose(x, *functions, key="_order"):
    for f in sorted(functions, key=lambda f: getattr(f, key, 0)):
        x = f(x)
    return x


def double(x):
    return 2 * x


double._order = -1
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = compose(x, torch.exp, double, nn.functional.relu, lambda x: x + 1)
y.sum().backward()
print(y, x.grad)
for f in (torch.exp, nn.functional.relu, nn.Linear, len, print, torch.optim.SGD, lambda: 0, double):
    print(getattr(f, "_order", "no order"), hasattr(f, "order"))
    for name in ("_other", "other"):
        try:
            getattr(f, name)
        except AttributeError as error:
            print(error)
