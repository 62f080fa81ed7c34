import torch, math
from torch.utils.data import IterableDataset, DataLoader, get_worker_info, default_collate, Subset, StackDataset, ChainDataset
class Stream(IterableDataset):
    def __init__(self, start, end):
        super(Stream).__init__()
        assert end > start, "this example code only works with end >= start"
        self.start, self.end = start, end
    def __iter__(self):
        worker_info = torch.utils.data.get_worker_info()
        if worker_info is None:
            iter_start, iter_end = self.start, self.end
        else:
            per_worker = int(math.ceil((self.end - self.start) / float(worker_info.num_workers)))
            iter_start = self.start + worker_info.id * per_worker
            iter_end = min(iter_start + per_worker, self.end)
        return iter(range(iter_start, iter_end))
ds = Stream(3, 7)
print(list(DataLoader(ds, num_workers=0)))
for b in DataLoader(ds, batch_size=3): print(b)
print(default_collate([{'a': 1, 'b': torch.ones(2)}, {'a': 2, 'b': torch.zeros(2)}]))
print(default_collate([("x", 1.0), ("y", 2.0)]))
g = torch.Generator(); g.manual_seed(0)
def seed_worker(worker_id):
    import random, numpy as np
    s = torch.initial_seed() % 2**32
    np.random.seed(s); random.seed(s)
dl = DataLoader(range(6), batch_size=2, shuffle=True, generator=g, worker_init_fn=seed_worker, pin_memory=False, persistent_workers=False, drop_last=True, timeout=0, prefetch_factor=None)
print([b.tolist() for b in dl], len(dl), dl.batch_size, dl.dataset, dl.drop_last)
it = iter(dl)
while True:
    try:
        batch = next(it)
    except StopIteration:
        break
print(batch.dtype, StackDataset(torch.arange(3), torch.arange(3) * 2)[1], list(ChainDataset([Stream(0, 2), Stream(5, 6)])))
from itertools import cycle, islice
print([b.tolist() for b in islice(cycle(DataLoader(range(3), batch_size=2)), 5)])
