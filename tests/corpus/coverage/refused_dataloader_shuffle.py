import torch
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
dl = DataLoader(TensorDataset(torch.arange(6.)), batch_size=2, shuffle=True)
for (b,) in dl: print(b)
