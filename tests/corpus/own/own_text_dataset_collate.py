import torch
from torch.utils.data import Dataset, IterableDataset, DataLoader, Sampler, BatchSampler, RandomSampler, SequentialSampler, WeightedRandomSampler, default_collate, random_split
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence, pad_packed_sequence
import torch.nn as nn
from collections import Counter

class TextDataset(Dataset):
    """Toy sentiment."""
    def __init__(self, samples, vocab=None, transform=None):
        self.samples = samples
        self.vocab = vocab or self.build_vocab(samples)
        self.transform = transform
    @staticmethod
    def build_vocab(samples):
        counter = Counter(tok for s, _ in samples for tok in s.split())
        return {'<pad>': 0, '<unk>': 1, **{t: i + 2 for i, (t, c) in enumerate(counter.most_common())}}
    def __len__(self):
        return len(self.samples)
    def __getitem__(self, idx):
        if torch.is_tensor(idx):
            idx = idx.tolist()
        s, l = self.samples[idx]
        item = {'ids': torch.tensor([self.vocab.get(t, 1) for t in s.split()]), 'label': l}
        if self.transform:
            item = self.transform(item)
        return item

def collate(batch):
    lengths = torch.tensor([len(b['ids']) for b in batch])
    ids = pad_sequence([b['ids'] for b in batch], batch_first=True, padding_value=0)
    return ids, lengths, torch.tensor([b['label'] for b in batch], dtype=torch.float32)

data = [('good movie', 1), ('bad bad film', 0), ('a really good film', 1), ('not good at all', 0), ('bad', 0), ('what a movie', 1)]
torch.manual_seed(0)
ds = TextDataset(data)
print(ds.vocab)
train, val = random_split(ds, [0.67, 0.33], generator=torch.Generator().manual_seed(42))
print(len(train), len(val), train.indices)
loader = DataLoader(train, batch_size=2, shuffle=True, collate_fn=collate, num_workers=0)

class Classifier(nn.Module):
    def __init__(self, V, E=8, H=6):
        super().__init__()
        self.emb = nn.Embedding(V, E, padding_idx=0)
        self.lstm = nn.LSTM(E, H, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * H, 1)
    def forward(self, ids, lengths):
        packed = pack_padded_sequence(self.emb(ids), lengths, batch_first=True, enforce_sorted=False)
        out, (h, c) = self.lstm(packed)
        out, lens = pad_packed_sequence(out, batch_first=True)
        return self.fc(torch.cat([h[-2], h[-1]], dim=1)).squeeze(1)
net = Classifier(len(ds.vocab))
opt = torch.optim.RMSprop(net.parameters(), lr=0.01)
for epoch in range(3):
    for ids, lengths, labels in loader:
        loss = nn.functional.binary_cross_entropy_with_logits(net(ids, lengths), labels)
        opt.zero_grad(); loss.backward(); opt.step()
    print(epoch, ids.shape, lengths.tolist(), f'{loss.item():.4f}')
print(net.emb.weight.grad[0])

class Stream(IterableDataset):
    def __init__(self, n): self.n = n
    def __iter__(self):
        info = torch.utils.data.get_worker_info()
        assert info is None
        for i in range(self.n):
            yield {'x': float(i), 'y': torch.full((2,), i)}
for b in DataLoader(Stream(3), batch_size=2):
    print(b)
class EvenFirst(Sampler):
    def __init__(self, src): self.src = src
    def __iter__(self): return iter([*range(0, len(self.src), 2), *range(1, len(self.src), 2)])
    def __len__(self): return len(self.src)
print([b.tolist() for b in DataLoader(torch.arange(5), sampler=EvenFirst(range(5)), batch_size=2)])
print(list(BatchSampler(SequentialSampler(range(5)), 2, False)))
print(list(WeightedRandomSampler([0.1, 0.9], 5, replacement=True, generator=torch.Generator().manual_seed(0))))
print(default_collate([(1, 'a'), (2, 'b')]))
it = iter(loader); ids, ln, lb = next(it); print(len(loader), ids.size(0))
dl = DataLoader(list(range(4)), batch_size=None)
print([type(b).__name__ for b in dl])
