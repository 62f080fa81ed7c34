import torch
import torch.nn as nn

torch.manual_seed(0)
text = "hello world, hello autograd. " * 4
chars = sorted(set(text))
char2int = {ch: ii for ii, ch in enumerate(chars)}
int2char = dict(enumerate(chars))
encoded = torch.tensor([char2int[c] for c in text])


def get_batches(arr, n_seqs, n_steps):
    batch = n_seqs * n_steps
    n = len(arr) // batch
    arr = arr[:n * batch].reshape(n_seqs, -1)
    for i in range(0, arr.shape[1], n_steps):
        x = arr[:, i:i + n_steps]
        y = torch.zeros_like(x)
        try:
            y[:, :-1], y[:, -1] = x[:, 1:], arr[:, i + n_steps]
        except IndexError:
            y[:, :-1], y[:, -1] = x[:, 1:], arr[:, 0]
        yield x, y


class CharRNN(nn.Module):
    def __init__(self, n_chars, n_hidden=32):
        super().__init__()
        self.emb = nn.Embedding(n_chars, 16)
        self.lstm = nn.LSTM(16, n_hidden, 2, dropout=0.1, batch_first=True)
        self.fc = nn.Linear(n_hidden, n_chars)

    def init_hidden(self, n_seqs):
        weight = next(self.parameters()).data
        return (weight.new(2, n_seqs, 32).zero_(), weight.new(2, n_seqs, 32).zero_())

    def forward(self, x, hc):
        x, (h, c) = self.lstm(self.emb(x), hc)
        return self.fc(x.contiguous().view(x.size(0) * x.size(1), -1)), (h, c)


net = CharRNN(len(chars))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for e in range(8):
    h = net.init_hidden(4)
    for x, y in get_batches(encoded, 4, 7):
        h = tuple([each.data for each in h])
        net.zero_grad()
        output, h = net(x, h)
        loss = nn.CrossEntropyLoss()(output, y.reshape(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        opt.step()
    print("Epoch: {}/{}...".format(e + 1, 8), "Loss: {:.4f}...".format(loss.item()))
net.eval()
h = net.init_hidden(1)
ch, out = "h", "h"
with torch.no_grad():
    for _ in range(10):
        logits, h = net(torch.tensor([[char2int[ch]]]), h)
        ch = int2char[logits.argmax().item()]
        out += ch
print(repr(out))
