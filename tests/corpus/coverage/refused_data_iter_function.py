import torch
def data_iter(x, size):
    for i in range(0, len(x), size):
        yield x[i:i + size]
for b in data_iter(torch.arange(4.), 2): print(b.sum())
