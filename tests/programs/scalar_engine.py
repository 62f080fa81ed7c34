"""A tiny reverse-mode engine in plain Python classes, compared with PyTorch."""
import math
import torch

class Value:
    """stores a single scalar value and its gradient"""
    def __init__(self, data, children=(), op=''):
        self.data = data
        self.grad = 0
        self.prev = set(children)
        self.op = op
        self.pull = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')
        def pull():
            self.grad += out.grad
            other.grad += out.grad
        out.pull = pull
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')
        def pull():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.pull = pull
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,), 'tanh')
        def pull():
            self.grad += (1 - t ** 2) * out.grad
        out.pull = pull
        return out

    def backward(self):
        topo, visited = [], set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v.prev:
                    build(child)
                topo.append(v)
        build(self)
        self.grad = 1
        for v in reversed(topo):
            v.pull()

    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __repr__(self):
        return f"Value(data={self.data:.4f}, grad={self.grad:.4f})"

a, b = Value(2.0), Value(-3.0)
c = (a * b + 10 * a).tanh() + a
c.backward()
print(a, b, c)
at = torch.tensor(2.0, requires_grad=True, dtype=torch.float64)
bt = torch.tensor(-3.0, requires_grad=True, dtype=torch.float64)
((at * bt + 10 * at).tanh() + at).backward()
print(at.grad, bt.grad, abs(at.grad.item() - a.grad) < 1e-9)
