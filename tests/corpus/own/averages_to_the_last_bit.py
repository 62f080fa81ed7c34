"""Averaged models, whose weights are compared to the last bit, with buffers of whole numbers."""

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_avg_fn, get_ema_multi_avg_fn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
plain = AveragedModel(model)
moving = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.9), use_buffers=True)
single = AveragedModel(model, avg_fn=get_ema_avg_fn(0.7))
opt = torch.optim.SGD(model.parameters(), lr=0.3)
with torch.backends.cudnn.flags(enabled=False):
    for _ in range(7):
        opt.zero_grad()
        model(torch.randn(5, 3)).square().mean().backward()
        opt.step()
        for averaged in (plain, moving, single):
            averaged.update_parameters(model)
for averaged in (plain, moving, single):
    print([value.tolist() for value in averaged.state_dict().values()])
try:
    get_ema_avg_fn(2)
except ValueError as error:
    print(error)
