"""A GAN on numbers: two networks, two optimizers, three passes a step."""

import torch
from torch import nn

torch.manual_seed(0)
maker = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
critic = nn.Sequential(nn.Linear(1, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
make = torch.optim.Adam(maker.parameters(), lr=0.01, betas=(0.5, 0.999))
judge = torch.optim.Adam(critic.parameters(), lr=0.01, betas=(0.5, 0.999))
criterion = nn.BCEWithLogitsLoss()
ones, zeros = torch.ones(16, 1), torch.zeros(16, 1)
losses = []
for _ in range(20):
    real = torch.randn(16, 1) * 0.5 + 2
    fake = maker(torch.randn(16, 2))
    judge.zero_grad()
    real_loss = criterion(critic(real), ones)
    real_loss.backward()
    fake_loss = criterion(critic(fake.detach()), zeros)
    fake_loss.backward()
    judge.step()
    make.zero_grad()
    loss = criterion(critic(fake), ones)
    loss.backward()
    make.step()
    losses += [real_loss.item(), fake_loss.item(), loss.item()]
