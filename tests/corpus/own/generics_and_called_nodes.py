# Classes with brackets, nodes that are called, and a default type for torch.Tensor
import torch
from torch.utils.data import Dataset, DataLoader
from typing import Generic, TypeVar, Tuple
x = torch.ones(3, requires_grad=True); y = (x * 2).sum()
print(y.grad_fn(torch.tensor(3.)), y.grad_fn.next_functions[0][0](torch.ones(3)))
try: y.grad_fn.apply
except AttributeError as e: print(e)
T = TypeVar("T")
class D(Dataset[Tuple[int, int]]):
    def __len__(self): return 2
    def __getitem__(self, i): return i
print(isinstance(D(), Dataset), len(D() + D()))
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class Big(Box[int]): pass
print(Box[int](3).v, Big(4).v, Big.__mro__[1].__name__)
torch.set_default_dtype(torch.float64)
print(torch.Tensor([1, 2]).dtype, torch.Tensor(2).dtype, torch.FloatTensor(2).dtype)
