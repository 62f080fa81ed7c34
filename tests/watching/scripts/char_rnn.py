"""A network that reads letters one by one, and predicts the next."""

import torch
from torch import nn

torch.manual_seed(0)
text = "to be or not to be that is the question "
letters = sorted(set(text))
codes = torch.tensor([letters.index(letter) for letter in text])


class Reader(nn.Module):
    def __init__(self, count, width=16):
        super().__init__()
        self.table = nn.Embedding(count, width)
        self.cell = nn.GRUCell(width, width)
        self.out = nn.Linear(width, count)

    def forward(self, code, state):
        state = self.cell(self.table(code), state)
        return self.out(state), state


model = Reader(len(letters))
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.01)
losses = []
for _ in range(20):
    state = torch.zeros(1, 16)
    loss = torch.zeros(())
    for i in range(12):
        guess, state = model(codes[i : i + 1], state)
        loss = loss + nn.functional.cross_entropy(guess, codes[i + 1 : i + 2])
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    losses.append(loss.item())
