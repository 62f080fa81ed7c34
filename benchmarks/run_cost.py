"""What ax.run costs over plain exec of the same text, and the diagnosis over ax.run, as ratios.

    python -m benchmarks.run_cost

The seed program, 100-layer networks written in three ways, and the Playground's examples, each run
in turns through plain exec, through ax.run without clues for the diagnosis, and through ax.run with
them and ax.diagnose. Printing goes into a string each time. The least CPU time of each counts:
what other processes do on the machine can only add to it.
"""

import contextlib
import gc
import io
import time
from collections.abc import Callable
from pathlib import Path

import torch

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap

LAYERS = 100
EXAMPLES = Path(__file__).parents[1] / "pages/play/examples"
TEXTS = {
    "the seed program": ax.Problem().source,
    "100 layers, a loop over matrices": f"""
import torch
torch.manual_seed(0)
weights = [(torch.randn(16, 16) / 4).requires_grad_() for _ in range({LAYERS})]
biases = [torch.zeros(16, requires_grad=True) for _ in range({LAYERS})]
h = torch.randn(1, 16)
for w, b in zip(weights, biases):
    h = torch.relu(h @ w + b)
loss = h.pow(2).mean()
loss.backward()
print(loss)
""",
    "100 layers, nn.Sequential": f"""
import torch
from torch import nn
torch.manual_seed(0)
layers = []
for _ in range({LAYERS}):
    layers += [nn.Linear(16, 16), nn.ReLU()]
model = nn.Sequential(*layers)
loss = model(torch.randn(1, 16)).pow(2).mean()
loss.backward()
print(loss)
""",
    "100 layers, a module of one's own": f"""
import torch
from torch import nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(16, 16) for _ in range({LAYERS})])
    def forward(self, x):
        for layer in self.layers:
            x = F.relu(layer(x))
        return x
torch.manual_seed(0)
loss = Net()(torch.randn(1, 16)).pow(2).mean()
loss.backward()
print(loss)
""",
}


def plainly(source: str) -> None:
    # One of the examples raises, which it is there for.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(RuntimeError):
        exec(source, {"__name__": "__main__"})  # noqa: S102  our own text, and the point


def seconds(call: Callable[[], object]) -> float:
    gc.collect()  # what one call leaves behind is not for the next one to clear away
    start = time.process_time()
    call()
    return time.process_time() - start


def ratios(source: str, rounds: int) -> tuple[float, float]:
    """ax.run over exec, and ax.run with the diagnosis over ax.run."""
    ways: list[Callable[[], object]] = [
        lambda: plainly(source),
        lambda: ax.run(source, clues=False),
        lambda: ax.diagnose(ax.run(source)),
    ]
    plain, ours, diagnosed = map(
        min, zip(*[map(seconds, ways) for _ in range(rounds)], strict=True)
    )
    return ours / plain, diagnosed / ours


def main() -> None:
    torch.set_num_threads(1)
    freeze_heap()
    gc.set_threshold(5000, 5, 2)  # as boot.py does
    examples = {
        path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.py"))
    }
    for name, source in {**TEXTS, **examples}.items():
        over_exec, over_run = ratios(source, rounds=30)
        print(f"{name:<36} {over_exec:5.2f} {over_run:5.2f}")


if __name__ == "__main__":
    main()
