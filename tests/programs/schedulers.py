"""Learning-rate schedules and parameter groups."""
import torch
from torch import nn, optim
from torch.optim.lr_scheduler import StepLR

torch.manual_seed(14)
net = nn.Linear(1, 1)
opt = optim.SGD([{"params": [net.weight]}, {"params": [net.bias], "lr": 0.5}], lr=0.1)
sched = StepLR(opt, step_size=2, gamma=0.1)
for epoch in range(5):
    opt.zero_grad()
    net(torch.ones(1, 1)).sum().backward()
    opt.step()
    sched.step()
    print(epoch, [round(g["lr"], 5) for g in opt.param_groups], [round(lr, 5) for lr in sched.get_last_lr()])
for g in opt.param_groups:
    g["lr"] = 1.0
print(opt.param_groups[0]["lr"])
