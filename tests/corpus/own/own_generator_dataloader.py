import itertools
import random
import torch
from torch.utils.data import Dataset, DataLoader, IterableDataset, random_split, Subset


class SquaresDataset(Dataset):
    def __init__(self, n, transform=None):
        self.n = n
        self.transform = transform

    def __len__(self):
        return self.n

    def __getitem__(self, idx):
        x = torch.tensor([float(idx)])
        if self.transform:
            x = self.transform(x)
        return {"x": x, "y": x ** 2}


class Stream(IterableDataset):
    def __iter__(self):
        for i in range(5):
            yield torch.tensor(i), i % 2


def collate(batch):
    return torch.stack([b["x"] for b in batch]), torch.stack([b["y"] for b in batch])


def infinite(loader):
    while True:
        yield from loader


torch.manual_seed(0)
ds = SquaresDataset(10, transform=lambda t: t / 10)
train, val = random_split(ds, [7, 3], generator=torch.Generator().manual_seed(42))
print(len(train), val.indices)
loader = DataLoader(train, batch_size=3, shuffle=True, drop_last=True)
for batch in loader:
    print(batch["x"].squeeze().tolist(), batch["y"].shape)
for x, y in DataLoader(ds, batch_size=4, collate_fn=collate, num_workers=0, pin_memory=False):
    print(x.shape, y.sum().item())
for xb, yb in itertools.islice(infinite(DataLoader(Stream(), batch_size=2)), 4):
    print(xb, yb)
it = iter(DataLoader(Subset(ds, [1, 3, 5])))
print(next(it)["x"], len(loader.dataset))
def sampler():
    order = list(range(4))
    yield from order[::-1]
print(list(sampler()), sum(x for x in (i * i for i in range(4))))
