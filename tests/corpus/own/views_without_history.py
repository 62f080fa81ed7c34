# Views made under no_grad of a leaf that is changed through them: PyTorch does not tell their node
import torch


def numerical(f, x, h=1e-6):
    grad = torch.zeros_like(x)
    with torch.no_grad():
        flat, out = x.view(-1), grad.view(-1)
        for i in range(flat.numel()):
            old = flat[i].item()
            flat[i] = old + h
            up = f(x)
            flat[i] = old - h
            down = f(x)
            flat[i] = old
            out[i] = (up - down) / (2 * h)
    return grad


x = torch.arange(6.0).double().view(2, 3).requires_grad_()
loss = (x**2).sum()
loss.backward()
print(torch.allclose(x.grad, numerical(lambda x: (x**2).sum(), x), atol=1e-4))
with torch.no_grad():
    row = x[0]
    row.mul_(2)
print(row, x)
y = (x * row.detach()).sum()
y.backward()
print(x.grad)
row.sum()
