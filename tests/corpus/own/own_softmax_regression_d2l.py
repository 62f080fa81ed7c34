import torch
from torch import nn

torch.manual_seed(0)


def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdims=True)
    return X_exp / partition


num_inputs, num_outputs = 16, 4
W = torch.normal(0, 0.01, size=(num_inputs, num_outputs), requires_grad=True)
b = torch.zeros(num_outputs, requires_grad=True)


def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[list(range(len(y_hat))), y])


def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    cmp = y_hat.type(y.dtype) == y
    return float(cmp.type(y.dtype).sum())


class Animator:
    def __init__(self, xlabel=None, legend=None, xlim=None):
        self.legend, self.points = legend or [], []

    def add(self, x, y):
        if not hasattr(y, "__len__"):
            y = [y]
        self.points.append((x, *y))


def updater(batch_size):
    with torch.no_grad():
        for p in (W, b):
            p -= 0.1 * p.grad / batch_size
            p.grad.zero_()


X = torch.randn(64, 1, 4, 4)
labels = X.flatten(1)[:, :4].argmax(1)
animator = Animator(xlabel='epoch', legend=['train loss', 'train acc'])
for epoch in range(5):
    total, correct = 0.0, 0.0
    for i in range(0, 64, 16):
        y_hat = net(X[i:i + 16])
        l = cross_entropy(y_hat, labels[i:i + 16])
        l.sum().backward()
        updater(16)
        total += float(l.sum())
        correct += accuracy(y_hat, labels[i:i + 16])
    animator.add(epoch + 1, (total / 64, correct / 64))
for p in animator.points:
    print("epoch %d, loss %.4f, acc %.3f" % p)
assert animator.points[-1][1] < 2, animator.points
