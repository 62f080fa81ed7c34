import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence, pack_sequence

torch.manual_seed(0)
seqs = [torch.tensor([1, 2, 3, 4]), torch.tensor([5, 6]), torch.tensor([7, 8, 9])]
lengths = torch.tensor([len(s) for s in seqs])
padded = pad_sequence(seqs, batch_first=True, padding_value=0)
print(padded)
emb = nn.Embedding(10, 4, padding_idx=0)
lstm = nn.LSTM(4, 5, batch_first=True, bidirectional=True)
packed = pack_padded_sequence(emb(padded), lengths, batch_first=True, enforce_sorted=False)
print(packed.data.shape, packed.batch_sizes)
packed_out, (h, c) = lstm(packed)
out, out_lengths = pad_packed_sequence(packed_out, batch_first=True)
print(out.shape, out_lengths, h.shape)
mask = torch.arange(out.size(1))[None, :] < out_lengths[:, None]
loss = (out.sum(-1) * mask).sum()
loss.backward()
print(emb.weight.grad[0], emb.weight.grad[1])
p2 = pack_sequence([torch.randn(3, 2), torch.randn(1, 2)])
print(p2.batch_sizes)
