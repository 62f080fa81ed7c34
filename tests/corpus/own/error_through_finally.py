# An error that passes a `finally` was raised where it was raised.
import torch

log = []


def check(x):
    try:
        if x.ndim == 1:
            raise ValueError("one dimension")
    finally:
        log.append("checked")
        log.append(len(log))
    return x


for x in (torch.ones(2, 2), torch.ones(2)):
    try:
        try:
            check(x)
        finally:
            log.append("outer")
    except ValueError as error:
        print(error, log)

weight = torch.ones(3, requires_grad=True)
try:
    loss = (weight * weight).sum()
    loss.backward()
    loss.backward()
finally:
    print("the gradient so far", weight.grad)
    log.clear()
