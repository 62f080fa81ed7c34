import torch


class Node:
    __slots__ = ("value", "grad", "parents")

    def __init__(self, value, parents=()):
        self.value, self.grad, self.parents = value, 0.0, parents

    def __mul__(self, other):
        return Node(self.value * other.value, ((self, other.value), (other, self.value)))

    def __add__(self, other):
        return Node(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def backward(self, seed=1.0):
        self.grad += seed
        for parent, local in self.parents:
            parent.backward(seed * local)

    def __eq__(self, other):
        return self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __lt__(self, other):
        return self.value < other.value


x, y = Node(2.0), Node(3.0)
z = x * y + x * x
z.backward()
a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
(a * b + a * a).backward()
print(x.grad == a.grad.item(), y.grad == b.grad.item(), z.value)
try:
    x.other = 1
except AttributeError as e:
    print(type(e).__name__)
print(max(x, y).value, x == Node(2.0), len({x, Node(2.0)}), sorted([y, x])[0].value)
