import random
from collections import Counter
import torch
import torch.nn as nn
import torch.nn.functional as F

random.seed(0)
torch.manual_seed(0)
corpus = """the quick brown fox jumps over the lazy dog
the dog barks at the fox
a fox is quick and a dog is lazy""".splitlines()
tokens = [line.strip().lower().split() for line in corpus]
freq = Counter(w for line in tokens for w in line)
vocab = [w for w, c in freq.most_common()]
w2i = {w: i for i, w in enumerate(vocab)}
pairs = []
for line in tokens:
    ids = [w2i[w] for w in line]
    for i, c in enumerate(ids):
        for j in range(max(0, i - 2), min(len(ids), i + 3)):
            if i != j:
                pairs.append((c, ids[j]))
noise = torch.tensor([freq[w] for w in vocab]).float() ** 0.75
noise /= noise.sum()


class SkipGramNeg(nn.Module):
    def __init__(self, n_vocab, n_embed):
        super().__init__()
        self.in_embed = nn.Embedding(n_vocab, n_embed)
        self.out_embed = nn.Embedding(n_vocab, n_embed)
        nn.init.uniform_(self.in_embed.weight, -0.5 / n_embed, 0.5 / n_embed)
        nn.init.zeros_(self.out_embed.weight)

    def forward(self, c, o, neg):
        v = self.in_embed(c)
        pos = F.logsigmoid((v * self.out_embed(o)).sum(1))
        neg = F.logsigmoid(-torch.bmm(self.out_embed(neg), v.unsqueeze(2)).squeeze(2)).sum(1)
        return -(pos + neg).mean()


model = SkipGramNeg(len(vocab), 8)
opt = torch.optim.SparseAdam(model.parameters(), lr=0.05) if False else torch.optim.Adam(model.parameters(), lr=0.05)
for epoch in range(15):
    random.shuffle(pairs)
    for i in range(0, len(pairs), 16):
        batch = pairs[i:i + 16]
        c, o = map(torch.tensor, zip(*batch))
        neg = torch.multinomial(noise, len(batch) * 3, replacement=True).view(len(batch), 3)
        loss = model(c, o, neg)
        opt.zero_grad()
        loss.backward()
        opt.step()
print(len(pairs), vocab[:4], f"{loss.item():.3f}")
E_ = F.normalize(model.in_embed.weight.detach(), dim=1)
sim = E_ @ E_.T
vals, idx = sim[w2i["fox"]].topk(3)
print([vocab[i] for i in idx.tolist()], vals[0].item() > 0.99)
