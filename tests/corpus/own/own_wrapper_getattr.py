import torch
from torch import nn
class Wrap(nn.Module):
    def __init__(self, module):
        super().__init__()
        self.module = module
        self.register_buffer("n", torch.zeros(()))
    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.module, name)
    def forward(self, x):
        return self.module(x)
w = Wrap(nn.Linear(2, 3))
print(w.in_features, w.weight.shape, w.n, w(torch.ones(1, 2)).shape, hasattr(w, "nope"))
try: w.nothing
except AttributeError as e: print(e)
class Registry:
    items = {"a": 1}
    def __class_getitem__(cls, key): return cls.items[key]
print(Registry["a"])
class F(Registry): items = {"a": 2}
print(F["a"], w)
import copy; print(copy.deepcopy(w).out_features)
