"""What ax.run costs over plain exec of the same text, and the diagnosis over ax.run, as ratios.

    python -m benchmarks.run_cost

The seed program, 100-layer networks written in three ways, training loops as people write them,
and the Playground's examples, each run in turns through plain exec, through ax.run without clues
for the diagnosis, and through ax.run with them and ax.diagnose. Printing goes into a string each
time. The least CPU time of each counts: what other processes do on the machine can only add to it.
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
    "240 steps, a small network": """
import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(32, 2)
y = (x[:, :1] * x[:, 1:]).sign().clamp(0)
model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
opt = torch.optim.Adam(model.parameters(), lr=0.05)
loss_fn = nn.BCEWithLogitsLoss()
for step in range(240):
    opt.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    opt.step()
print(loss.item())
""",
    "40 steps, a convolutional network": """
import torch
from torch import nn
torch.manual_seed(0)
x, y = torch.randn(16, 1, 16, 16), torch.randint(0, 4, (16,))
model = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(256, 4),
)
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for step in range(40):
    loss = nn.functional.cross_entropy(model(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss.item())
""",
    "20 steps, a recurrent cell in a loop": """
import torch
from torch import nn
torch.manual_seed(0)
tokens = torch.randint(0, 20, (8, 26))
embed, cell, head = nn.Embedding(20, 64), nn.RNNCell(64, 64), nn.Linear(64, 20)
parameters = [*embed.parameters(), *cell.parameters(), *head.parameters()]
opt = torch.optim.Adam(parameters, lr=3e-3)
for step in range(20):
    h = torch.zeros(8, 64)
    loss = 0
    for t in range(25):
        h = cell(embed(tokens[:, t]), h)
        loss = loss + nn.functional.cross_entropy(head(h), tokens[:, t + 1])
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss.item())
""",
    "200 steps by hand, a Function of one's own": """
import torch
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return 2 * x * grad
x = torch.linspace(-1, 1, 500)
y = 1 - 2 * x + x ** 2
a, b, c = (torch.zeros((), requires_grad=True) for _ in range(3))
for step in range(200):
    loss = Square.apply(a + b * x + c * x ** 2 - y).sum()
    loss.backward()
    with torch.no_grad():
        for p in (a, b, c):
            p -= 1e-4 * p.grad
            p.grad = None
print(loss.item())
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
        print(f"{name:<42} {over_exec:5.2f} {over_run:5.2f}")


if __name__ == "__main__":
    main()
