import copy
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, SWALR

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))


class EMA:
    def __init__(self, model, decay=0.9):
        self.decay = decay
        self.shadow = {n: p.clone().detach() for n, p in model.named_parameters() if p.requires_grad}
        self.backup = {}

    @torch.no_grad()
    def update(self, model):
        for n, p in model.named_parameters():
            self.shadow[n].mul_(self.decay).add_(p, alpha=1 - self.decay)

    def apply_shadow(self, model):
        for n, p in model.named_parameters():
            self.backup[n] = p.data
            p.data = self.shadow[n]

    def restore(self, model):
        for n, p in model.named_parameters():
            p.data = self.backup[n]
        self.backup = {}


ema = EMA(model)
swa_model = AveragedModel(model)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=20)
swa_sched = SWALR(opt, swa_lr=0.01)
X, Y = torch.randn(64, 4), torch.randn(64, 1)
for step in range(30):
    opt.zero_grad()
    loss = nn.functional.mse_loss(model(X), Y)
    loss.backward()
    opt.step()
    ema.update(model)
    if step > 20:
        swa_model.update_parameters(model)
        swa_sched.step()
    else:
        sched.step()
print(f"raw {nn.functional.mse_loss(model(X), Y).item():.4f}")
ema.apply_shadow(model)
print(f"ema {nn.functional.mse_loss(model(X), Y).item():.4f}")
ema.restore(model)
print(f"swa {nn.functional.mse_loss(swa_model(X), Y).item():.4f}", swa_model.n_averaged)
print(opt.param_groups[0]["lr"])
teacher = copy.deepcopy(model)
for p in teacher.parameters():
    p.requires_grad_(False)
print(any(p.requires_grad for p in teacher.parameters()), teacher[0].weight.data_ptr() != model[0].weight.data_ptr())
