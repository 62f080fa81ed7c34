"""Embedding, LSTM and a linear head: recurrent modules with tuple outputs."""
import torch
import torch.nn as nn

torch.manual_seed(16)

class Tagger(nn.Module):
    def __init__(self, vocab, dim, hidden, tags):
        super().__init__()
        self.hidden = hidden
        self.embed = nn.Embedding(vocab, dim)
        self.lstm = nn.LSTM(dim, hidden, batch_first=True)
        self.out = nn.Linear(hidden, tags)

    def forward(self, sentence):
        e = self.embed(sentence)
        seq, (h, c) = self.lstm(e)
        return self.out(seq), h

model = Tagger(10, 4, 5, 3)
print(model)
tokens = torch.tensor([[1, 2, 3], [4, 5, 6]])
scores, h = model(tokens)
print(scores.shape, h.shape)
loss = nn.CrossEntropyLoss()(scores.view(-1, 3), torch.tensor([0, 1, 2, 0, 1, 2]))
loss.backward()
print(f"{loss.item():.5f}", model.embed.weight.grad.abs().sum(1) > 0)
print(nn.GRUCell(2, 2)(torch.ones(1, 2)).shape)
