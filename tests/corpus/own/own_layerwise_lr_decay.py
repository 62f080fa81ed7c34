import torch, math
from torch import nn, optim
net = nn.Sequential(*[nn.Linear(4, 4) for _ in range(3)])
groups = [{"params": l.parameters(), "lr": 1e-2 * 0.5 ** (2 - i), "name": f"layer{i}"} for i, l in enumerate(net)]
opt = optim.AdamW(groups, weight_decay=0.01)
def lr_lambda(step, warmup=2, total=6):
    if step < warmup: return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (total - warmup)))
sch = optim.lr_scheduler.LambdaLR(opt, lr_lambda)
for s in range(4):
    opt.zero_grad(); net(torch.ones(1, 4)).sum().backward(); opt.step(); sch.step()
    print(s, [f"{g['name']}:{g['lr']:.5f}" for g in opt.param_groups])
sd = sch.state_dict()
print(sd['last_epoch'], sd['_step_count'])
