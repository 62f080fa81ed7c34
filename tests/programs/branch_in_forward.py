"""An if on a tensor's value decides which graph is recorded."""
import torch

def f(x):
    if x.sum() > 0:
        return x * 2
    elif x.sum() == 0:
        return x
    else:
        return x ** 2

for values in ([1., 2.], [-1., -2.], [1., -1.]):
    x = torch.tensor(values, requires_grad=True)
    y = f(x)
    y.sum().backward()
    print(values, type(y.grad_fn).__name__, x.grad)
