import torch, numpy as np
from torch.utils.data import DataLoader, Dataset
class D(Dataset):
    def __len__(self): return 4
    def __getitem__(self, i): return np.full(2, i, dtype=np.float32), np.int64(i), np.float32(i), {'k': np.arange(2)}, float(i)
for b in DataLoader(D(), batch_size=2): print(b)
for b in DataLoader(D(), batch_size=None): print(b); break
print(next(iter(DataLoader(np.eye(3), batch_size=2))), next(iter(DataLoader([np.float64(1.5), np.float64(2)], batch_size=2))))
print(next(iter(DataLoader([np.bool_(True)], batch_size=1))))
