"""What ax.run costs over plain exec of the same text, as ratios.

    python -m benchmarks.run_cost

The seed program, and 100-layer networks written in three ways, each run through ax.run with
everything kept and through plain exec, in turns, medians. Printing goes into a string both times.
"""

import contextlib
import io
import statistics
import time
from collections.abc import Callable

import torch

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap

LAYERS = 100
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
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, {"__name__": "__main__"})  # noqa: S102  our own text, and the point


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ratio(source: str, rounds: int) -> tuple[float, float]:
    """ax.run over exec: of the medians, and of the forward-and-backward alone in milliseconds."""
    run = ax.run(source)
    if run.error is not None:
        raise RuntimeError(run.error)
    ours, plain = [], []
    for _ in range(rounds):
        plain.append(seconds(lambda: plainly(source)))
        ours.append(seconds(lambda: ax.run(source)))
    return statistics.median(ours) / statistics.median(plain), statistics.median(plain) * 1e3


def main() -> None:
    torch.set_num_threads(1)
    freeze_heap()
    for name, source in TEXTS.items():
        print(f"{name:<36} {ratio(source, rounds=40)[0]:.2f}")


if __name__ == "__main__":
    main()
