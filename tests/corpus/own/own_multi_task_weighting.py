import torch
import torch.nn as nn
from itertools import chain

torch.manual_seed(0)


class MultiTask(nn.Module):
    def __init__(self, n_tasks=2):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(5, 10), nn.ELU())
        self.heads = nn.ModuleDict({"reg": nn.Linear(10, 1), "cls": nn.Linear(10, 3)})
        self.log_vars = nn.Parameter(torch.zeros(n_tasks))

    def forward(self, x):
        z = self.shared(x)
        return {name: head(z) for name, head in self.heads.items()}


net = MultiTask()
x = torch.randn(16, 5)
targets = {"reg": torch.randn(16, 1), "cls": torch.randint(3, (16,))}
fns = {"reg": nn.SmoothL1Loss(), "cls": nn.CrossEntropyLoss(label_smoothing=0.1)}
opt = torch.optim.Adam([
    {"params": net.shared.parameters(), "lr": 1e-2},
    {"params": chain(*(h.parameters() for h in net.heads.values())), "lr": 1e-3},
    {"params": [net.log_vars], "lr": 5e-2, "weight_decay": 0},
], weight_decay=1e-4)
for step in range(20):
    outs = net(x)
    losses = torch.stack([fns[k](outs[k], targets[k]) for k in ("reg", "cls")])
    total = (torch.exp(-net.log_vars) * losses + net.log_vars).sum()
    opt.zero_grad(set_to_none=True)
    total.backward()
    opt.step()
print([f"{l:.3f}" for l in losses], [f"{v:.3f}" for v in net.log_vars.exp()])
outs = net(x)
g = {}
for k in outs:
    l = fns[k](outs[k], targets[k])
    gs = torch.autograd.grad(l, net.shared[0].weight, retain_graph=True)[0].flatten()
    g[k] = gs
cos = torch.nn.functional.cosine_similarity(g["reg"], g["cls"], dim=0)
print(f"{cos:.3f}", "conflict" if cos < 0 else "aligned")
if cos < 0:
    g["reg"] = g["reg"] - (g["reg"] @ g["cls"]) / g["cls"].norm() ** 2 * g["cls"]
print(len(opt.param_groups), [len(pg["params"]) for pg in opt.param_groups], "cls" in net.heads)
