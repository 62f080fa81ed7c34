# Names of classes stand in arrays of NumPy's, tasks are drawn from lists, and a training helper asks
# a function for the names of its parameters.
import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
names = np.array(["setosa", "versicolor", "virginica"])
print(names, names.shape, names[1], type(names[1]).__name__, names.dtype, names.tolist())
drawn = np.array(["cat", "dog", "cat"])
print(np.where(drawn == "cat")[0], (drawn != "dog").sum(), "cat" in drawn, drawn[drawn == "dog"])
kinds, counts = np.unique(drawn, return_counts=True)
numbers = {str(kind): number for number, kind in enumerate(kinds)}
print(kinds, counts, numbers, np.isin(["cat", "bird"], drawn), np.sort(names)[::-1])
print(np.array(["1.5", "2"]).astype(float), np.concatenate([kinds, np.array(["giraffe"])]))
for name in names:
    print(f"{name:>12}|{name.upper()}")
try:
    torch.tensor(names)
except TypeError as error:
    print(error)


class Task:
    def __init__(self, number):
        self.number = number


random = np.random.default_rng(3)
tasks = [Task(number) for number in range(5)]
print([random.choice(tasks).number for _ in range(6)], np.random.RandomState(1).choice(tasks).number)
torch.set_default_tensor_type("torch.DoubleTensor")
print(torch.ones(1).dtype)


def network(x, training=True, *rest, scale=1.0, **more):
    hidden = x * scale
    result = hidden.relu() if training else hidden
    return result


def accuracy(net, x):
    if isinstance(net, nn.Module):
        return net(x).sum()
    if "training" in net.__code__.co_varnames:
        return net(x, training=False).sum()
    return net(x).sum()


code = network.__code__
print(code.co_name, code.co_argcount, code.co_varnames[: code.co_argcount], code.co_varnames)
x = torch.tensor([-1.0, 2.0], requires_grad=True)
accuracy(network, x).backward()
accuracy(nn.Linear(2, 1), x).backward()
print(x.grad)
