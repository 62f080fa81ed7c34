"""torch.func.jvp is forward mode: one pass along with the forward pass gives a column of J."""

import torch

w = torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]], requires_grad=True)
x = torch.tensor([0.1, 0.2])


def f(x):
    return torch.sigmoid(x @ w)


columns = []
for unit in torch.eye(2):
    value, column = torch.func.jvp(f, (x,), (unit,))
    columns.append(column)
print(value)
print(torch.stack(columns, dim=1))
