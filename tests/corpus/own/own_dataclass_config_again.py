from __future__ import annotations
from dataclasses import dataclass, field, asdict, replace
from typing import Optional, Sequence
import torch
from torch import nn, Tensor


@dataclass
class TrainConfig:
    lr: float = 1e-2
    hidden: Sequence[int] = field(default_factory=lambda: [16, 8])
    epochs: int = 15
    dropout: Optional[float] = None
    seed: int = 0

    def __post_init__(self):
        if self.lr <= 0:
            raise ValueError("lr must be positive")


@dataclass(frozen=True)
class Batch:
    x: Tensor
    y: Tensor

    def __len__(self) -> int:
        return self.x.shape[0]


def build(cfg: TrainConfig, d_in: int, d_out: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    prev = d_in
    for h in cfg.hidden:
        layers += [nn.Linear(prev, h), nn.ReLU()]
        if cfg.dropout is not None:
            layers.append(nn.Dropout(cfg.dropout))
        prev = h
    layers.append(nn.Linear(prev, d_out))
    return nn.Sequential(*layers)


def main(cfg: TrainConfig) -> float:
    torch.manual_seed(cfg.seed)
    batch = Batch(torch.randn(32, 4), torch.randn(32, 1))
    model = build(cfg, 4, 1)
    opt = torch.optim.Adam(model.parameters(), lr=cfg.lr)
    for _ in range(cfg.epochs):
        loss = ((model(batch.x) - batch.y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    print(len(batch), len(model))
    return loss.item()


base = TrainConfig()
print(base)
for cfg in (base, replace(base, hidden=(4,)), replace(base, dropout=0.2, lr=5e-2)):
    print(f"{main(cfg):.4f}", asdict(cfg))
try:
    TrainConfig(lr=-1)
except ValueError as e:
    print("bad config:", e)
try:
    Batch(torch.ones(1), torch.ones(1)).x = 3
except Exception as e:
    print(type(e).__name__, e)
