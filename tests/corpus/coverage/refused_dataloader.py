import torch
from torch.utils.data import DataLoader, TensorDataset
x = torch.arange(6.).reshape(3, 2); y = torch.tensor([0., 1., 0.])
for xb, yb in DataLoader(TensorDataset(x, y), batch_size=2):
    print(xb, yb)
