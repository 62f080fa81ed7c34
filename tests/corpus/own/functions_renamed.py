import torch


def traced(function):
    def wrapper(*args, **kwargs):
        print("->", wrapper.__name__, [tuple(a.shape) for a in args])
        return function(*args, **kwargs)

    wrapper.__name__ = function.__name__
    wrapper.__qualname__ = f"traced({function.__qualname__})"
    wrapper.__doc__ = function.__doc__
    wrapper.__dict__.update(function.__dict__)
    return wrapper


@traced
def loss(w, x):
    """Mean of squares."""
    return (x @ w).square().mean()


loss.calls = 1
w = torch.ones(2, requires_grad=True)
loss(w, torch.eye(2)).backward()
print(w.grad, loss.__name__, loss.__qualname__, loss.__doc__, loss.calls)
try:
    loss.__name__ = 3
except TypeError as error:
    print(error)
make = [lambda x, k=k: x * k for k in range(2)]
for i, f in enumerate(make):
    f.__name__ = f"times_{i}"
print([f.__name__ for f in make], make[1](3))
net = torch.nn.Sequential(torch.nn.Linear(1, 1)) * 2 + torch.nn.Sequential(torch.nn.Tanh())
print(net, net[0] is net[1])
for bad in (lambda: net + [1], lambda: net * 0, lambda: net * 1.5):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
