import numpy as np
import torch


def eval_numerical_gradient(f, x, h=1e-5):
    """A naive implementation of the numerical gradient of f at x."""
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad


def rel_error(x, y):
    """ returns relative error """
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))


np.random.seed(1)
W = np.random.randn(3, 2)
X = np.random.randn(4, 3)
num = eval_numerical_gradient(lambda w: np.sum(np.tanh(X.dot(w)) ** 2), W)
Wt = torch.tensor(W, requires_grad=True)
(torch.from_numpy(X).mm(Wt).tanh() ** 2).sum().backward()
print(rel_error(num, Wt.grad.numpy()) < 1e-7)
print(np.allclose(num, Wt.grad.numpy()), num.dtype)
