import torch
from torch.utils.data import Dataset, DataLoader, random_split, Subset, ConcatDataset


class SpiralDataset(Dataset):
    """Two spirals"""

    def __init__(self, n=60, transform=None, train=True):
        super().__init__()
        t = torch.linspace(0, 3, n // 2)
        r = torch.stack([t * torch.cos(3 * t), t * torch.sin(3 * t)], 1)
        self.x = torch.cat([r, -r])
        self.y = torch.tensor([0] * (n // 2) + [1] * (n // 2))
        self.transform = transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, idx):
        x = self.x[idx]
        if self.transform:
            x = self.transform(x)
        return {"x": x, "y": self.y[idx], "idx": idx}


class AddNoise:
    def __init__(self, std): self.std = std
    def __call__(self, x): return x + self.std * torch.randn_like(x)
    def __repr__(self): return f"{self.__class__.__name__}(std={self.std})"


class Compose:
    def __init__(self, ts): self.ts = ts
    def __call__(self, x):
        for t in self.ts:
            x = t(x)
        return x


torch.manual_seed(0)
ds = SpiralDataset(transform=Compose([AddNoise(0.01), lambda v: v / 3]))
train_set, val_set = random_split(ds, [0.8, 0.2], generator=torch.Generator().manual_seed(42))
print(len(train_set), len(val_set), train_set.indices[:5], isinstance(train_set, Subset))


def collate(items):
    return torch.stack([i["x"] for i in items]), torch.stack([i["y"] for i in items])


loader = DataLoader(train_set, batch_size=10, shuffle=True, collate_fn=collate)
for xb, yb in loader:
    print(xb.shape, yb.tolist())
batch = next(iter(DataLoader(val_set, batch_size=3)))
print(batch.keys(), batch["idx"], batch["x"].dtype)
both = ConcatDataset([train_set, val_set])
print(len(both), both[-1]["y"], AddNoise(0.5))
net = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Tanh(), torch.nn.Linear(32, 2))
opt = torch.optim.Adam(net.parameters(), 1e-2)
for epoch in range(5):
    running = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(xb), yb)
        loss.backward()
        opt.step()
        running += loss.item() * xb.size(0)
    print(epoch, round(running / len(train_set), 4))
