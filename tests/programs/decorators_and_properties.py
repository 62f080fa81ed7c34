"""Decorators, properties, class and static methods on modules."""
import torch
from torch import nn

def announce(f):
    def wrapper(*args, **kwargs):
        print("calling", f.__name__)
        return f(*args, **kwargs)
    return wrapper

@announce
def square(x):
    return x * x

class Model(nn.Module):
    count = 0

    def __init__(self, width):
        super().__init__()
        self.w = nn.Parameter(torch.ones(width))
        self.register_buffer("scale", torch.tensor(2.0))
        Model.count += 1

    @property
    def width(self):
        return self.w.shape[0]

    @staticmethod
    def helper(x):
        return x + 1

    @classmethod
    def small(cls):
        return cls(2)

    def forward(self, x):
        return self.helper(self.w * x * self.scale)

print(square(torch.tensor(3.0)))
m = Model.small()
print(m.width, Model.count, m(torch.tensor([1.0, 2.0])), Model.helper(1))
print([n for n, _ in m.named_buffers()], m.state_dict())
print(isinstance(m, nn.Module), isinstance(m.w, nn.Parameter), hasattr(m, "w"), hasattr(m, "q"))
try:
    m.nothing
except AttributeError as e:
    print(e)
