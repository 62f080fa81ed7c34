from dataclasses import dataclass, field, asdict, replace
from typing import List, Optional, Dict, Tuple, Union, Callable
import torch
import torch.nn as nn


@dataclass
class OptimConfig:
    lr: float = 0.1
    betas: Tuple[float, float] = (0.9, 0.999)
    weight_decay: Optional[float] = None


@dataclass
class TrainConfig:
    hidden: List[int] = field(default_factory=lambda: [8, 4])
    epochs: int = 3
    optim: OptimConfig = field(default_factory=OptimConfig)
    name: str = "run"

    def __post_init__(self):
        self.name = f"{self.name}-{len(self.hidden)}"


def build_mlp(sizes: List[int], act: Callable[[], nn.Module] = nn.ReLU) -> nn.Sequential:
    layers: List[nn.Module] = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(n_in, n_out), act()]
    return nn.Sequential(*layers[:-1])


cfg = TrainConfig()
print(cfg)
print(asdict(replace(cfg.optim, lr=0.5)))
torch.manual_seed(0)
model: nn.Module = build_mlp([3, *cfg.hidden, 1], nn.Tanh)
opt = torch.optim.Adam(model.parameters(), lr=cfg.optim.lr, betas=cfg.optim.betas)
x, y = torch.randn(10, 3), torch.randn(10, 1)
history: Dict[str, List[float]] = {"loss": []}
for epoch in range(cfg.epochs):
    loss: torch.Tensor = nn.MSELoss()(model(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    history["loss"].append(loss.item())
print(model, [f"{v:.3f}" for v in history["loss"]], cfg == TrainConfig(), sep="\n")
