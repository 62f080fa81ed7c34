# What a loader tells of itself, and datasets beside and after one another
import torch
from torch.utils.data import *
dl = DataLoader(range(5), batch_size=2, shuffle=True)
print(len(dl.sampler), type(dl.sampler).__name__, len(dl.batch_sampler), dl.num_workers, dl.collate_fn is default_collate, dl.pin_memory)
dl = DataLoader(TensorDataset(torch.arange(5)), 2)
print(type(dl.sampler).__name__, list(dl.sampler), list(dl.batch_sampler))
s = StackDataset(a=torch.arange(3), b=torch.ones(3)); print(s[0], len(s))
