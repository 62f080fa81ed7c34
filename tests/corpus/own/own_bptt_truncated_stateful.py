import torch
from torch import nn
def repackage_hidden(h):
    """Wraps hidden states in new Tensors, to detach them from their history."""
    if isinstance(h, torch.Tensor):
        return h.detach()
    else:
        return tuple(repackage_hidden(v) for v in h)
torch.manual_seed(1111)
def batchify(data, bsz):
    nbatch = data.size(0) // bsz
    data = data.narrow(0, 0, nbatch * bsz)
    return data.view(bsz, -1).t().contiguous()
def get_batch(source, i, bptt=3):
    seq_len = min(bptt, len(source) - 1 - i)
    return source[i:i+seq_len], source[i+1:i+1+seq_len].view(-1)
corpus = torch.randint(0, 7, (33,))
train_data = batchify(corpus, 2)
enc, rnn, dec = nn.Embedding(7, 6), nn.LSTM(6, 6, 2, dropout=0.2), nn.Linear(6, 7)
dec.weight = enc.weight
params = list(dict.fromkeys([*enc.parameters(), *rnn.parameters(), *dec.parameters()]))
hidden = (torch.zeros(2, 2, 6), torch.zeros(2, 2, 6))
lr = 20
for batch, i in enumerate(range(0, train_data.size(0) - 1, 3)):
    data, targets = get_batch(train_data, i)
    for p in params: p.grad = None
    hidden = repackage_hidden(hidden)
    out, hidden = rnn(enc(data), hidden)
    loss = nn.functional.cross_entropy(dec(out).view(-1, 7), targets)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(params, 0.25)
    for p in params:
        p.data.add_(p.grad, alpha=-lr)
    if batch % 2 == 0:
        print('| batch {:3d} | lr {:02.2f} | loss {:5.2f} | ppl {:8.2f}'.format(batch, lr, loss.item(), torch.exp(loss).item()))
