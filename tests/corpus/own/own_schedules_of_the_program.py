import math

import torch
from torch.optim.lr_scheduler import LambdaLR, LRScheduler, StepLR, _LRScheduler


class RampThenDecay(LRScheduler):
    """Up in a straight line, then down by half a cosine."""

    def __init__(self, optimizer, up, total, last_epoch=-1):
        self.up, self.total = up, total
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch < self.up:
            return [lr * (self.last_epoch + 1) / self.up for lr in self.base_lrs]
        share = (self.last_epoch - self.up) / (self.total - self.up)
        return [lr * 0.5 * (1 + math.cos(math.pi * share)) for lr in self.base_lrs]


class ByHand(_LRScheduler):
    """Writes the rates into the groups itself."""

    def __init__(self, optimizer, factor):
        self.factor = factor
        super().__init__(optimizer)

    def get_lr(self):
        return [lr * self.factor ** self._step_count for lr in self.base_lrs]

    def step(self, epoch=None):
        self._step_count += 1
        self.last_epoch += 1
        for group, lr in zip(self.optimizer.param_groups, self.get_lr()):
            group["lr"] = lr
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]


class Floor(StepLR):
    def get_lr(self):
        return [max(lr, 0.02) for lr in super().get_lr()]


class Halving(LambdaLR):
    def __init__(self, optimizer):
        super().__init__(optimizer, self.share)

    def share(self, epoch):
        return 0.5**epoch


for make in (
    lambda o: RampThenDecay(o, 2, 6),
    lambda o: ByHand(o, 0.9),
    lambda o: Floor(o, 1, gamma=0.3),
    Halving,
):
    w = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.SGD([{"params": [w]}], lr=0.1, momentum=0.5)
    schedule = make(optimizer)
    rates = []
    for _ in range(5):
        optimizer.zero_grad()
        (w**2).sum().backward()
        optimizer.step()
        schedule.step()
        rates += schedule.get_last_lr()
    print(type(schedule).__name__, [round(r, 6) for r in rates], isinstance(schedule, LRScheduler))
    print(w.tolist(), sorted(schedule.state_dict())[:2])

first = StepLR(optimizer, 2)
again = StepLR(optimizer, 2)
again.load_state_dict(first.state_dict())
print(again.last_epoch, again.state_dict()["gamma"])
