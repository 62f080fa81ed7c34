import math
import torch
from torch import nn
from torch.optim.lr_scheduler import ExponentialLR, OneCycleLR

torch.manual_seed(0)
x = torch.randn(256, 10)
y = (x[:, 0] * x[:, 1] > 0).long()
net = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 2))
state = {k: v.clone() for k, v in net.state_dict().items()}


class LRFinder:
    def __init__(self, model, start=1e-5, end=10, num=60, beta=0.9):
        self.model = model
        self.opt = torch.optim.SGD(model.parameters(), lr=start)
        self.sched = ExponentialLR(self.opt, gamma=(end / start) ** (1 / (num - 1)))
        self.num, self.beta = num, beta
        self.lrs, self.losses = [], []

    def run(self):
        avg, best = 0.0, math.inf
        for i in range(1, self.num + 1):
            idx = torch.randperm(len(x))[:32]
            loss = nn.functional.cross_entropy(self.model(x[idx]), y[idx])
            avg = self.beta * avg + (1 - self.beta) * loss.item()
            smooth = avg / (1 - self.beta ** i)
            if i > 1 and smooth > 4 * best:
                break
            if smooth < best or i == 1:
                best = smooth
            self.losses.append(smooth)
            self.lrs.append(self.opt.param_groups[0]['lr'])
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()
            self.sched.step()
        return self

    @property
    def suggestion(self):
        g = torch.tensor(self.losses).diff()
        return self.lrs[int(g.argmin())]


finder = LRFinder(net).run()
print(len(finder.lrs), f"{finder.suggestion:.1e}", f"{finder.sched.get_last_lr()[0]:.3g}")
net.load_state_dict(state)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
sched = OneCycleLR(opt, max_lr=0.5, total_steps=20, pct_start=0.3, anneal_strategy='cos')
lrs, moms = [], []
for _ in range(20):
    nn.functional.cross_entropy(net(x), y).backward()
    opt.step(); opt.zero_grad(); sched.step()
    lrs.append(round(sched.get_last_lr()[0], 4)); moms.append(opt.param_groups[0]["momentum"])
print(lrs)
print([round(m, 3) for m in moms[::5]])
