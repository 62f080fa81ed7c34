"""A small transformer with PyTorch's own encoder layers, and a schedule."""

import torch
from torch import nn

torch.manual_seed(0)


class Model(nn.Module):
    def __init__(self, count=20, width=16):
        super().__init__()
        self.table = nn.Embedding(count, width)
        layer = nn.TransformerEncoderLayer(width, 2, 32, dropout=0.1, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.out = nn.Linear(width, count)

    def forward(self, codes):
        mask = nn.Transformer.generate_square_subsequent_mask(codes.shape[1])
        return self.out(self.encoder(self.table(codes), mask=mask))


def train():
    model = Model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 20)
    losses = []
    for _ in range(20):
        codes = torch.randint(0, 20, (4, 8))
        loss = nn.functional.cross_entropy(model(codes[:, :-1]).transpose(1, 2), codes[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return model, losses


model, losses = train()
