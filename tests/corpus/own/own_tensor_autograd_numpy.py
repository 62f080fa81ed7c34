import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False, parents=(), backward_fn=None):
        self.data = np.asarray(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad = np.zeros_like(self.data) if requires_grad else None
        self.parents = parents
        self.backward_fn = backward_fn

    @property
    def shape(self):
        return self.data.shape

    def __matmul__(self, other):
        out = Tensor(self.data @ other.data, True, (self, other))

        def backward_fn(g):
            self.grad += g @ other.data.T
            other.grad += self.data.T @ g
        out.backward_fn = backward_fn
        return out

    def __add__(self, other):
        out = Tensor(self.data + other.data, True, (self, other))

        def backward_fn(g):
            for t in (self, other):
                gg = g
                while gg.ndim > t.data.ndim:
                    gg = gg.sum(axis=0)
                for axis, n in enumerate(t.shape):
                    if n == 1 and gg.shape[axis] != 1:
                        gg = gg.sum(axis=axis, keepdims=True)
                t.grad = t.grad + gg
        out.backward_fn = backward_fn
        return out

    def relu(self):
        mask = self.data > 0
        out = Tensor(np.where(mask, self.data, 0), True, (self,))

        def backward_fn(g):
            self.grad += g * mask
        out.backward_fn = backward_fn
        return out

    def mean(self):
        out = Tensor(self.data.mean(), True, (self,))

        def backward_fn(g):
            self.grad += np.ones_like(self.data) * g / self.data.size
        out.backward_fn = backward_fn
        return out

    def backward(self):
        order, seen = [], set()

        def visit(t):
            if id(t) in seen:
                return
            seen.add(id(t))
            for p in t.parents:
                visit(p)
            order.append(t)
        visit(self)
        self.grad = np.ones_like(self.data)
        for t in reversed(order):
            if t.backward_fn is not None:
                t.backward_fn(t.grad)


rng = np.random.default_rng(0)
X = Tensor(rng.normal(size=(4, 3)), True)
W = Tensor(rng.standard_normal((3, 2)), True)
b = Tensor(np.zeros((1, 2)), True)
loss = (X @ W + b).relu().mean()
loss.backward()
print(loss.data.item(), W.grad.shape, b.grad.tolist())
import torch
tx, tw, tb = (torch.tensor(t.data, requires_grad=True) for t in (X, W, b))
torch.relu(tx @ tw + tb).mean().backward()
print(np.allclose(tw.grad.numpy(), W.grad), np.allclose(tb.grad, b.grad))
