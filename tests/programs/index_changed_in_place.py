"""An index is saved for backward: PyTorch notices when it is changed before."""

import torch


def why(make):
    index = torch.tensor([0, 1])
    x = torch.arange(3.0).requires_grad_()
    y = make(x, index) * 2
    index[0] = 2
    try:
        y.sum().backward()
        print(x.grad)
    except RuntimeError as error:
        print(str(error)[:80])


why(lambda x, index: x[index])
why(lambda x, index: x.gather(0, index))
why(lambda x, index: x.index_select(0, index))
why(lambda x, index: x[index.clone()])

x = torch.tensor([3.0, 1.0, 2.0], requires_grad=True)
values, places = x.sort()
places.fill_(0)
try:
    values.sum().backward()
except RuntimeError as error:
    print(str(error)[:80])

with torch.autograd.graph.saved_tensors_hooks(lambda t: t.clone(), lambda t: t):
    y = x[torch.tensor([0, 0, 2])].exp()
print(y.grad_fn.next_functions[0][0]._saved_indices)
y.sum().backward()
print(x.grad)
