import re
import string
from collections import Counter, OrderedDict
import torch
import torch.nn as nn

torch.manual_seed(0)
train = [("I love this movie, it's great!", 1), ("What a terrible, boring film.", 0), ("great acting & great plot", 1), ("boring plot... terrible acting", 0)]


def tokenize(s):
    s = re.sub(r"[^\w\s']", " ", s.lower())
    return s.split()


counter = Counter()
for text, _ in train:
    counter.update(tokenize(text))
vocab = OrderedDict((w, i) for i, (w, c) in enumerate(sorted(counter.items(), key=lambda x: (-x[1], x[0])), start=1))
vocab["<unk>"] = 0
print(len(vocab), list(vocab.items())[:5])


def collate_batch(batch):
    label_list, text_list, offsets = [], [], [0]
    for text, label in batch:
        label_list.append(label)
        t = torch.tensor([vocab.get(w, 0) for w in tokenize(text)], dtype=torch.int64)
        text_list.append(t)
        offsets.append(t.size(0))
    return torch.tensor(label_list), torch.cat(text_list), torch.tensor(offsets[:-1]).cumsum(dim=0)


class TextClassificationModel(nn.Module):
    def __init__(self, vocab_size, embed_dim, num_class):
        super().__init__()
        self.embedding = nn.EmbeddingBag(vocab_size, embed_dim, sparse=False)
        self.fc = nn.Linear(embed_dim, num_class)
        self.init_weights()

    def init_weights(self):
        self.embedding.weight.data.uniform_(-0.5, 0.5)
        self.fc.weight.data.uniform_(-0.5, 0.5)
        self.fc.bias.data.zero_()

    def forward(self, text, offsets):
        return self.fc(self.embedding(text, offsets))


model = TextClassificationModel(len(vocab), 6, 2)
opt = torch.optim.SGD(model.parameters(), lr=1.0)
for epoch in range(15):
    label, text, offsets = collate_batch(train)
    loss = nn.CrossEntropyLoss()(model(text, offsets), label)
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 0.1)
    opt.step()
print(f"{loss.item():.4f}", model(text, offsets).argmax(1).tolist())
table = str.maketrans("", "", string.punctuation)
print("it's, ok?".translate(table).title(), "a-b_c".replace("-", " ").partition("_"), "x=1;y=2".split(";"), "  pad ".strip().zfill(6))
touched = model.embedding.weight.grad.abs().sum(1) > 0
print(int(touched.sum()), "of", len(vocab), "rows got a gradient")
