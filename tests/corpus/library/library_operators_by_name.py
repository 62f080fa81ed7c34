"""Operators called by their special names: a list as a key function, a tensor's own methods."""
import operator

import torch

history = {"loss": [0.9, 0.4, 0.6], "acc": [0.5, 0.8, 0.7]}
best = max(range(3), key=history["acc"].__getitem__)
order = sorted(history, key=history.__getitem__)
print(best, order, list(map(history.__contains__, ["loss", "lr"])), history["loss"].__len__())

x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
y = x.__mul__(x).__add__(1.0).__getitem__(slice(0, 2)).sum()
y.backward()
print(y, x.grad, x.__len__(), x.__neg__().__repr__())
with torch.no_grad():
    x.__isub__(operator.getitem(x.grad, slice(None)))
operator.setitem(history, "lr", operator.iadd([0.1], [0.2]))
operator.delitem(history, "acc")
print(x, history, operator.contains(history, "acc"), next(x.__iter__()))
