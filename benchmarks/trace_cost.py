"""What trace_backward costs, as ratios to plain forward + backward.

    python -m benchmarks.trace_cost

Chains of Linear + ReLU layers, traced with names, shapes, saved tensors and every edge's
gradient; both ways measured in turns in the same run, medians:

    trace    trace_backward alone / (forward + backward)
    all      (forward + trace_backward) / (forward + backward)
"""

import statistics
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap

WIDTH = 16
LAYERS = (10, 100, 1_000)


def build(layers: int) -> nn.Sequential:
    return nn.Sequential(
        *(part for _ in range(layers) for part in (nn.Linear(WIDTH, WIDTH), nn.ReLU()))
    )


def seconds(back: Callable[[Tensor], object], model: nn.Module, x: Tensor) -> tuple[float, float]:
    """Time of the backward step alone, and of forward and backward together."""
    model.zero_grad()
    start = time.perf_counter()
    output = model(x).sum()
    middle = time.perf_counter()
    back(output)
    end = time.perf_counter()
    return end - middle, end - start


def ratios(layers: int, rounds: int) -> tuple[int, float, float]:
    """Nodes traced; trace_backward alone, and with the forward pass, over the plain two."""
    model = build(layers)
    x = torch.ones(1, WIDTH)
    names = dict(model.named_parameters())

    def trace(output: Tensor) -> object:
        return ax.trace_backward(output, names=names)

    nodes = len(ax.trace_backward(model(x).sum()).nodes)
    plain, traced, both = [], [], []
    for _ in range(rounds):
        plain.append(seconds(Tensor.backward, model, x)[1])
        alone, together = seconds(trace, model, x)
        traced.append(alone)
        both.append(together)
    base = statistics.median(plain)
    return nodes, statistics.median(traced) / base, statistics.median(both) / base


def main() -> None:
    torch.set_num_threads(1)
    freeze_heap()
    print(f"{'layers':>7} {'nodes':>6} {'trace':>6} {'all':>6}")
    for layers in LAYERS:
        nodes, alone, together = ratios(layers, rounds=max(25, 2_000 // layers))
        print(f"{layers:>7} {nodes:>6} {alone:>6.2f} {together:>6.2f}")


if __name__ == "__main__":
    main()
