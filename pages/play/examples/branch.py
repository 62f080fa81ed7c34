import torch


def f(x):
    if x.sum() > 0:
        return x * 2
    return x**2


for start in (1.0, -3.0):
    x = torch.tensor([start, 1.0], requires_grad=True)
    y = f(x)
    y.sum().backward()
    print(start, y.grad_fn, x.grad)
