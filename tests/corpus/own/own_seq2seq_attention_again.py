import random
import torch
import torch.nn as nn
import torch.nn.functional as F

random.seed(2)
torch.manual_seed(2)
SOS, EOS = 0, 1


class Lang:
    def __init__(self, name):
        self.name = name
        self.word2index = {}
        self.word2count = {}
        self.index2word = {0: "SOS", 1: "EOS"}
        self.n_words = 2

    def addSentence(self, sentence):
        for word in sentence.split(' '):
            self.addWord(word)

    def addWord(self, word):
        if word not in self.word2index:
            self.word2index[word] = self.n_words
            self.word2count[word] = 1
            self.index2word[self.n_words] = word
            self.n_words += 1
        else:
            self.word2count[word] += 1


pairs = [("je suis la", "i am here"), ("il est la", "he is here"), ("je suis grand", "i am tall")]
src, tgt = Lang("fra"), Lang("eng")
for a, b in pairs:
    src.addSentence(a)
    tgt.addSentence(b)


class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)

    def forward(self, input, hidden):
        embedded = self.embedding(input).view(1, 1, -1)
        return self.gru(embedded, hidden)

    def initHidden(self):
        return torch.zeros(1, 1, self.hidden_size)


class AttnDecoderRNN(nn.Module):
    def __init__(self, hidden_size, output_size, max_length=5):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attn = nn.Linear(hidden_size * 2, max_length)
        self.attn_combine = nn.Linear(hidden_size * 2, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, input, hidden, encoder_outputs):
        embedded = self.embedding(input).view(1, 1, -1)
        attn_weights = F.softmax(self.attn(torch.cat((embedded[0], hidden[0]), 1)), dim=1)
        attn_applied = torch.bmm(attn_weights.unsqueeze(0), encoder_outputs.unsqueeze(0))
        output = torch.cat((embedded[0], attn_applied[0]), 1)
        output = F.relu(self.attn_combine(output).unsqueeze(0))
        output, hidden = self.gru(output, hidden)
        return F.log_softmax(self.out(output[0]), dim=1), hidden, attn_weights


def to_tensor(lang, s):
    return torch.tensor([lang.word2index[w] for w in s.split(' ')] + [EOS], dtype=torch.long).view(-1, 1)


enc, dec = EncoderRNN(src.n_words, 16), AttnDecoderRNN(16, tgt.n_words)
opt = torch.optim.SGD([*enc.parameters(), *dec.parameters()], lr=0.1)
crit = nn.NLLLoss()
for it in range(1, 31):
    a, b = random.choice(pairs)
    x, y = to_tensor(src, a), to_tensor(tgt, b)
    h = enc.initHidden()
    outs = torch.zeros(5, 16)
    for i in range(x.size(0)):
        o, h = enc(x[i], h)
        outs[i] = o[0, 0]
    loss, inp = 0, torch.tensor([[SOS]])
    teacher = True if random.random() < 0.5 else False
    for i in range(y.size(0)):
        o, h, w = dec(inp, h, outs)
        loss += crit(o, y[i])
        if teacher:
            inp = y[i]
        else:
            topv, topi = o.data.topk(1)
            inp = topi.squeeze().detach()
            if inp.item() == EOS:
                break
    opt.zero_grad()
    loss.backward()
    opt.step()
    if it % 10 == 0:
        print('(%d %d%%) %.4f' % (it, it / 30 * 100, loss.item() / y.size(0)))
print(tgt.word2count, w.shape)
