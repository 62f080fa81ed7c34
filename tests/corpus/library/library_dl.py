import torch
from torch.utils.data import DataLoader, TensorDataset, Dataset, random_split
torch.manual_seed(0)
class D(Dataset):
    def __init__(self): self._x = torch.arange(10.)
    def __len__(self): return len(self._x)
    def __getitem__(self, i): return {'x': self._x[i], 'y': i, 'n': 'a', 'f': 0.5}
for b in DataLoader(D(), batch_size=4, shuffle=True, num_workers=2): print(b)
a, b = random_split(D(), [0.8, 0.2])
print(len(a), len(b), a[0], len(DataLoader(a, 3)))
print(torch.rand(1))
for x, y in DataLoader(list(zip(range(5), range(5))), batch_size=2): print(x, y)
print(next(iter(DataLoader(TensorDataset(torch.ones(3)), batch_size=None))))