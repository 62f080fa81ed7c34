# Two datasets are joined by +, one's own and PyTorch's
import torch
from torch.utils.data import ConcatDataset, DataLoader, Dataset, TensorDataset, random_split


class Squares(Dataset):
    def __init__(self, start, stop):
        self.x = torch.arange(start, stop).float()

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.x[i] ** 2


both = Squares(0, 3) + Squares(10, 12)
print(type(both).__name__, len(both), both[3])
more = both + TensorDataset(torch.ones(2), torch.ones(2))
print(isinstance(more, ConcatDataset), len(more), more[-1])
w = torch.tensor(0.5, requires_grad=True)
for x, y in DataLoader(more, batch_size=4):
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    print(loss, w.grad)
a, b = random_split(more, [4, 3])
print(len(a + b))
try:
    Squares(0, 1) + 1
except TypeError as error:
    print(error)
