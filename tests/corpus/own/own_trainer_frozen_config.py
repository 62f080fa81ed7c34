from __future__ import annotations

import abc
import dataclasses
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping, Protocol, Sequence, TypeVar, Generic, overload

import torch
import torch.nn as nn
import torch.nn.functional as F

T = TypeVar("T")


class Callback(abc.ABC):
    def on_epoch_end(self, trainer: Trainer, logs: Mapping[str, float]) -> None: ...
    def on_train_end(self, trainer: "Trainer") -> None: pass


class EarlyStopping(Callback):
    def __init__(self, monitor: str = "loss", patience: int = 2, min_delta: float = 0.0):
        self.monitor, self.patience, self.min_delta = monitor, patience, min_delta
        self.best, self.wait = float("inf"), 0

    def on_epoch_end(self, trainer, logs):
        current = logs[self.monitor]
        if current < self.best - self.min_delta:
            self.best, self.wait = current, 0
        else:
            self.wait += 1
            if self.wait >= self.patience:
                print(f"[EarlyStopping] stop at epoch {trainer.epoch}")
                trainer.should_stop = True


class History(Callback):
    def __init__(self) -> None:
        self.rows: list[dict[str, float]] = []

    def on_epoch_end(self, trainer, logs):
        self.rows.append(dict(logs, epoch=trainer.epoch))


@dataclasses.dataclass(frozen=True)
class TrainerConfig:
    max_epochs: int = 10
    lr: float = 0.1
    device: str = "cpu"
    callbacks: Sequence[Callback] = dataclasses.field(default_factory=tuple)

    @property
    def description(self) -> str:
        return f"{self.max_epochs} epochs @ lr={self.lr:g}"


class Trainer:
    def __init__(self, cfg: TrainerConfig) -> None:
        self.cfg = cfg
        self.epoch = 0
        self.should_stop = False

    def fit(self, model: LitModel, data: Iterable[tuple[torch.Tensor, torch.Tensor]]) -> LitModel:
        opt = model.configure_optimizers(self.cfg.lr)
        for self.epoch in range(self.cfg.max_epochs):
            losses = []
            for i, batch in enumerate(data):
                loss = model.training_step(batch, i)
                opt.zero_grad()
                loss.backward()
                opt.step()
                losses.append(loss.detach())
            logs = {"loss": torch.stack(losses).mean().item()}
            for cb in self.cfg.callbacks:
                cb.on_epoch_end(self, logs)
            if self.should_stop:
                break
        for cb in self.cfg.callbacks:
            cb.on_train_end(self)
        return model


class LitModel(nn.Module, abc.ABC):
    @abc.abstractmethod
    def training_step(self, batch, batch_idx) -> torch.Tensor:
        raise NotImplementedError

    def configure_optimizers(self, lr):
        return torch.optim.SGD(self.parameters(), lr=lr)


class LogReg(LitModel):
    def __init__(self, d: int) -> None:
        super().__init__()
        self.lin = nn.Linear(d, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.lin(x).squeeze(-1)

    def training_step(self, batch, batch_idx):
        x, y = batch
        return F.binary_cross_entropy_with_logits(self(x), y)


def main(argv: Sequence[str] | None = None) -> int:
    torch.manual_seed(0)
    x = torch.randn(64, 4)
    y = (x @ torch.tensor([1., -1., 2., 0.]) > 0).float()
    loader = [(x[i:i + 16], y[i:i + 16]) for i in range(0, 64, 16)]
    hist = History()
    cfg = TrainerConfig(max_epochs=6, lr=0.5, callbacks=(hist, EarlyStopping(patience=1, min_delta=0.02)))
    print(cfg.description)
    try:
        cfg.lr = 3
    except dataclasses.FrozenInstanceError as e:
        print("frozen:", e)
    model = Trainer(cfg).fit(LogReg(4), loader)
    for row in hist.rows:
        print({k: round(v, 4) for k, v in row.items()})
    try:
        LitModel()
    except TypeError as e:
        print(e)
    print(model.lin.weight.grad)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
