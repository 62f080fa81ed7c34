import math
import torch
from torch.optim import Adam
from torch.optim.lr_scheduler import LambdaLR, SequentialLR, LinearLR, CosineAnnealingLR, ReduceLROnPlateau, MultiStepLR, CyclicLR


def get_cosine_schedule_with_warmup(optimizer, num_warmup_steps, num_training_steps, num_cycles=0.5, last_epoch=-1):
    def lr_lambda(current_step):
        if current_step < num_warmup_steps:
            return float(current_step) / float(max(1, num_warmup_steps))
        progress = float(current_step - num_warmup_steps) / float(max(1, num_training_steps - num_warmup_steps))
        return max(0.0, 0.5 * (1.0 + math.cos(math.pi * float(num_cycles) * 2.0 * progress)))
    return LambdaLR(optimizer, lr_lambda, last_epoch)


class NoamOpt:
    "Optim wrapper that implements rate."
    def __init__(self, model_size, factor, warmup, optimizer):
        self.optimizer = optimizer
        self._step = 0
        self.warmup = warmup
        self.factor = factor
        self.model_size = model_size
        self._rate = 0

    def step(self):
        "Update parameters and rate"
        self._step += 1
        rate = self.rate()
        for p in self.optimizer.param_groups:
            p['lr'] = rate
        self._rate = rate
        self.optimizer.step()

    def rate(self, step=None):
        "Implement `lrate` above"
        if step is None:
            step = self._step
        return self.factor * (self.model_size ** (-0.5) * min(step ** (-0.5), step * self.warmup ** (-1.5)))


w = torch.nn.Parameter(torch.ones(2))
opt = Adam([w], lr=0.1)
sched = get_cosine_schedule_with_warmup(opt, 3, 10)
lrs = []
for _ in range(10):
    w.sum().backward()
    opt.step()
    opt.zero_grad()
    lrs.append(opt.param_groups[0]["lr"])
    sched.step()
print([f"{lr:.3f}" for lr in lrs])
noam = NoamOpt(512, 1, 4000, Adam([w], lr=0, betas=(0.9, 0.98), eps=1e-9))
w.grad = torch.ones(2)
noam.step()
print(f"{noam._rate:.2e}", [f"{noam.rate(i):.1e}" for i in (1, 4000, 20000)])
opt = torch.optim.SGD([w], lr=1.0)
seq = SequentialLR(opt, [LinearLR(opt, 0.1, total_iters=3), CosineAnnealingLR(opt, 5)], milestones=[3])
for i in range(6):
    opt.step(); seq.step()
    print(i, round(opt.param_groups[0]["lr"], 4), end="; ")
print()
plateau = ReduceLROnPlateau(torch.optim.SGD([w], lr=1.0), mode="min", factor=0.1, patience=1)
for loss in [1.0, 0.9, 0.95, 0.96, 0.97, 0.5]:
    plateau.step(loss)
print(plateau.get_last_lr(), plateau.num_bad_epochs)
ms = MultiStepLR(torch.optim.SGD([w], lr=1.0), [2, 4], 0.5)
print([ms.optimizer.step() or ms.step() or ms.get_last_lr()[0] for _ in range(5)])
