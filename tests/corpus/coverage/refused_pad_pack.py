import torch
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence
p = pad_sequence([torch.ones(2), torch.ones(3)], batch_first=True)
print(p, pack_padded_sequence(p.unsqueeze(-1), [2, 3], batch_first=True, enforce_sorted=False).batch_sizes)
