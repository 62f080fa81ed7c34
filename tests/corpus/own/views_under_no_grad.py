# A view made under no_grad, of a tensor that is changed afterwards
import torch
from torch import nn


def run():
    m = nn.Linear(2, 4)
    with torch.no_grad():
        m.weight.fill_(0.5)
        m.bias.zero_()
    b = m.bias.view(2, -1)
    with torch.no_grad():
        b[:, 1] += 3.0
        v = b[0]
        b[0, 0] -= 1.0
        b.add_(1)
    print(b.shape, v.shape, (m.bias > 1).sum(), v.tolist())
    held = [v, {"v": v}]
    print(len(held), v.max().item() if not v.requires_grad else v.tolist())
    for ask in (lambda: v.grad_fn, lambda: v.is_leaf, lambda: (v * 2).sum(), lambda: v.grad):
        try:
            print(ask())
        except RuntimeError as e:
            print(str(e)[:40])
    loss = m(torch.ones(1, 2)).sum()
    loss.backward()
    print(m.bias.grad, m.weight.grad)


run()
w = torch.ones(3, requires_grad=True)
y = w * 2
with torch.no_grad():
    part = y[:2]
    y[0] = 7.0
    part.mul_(2)
del part
z = y.sum()
z.backward()
print(w.grad)
