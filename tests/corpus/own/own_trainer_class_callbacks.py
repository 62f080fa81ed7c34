from __future__ import annotations
from typing import Protocol, Iterable, Any
import torch
from torch import nn


class Callback:
    def on_epoch_end(self, trainer: Trainer, epoch: int) -> None: ...
    def on_train_begin(self, trainer): pass


class PrintLoss(Callback):
    def on_epoch_end(self, trainer, epoch):
        print(f"[{epoch:>3}] {trainer.history[-1]:.4f}")


class LRFinder(Callback):
    def __init__(self, factor=1.1):
        self.factor = factor
        self.lrs: list[float] = []

    def on_epoch_end(self, trainer, epoch):
        for group in trainer.optimizer.param_groups:
            self.lrs.append(group["lr"])
            group["lr"] *= self.factor


class Trainer:
    def __init__(self, model: nn.Module, optimizer, loss_fn, callbacks: Iterable[Callback] | None = None, **kwargs: Any):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.callbacks = list(callbacks or [])
        self.history = []
        self.__dict__.update(kwargs)

    def _notify(self, event: str, *args):
        for cb in self.callbacks:
            getattr(cb, event)(self, *args)

    def fit(self, data, epochs: int = 1) -> "Trainer":
        self._notify("on_train_begin")
        for epoch in range(epochs):
            total = 0.0
            for xb, yb in data:
                self.optimizer.zero_grad()
                loss = self.loss_fn(self.model(xb), yb)
                loss.backward()
                self.optimizer.step()
                total += loss.item() * len(xb)
            self.history.append(total / sum(len(x) for x, _ in data))
            self._notify("on_epoch_end", epoch)
        return self


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 4), nn.ELU(), nn.Linear(4, 1))
finder = LRFinder()
trainer = Trainer(model, torch.optim.NAdam(model.parameters(), lr=0.01), nn.HuberLoss(), [PrintLoss(), finder], name="demo")
data = [(torch.randn(4, 2), torch.randn(4, 1)) for _ in range(3)]
trainer.fit(data, epochs=3)
print([round(v, 5) for v in finder.lrs], trainer.name)
