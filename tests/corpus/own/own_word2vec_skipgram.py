import re
import random
from collections import Counter
import torch
import torch.nn as nn
import torch.optim as optim

random.seed(0)
torch.manual_seed(0)
corpus = "He is a king. She is a queen! He is a man, she is a woman; Warsaw is poland capital."
tokens = re.sub(r"[^a-z ]", "", corpus.lower()).split()
counts = Counter(tokens)
vocab = sorted(counts, key=lambda w: (-counts[w], w))
word2idx = {w: i for i, w in enumerate(vocab)}
pairs = []
for i, w in enumerate(tokens):
    for j in range(max(0, i - 2), min(len(tokens), i + 3)):
        if i != j:
            pairs.append((word2idx[w], word2idx[tokens[j]]))
freq = torch.tensor([counts[w] for w in vocab], dtype=torch.float).pow(0.75)
noise_dist = freq / freq.sum()


class SkipGram(nn.Module):
    def __init__(self, n_vocab, n_embed):
        super().__init__()
        self.in_embed = nn.Embedding(n_vocab, n_embed, sparse=False)
        self.out_embed = nn.Embedding(n_vocab, n_embed)

    def forward(self, center, context, negative):
        v = self.in_embed(center)
        u = self.out_embed(context)
        n = self.out_embed(negative)
        pos = nn.functional.logsigmoid((u * v).sum(-1))
        neg = nn.functional.logsigmoid(-torch.bmm(n, v.unsqueeze(2)).squeeze(2)).sum(1)
        return -(pos + neg).mean()


model = SkipGram(len(vocab), 5)
optimizer = optim.SGD(model.parameters(), lr=0.5)
for epoch in range(2):
    random.shuffle(pairs)
    total = 0.
    for k in range(0, 40, 10):
        c, o = zip(*pairs[k:k+10])
        neg = torch.multinomial(noise_dist, 30, replacement=True).view(10, 3)
        loss = model(torch.LongTensor(c), torch.LongTensor(o), neg)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(epoch, round(total, 4))
print(vocab[:4], len(pairs), re.findall(r"\b[HS]\w+", corpus))
