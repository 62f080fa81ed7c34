from abc import ABC, abstractmethod
from typing import Dict, List, Tuple, Union
import numpy as np


class Layer(ABC):
    @abstractmethod
    def forward(self, x: np.ndarray) -> np.ndarray:
        ...

    @abstractmethod
    def backward(self, grad: np.ndarray) -> np.ndarray:
        ...

    def params(self) -> Dict[str, np.ndarray]:
        return {}


class Dense(Layer):
    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T

    def params(self):
        return {"W": self.W, "b": self.b}


class ReLU(Layer):
    def forward(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0.0)

    def backward(self, grad):
        return grad * self.mask


class SoftmaxCE:
    def __call__(self, logits, y):
        z = logits - logits.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.p = e / e.sum(axis=1, keepdims=True)
        self.y = y
        return -np.log(self.p[np.arange(len(y)), y] + 1e-12).mean()

    def backward(self):
        g = self.p.copy()
        g[np.arange(len(self.y)), self.y] -= 1
        return g / len(self.y)


rng = np.random.default_rng(0)
X = rng.normal(size=(60, 2))
y = (X[:, 0] ** 2 + X[:, 1] ** 2 > 1.2).astype(int)
net: List[Layer] = [Dense(2, 16, rng), ReLU(), Dense(16, 2, rng)]
crit = SoftmaxCE()
for epoch in range(101):
    out = X
    for layer in net:
        out = layer.forward(out)
    loss = crit(out, y)
    g = crit.backward()
    for layer in reversed(net):
        g = layer.backward(g)
    for layer in net:
        if isinstance(layer, Dense):
            layer.W -= 0.5 * layer.dW
            layer.b -= 0.5 * layer.db
    if epoch % 50 == 0:
        print(epoch, round(float(loss), 5), np.mean(out.argmax(1) == y))
try:
    Layer()
except TypeError as e:
    print(e)
import torch
W = torch.tensor(net[0].W, requires_grad=True)
h = torch.from_numpy(X) @ W + torch.from_numpy(net[0].b)
l = torch.nn.functional.cross_entropy(torch.relu(h) @ torch.tensor(net[2].W) + torch.tensor(net[2].b), torch.tensor(y))
l.backward()
for layer in net: X_ = layer.forward(X if layer is net[0] else X_)
crit(X_, y); g = crit.backward()
for layer in reversed(net): g = layer.backward(g)
print(np.allclose(W.grad.numpy(), net[0].dW))
