"""What placing a graph costs, and how many lines cross.

    python -m benchmarks.layout

The time of lay_out over plain forward + backward of the same network, in one run; and the
crossings on graphs of about 10, 113 and 1,009 nodes.
"""

import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import core
from benchmarks.trace_cost import WIDTH, build, seconds
from components.graph_view.layout import lay_out
from core.memory import freeze_heap


def linear_pair() -> Tensor:
    x = torch.ones(1, 4)
    z: Tensor = nn.Linear(4, 2)(torch.relu(nn.Linear(4, 4)(x)))
    return z.sum()


def recurrent(steps: int) -> Tensor:
    """One cell's four shared leaves, used at every step: the longest links there are."""
    cell, h = nn.RNNCell(8, 8), torch.zeros(1, 8)
    for _ in range(steps):
        h = cell(torch.ones(1, 8), h)
    return h.sum()


def residual(blocks: int, width: int = 8) -> Tensor:
    """x + dropout(linear(gelu(linear(norm(x))))), 14 nodes a block."""
    h = torch.ones(2, width)
    for _ in range(blocks):
        inner = nn.Linear(width, width)(nn.LayerNorm(width)(h))
        h = h + torch.dropout(nn.Linear(width, width)(F.gelu(inner)), 0.1, True)
    return h.sum()


def gated(blocks: int, width: int = 8) -> Tensor:
    """x + linear(relu(linear(x))) · σ(linear(x)), 16 nodes a block."""
    h = torch.ones(2, width)
    for _ in range(blocks):
        first, second, gate = (nn.Linear(width, width) for _ in range(3))
        h = h + second(torch.relu(first(h))) * torch.sigmoid(gate(h))
    return h.sum()


def attention(blocks: int, width: int = 8) -> Tensor:
    h = torch.ones(3, width)
    for _ in range(blocks):
        query, key, value = (nn.Linear(width, width) for _ in range(3))
        mixed = torch.softmax(query(h) @ key(h).T, -1) @ value(h)
        h = torch.relu(nn.Linear(width, width)(h + mixed)) + h
    return h.sum()


def links_of(output: Tensor) -> tuple[int, list[tuple[int, int]]]:
    graph = core.trace_backward(output)
    return len(graph.nodes), [
        (edge.source, edge.target) for edge in graph.edges if edge.target is not None
    ]


def median_seconds(action: Callable[[], object], rounds: int = 9) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model, x = build(1_000), torch.ones(1, WIDTH)
    count, links = links_of(model(x).sum())
    freeze_heap()
    plain = statistics.median(seconds(Tensor.backward, model, x)[1] for _ in range(9))
    placing = median_seconds(lambda: lay_out(count, links))
    print(f"{count} nodes: positions / (forward + backward) = {placing / plain:.2f}")
    print(f"{'graph':>22} {'nodes':>6} {'crossings':>9}")
    for name, output in (
        ("two linear layers", linear_pair()),
        ("residual, 8 blocks", residual(8)),
        ("residual, 72 blocks", residual(72)),
        ("gated, 7 blocks", gated(7)),
        ("gated, 63 blocks", gated(63)),
        ("attention, 5 blocks", attention(5)),
        ("attention, 40 blocks", attention(40)),
        ("RNN cell, 18 steps", recurrent(18)),
        ("RNN cell, 160 steps", recurrent(160)),
    ):
        count, links = links_of(output)
        print(f"{name:>22} {count:>6} {lay_out(count, links).crossings:>9}")


if __name__ == "__main__":
    main()
