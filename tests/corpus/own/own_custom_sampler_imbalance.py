import torch
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler, BatchSampler, SequentialSampler, IterableDataset

torch.manual_seed(0)


class Toy(Dataset):
    def __init__(self):
        self.labels = torch.tensor([0] * 90 + [1] * 10)

    def __getitem__(self, i):
        return i, self.labels[i]

    def __len__(self):
        return 100


ds = Toy()
class_counts = torch.bincount(ds.labels)
weights = 1.0 / class_counts[ds.labels].float()
sampler = WeightedRandomSampler(weights, num_samples=len(weights), replacement=True)
loader = DataLoader(ds, batch_size=25, sampler=sampler, num_workers=0)
print([int(lab.sum()) for _, lab in loader], class_counts)
print(list(BatchSampler(SequentialSampler(range(7)), batch_size=3, drop_last=False)))


class Stream(IterableDataset):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        for i in range(self.n):
            yield torch.tensor([i, i * i], dtype=torch.float)


for b in DataLoader(Stream(5), batch_size=2):
    print(b.tolist())
w = torch.tensor([1.0, 9.0])
logits = torch.zeros(4, 2, requires_grad=True)
loss = torch.nn.CrossEntropyLoss(weight=w)(logits, torch.tensor([0, 0, 0, 1]))
loss.backward()
print(loss.item(), logits.grad)


def focal(logits, target, gamma=2.0):
    logp = torch.log_softmax(logits, 1).gather(1, target[:, None])[:, 0]
    return (-(1 - logp.exp()) ** gamma * logp).mean()


l = torch.tensor([[2.0, -1.0], [0.1, 0.0]], requires_grad=True)
focal(l, torch.tensor([0, 1])).backward()
print(l.grad)
it = iter(loader)
next(it)
try:
    for _ in range(10):
        next(it)
except StopIteration:
    print("exhausted")
