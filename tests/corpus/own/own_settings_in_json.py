import json, sys, argparse, logging, os, copy, math
from pathlib import Path
from dataclasses import dataclass, asdict, fields, replace
from typing import ClassVar
import torch
from torch import nn
logging.basicConfig(format="%(asctime)s - %(levelname)s - %(message)s", datefmt="%m/%d/%Y %H:%M:%S", level=logging.INFO)
logger = logging.getLogger(__name__)
ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU}
@dataclass(frozen=True)
class TrainConfig:
    lr: float = 1e-2
    act: str = "relu"
    sizes: tuple = (4, 8, 2)
    steps: int = 5
    VERSION: ClassVar[str] = "1.0"
    @classmethod
    def from_dict(cls, d):
        names = {f.name for f in fields(cls)}
        unknown = set(d) - names
        if unknown: raise ValueError(f"unknown keys: {sorted(unknown)}")
        return cls(**d)
def build(cfg: TrainConfig) -> nn.Sequential:
    layers = []
    for i, (a, b) in enumerate(zip(cfg.sizes, cfg.sizes[1:])):
        layers += [nn.Linear(a, b)] + ([ACTIVATIONS[cfg.act]()] if i < len(cfg.sizes) - 2 else [])
    return nn.Sequential(*layers)
def main(args):
    out = Path("runs") / "exp1"; out.mkdir(parents=True, exist_ok=True)
    cfg = replace(TrainConfig.from_dict(json.loads('{"lr": 0.05, "act": "tanh"}')), steps=args.steps)
    (out / "config.json").write_text(json.dumps(asdict(cfg), indent=2))
    print(json.load(open(out / "config.json")), cfg.VERSION)
    try: cfg.lr = 3
    except Exception as e: print(type(e).__name__, e)
    try: TrainConfig.from_dict({"lrr": 1})
    except ValueError as e: print(e)
    torch.manual_seed(args.seed); net = build(cfg); opt = torch.optim.SGD(net.parameters(), cfg.lr, momentum=.9)
    log = []
    for step in range(cfg.steps):
        x = torch.randn(16, 4); y = x[:, :2].sum(1, keepdim=True).sign().clamp(0).long().squeeze()
        loss = nn.functional.cross_entropy(net(x), y); opt.zero_grad(); loss.backward(); opt.step()
        log.append({"step": step, "loss": round(loss.item(), 4)}); logger.info("step %d loss %.4f", step, loss.item())
    with open(out / "log.jsonl", "w") as f:
        for row in log: f.write(json.dumps(row) + "\n")
    rows = [json.loads(l) for l in open(out / "log.jsonl").read().splitlines()]
    print(min(rows, key=lambda r: r["loss"]), len(rows), sorted(os.listdir("runs/exp1")))
    return 0
if __name__ == "__main__":
    ap = argparse.ArgumentParser(); ap.add_argument("--steps", type=int, default=4); ap.add_argument("--seed", type=int, default=0)
    sys.exit(main(ap.parse_args([])))
