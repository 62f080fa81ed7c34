import torch
import torch.nn as nn

text = "hello autograd hello torch"
chars = sorted(list(set(text)))
stoi = {ch: i for i, ch in enumerate(chars)}
itos = {i: ch for i, ch in enumerate(chars)}
encode = lambda s: [stoi[c] for c in s]
decode = lambda l: ''.join([itos[i] for i in l])
data = torch.tensor(encode(text), dtype=torch.long)
torch.manual_seed(1337)


class CharLSTM(nn.Module):
    def __init__(self, vocab_size, n_embd=8, n_hidden=16, n_layers=1, drop_prob=0.0):
        super().__init__()
        self.n_layers = n_layers
        self.n_hidden = n_hidden
        self.emb = nn.Embedding(vocab_size, n_embd)
        self.lstm = nn.LSTM(n_embd, n_hidden, n_layers, dropout=drop_prob, batch_first=True)
        self.fc = nn.Linear(n_hidden, vocab_size)

    def forward(self, x, hidden):
        r_output, hidden = self.lstm(self.emb(x), hidden)
        out = r_output.contiguous().view(-1, self.n_hidden)
        return self.fc(out), hidden

    def init_hidden(self, batch_size):
        weight = next(self.parameters()).data
        hidden = (weight.new(self.n_layers, batch_size, self.n_hidden).zero_(),
                  weight.new(self.n_layers, batch_size, self.n_hidden).zero_())
        return hidden


net = CharLSTM(len(chars))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
h = net.init_hidden(1)
for step in range(4):
    h = tuple([each.data for each in h])
    net.zero_grad()
    x, y = data[:-1].unsqueeze(0), data[1:].unsqueeze(0)
    output, h = net(x, h)
    loss = criterion(output, y.view(-1))
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 5)
    opt.step()
    print("Step: {}...".format(step), "Loss: {:.4f}".format(loss.item()))

net.eval()
with torch.no_grad():
    h = net.init_hidden(1)
    out = [stoi['h']]
    for _ in range(10):
        logits, h = net(torch.tensor([[out[-1]]]), h)
        p = torch.softmax(logits, dim=1)
        top_p, top_i = p.topk(1)
        out.append(top_i.item())
print(decode(out))
