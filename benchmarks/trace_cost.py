"""What trace_backward costs, as a ratio to plain forward + backward.

    python -m benchmarks.trace_cost

For chains of Linear + ReLU layers: the median time of (forward + trace_backward) over the
median time of (forward + backward), both measured in turns in the same run.
"""

import gc
import statistics
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

import core

WIDTH = 16
LAYERS = (10, 100, 1_000)


def build(layers: int) -> nn.Sequential:
    return nn.Sequential(
        *(part for _ in range(layers) for part in (nn.Linear(WIDTH, WIDTH), nn.ReLU()))
    )


def seconds(step: Callable[[Tensor], object], model: nn.Module, x: Tensor) -> float:
    model.zero_grad()
    start = time.perf_counter()
    step(model(x).sum())
    return time.perf_counter() - start


def ratio(layers: int, rounds: int) -> tuple[int, float, float]:
    """Nodes traced, the ratio, and plain forward + backward in seconds."""
    model = build(layers)
    x = torch.ones(1, WIDTH)
    nodes = len(core.trace_backward(model(x).sum()).nodes)
    plain, traced = [], []
    for _ in range(rounds):
        plain.append(seconds(Tensor.backward, model, x))
        traced.append(seconds(core.trace_backward, model, x))
    return nodes, statistics.median(traced) / statistics.median(plain), statistics.median(plain)


def main() -> None:
    torch.set_num_threads(1)
    gc.collect()
    gc.freeze()  # as boot.py does: else the collector walks all of torch's modules now and then
    print(f"{'layers':>7} {'nodes':>6} {'ratio':>6} {'plain ms':>9}")
    for layers in LAYERS:
        nodes, times, plain = ratio(layers, rounds=max(9, 2_000 // layers))
        print(f"{layers:>7} {nodes:>6} {times:>6.2f} {plain * 1e3:>9.2f}")


if __name__ == "__main__":
    main()
