import torch
import numpy as np


def numeric_grad(f, x, eps=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + eps
        pos = f(x).copy()
        x[ix] = old - eps
        neg = f(x).copy()
        x[ix] = old
        grad[ix] = np.sum(pos - neg) / (2 * eps)
        it.iternext()
    return grad


def rel_error(x, y):
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))


def svm_loss(X, W, y):
    scores = X.dot(W)
    correct = scores[np.arange(X.shape[0]), y][:, np.newaxis]
    margins = np.maximum(0, scores - correct + 1.0)
    margins[np.arange(X.shape[0]), y] = 0
    loss = margins.sum() / X.shape[0]
    d = (margins > 0).astype(X.dtype)
    d[np.arange(X.shape[0]), y] -= d.sum(axis=1)
    return loss, X.T.dot(d) / X.shape[0]


np.random.seed(231)
X, W, y = np.random.randn(5, 4), np.random.randn(4, 3), np.random.randint(3, size=5)
loss, dW = svm_loss(X, W, y)
num = numeric_grad(lambda w: np.array(svm_loss(X, w, y)[0]), W)
print('loss: %f' % loss)
print('relative error below 1e-6:', rel_error(dW, num) < 1e-6)
Wt = torch.tensor(W, requires_grad=True)
s = torch.tensor(X) @ Wt
torch.nn.functional.multi_margin_loss(s, torch.tensor(y), reduction='sum').mul(3 / 5).backward()
print(np.allclose(Wt.grad.numpy(), dW))
