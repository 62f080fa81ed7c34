"""What placing a graph costs, and how many lines cross.

    python -m benchmarks.layout

The time of lay_out over plain forward + backward of the same network, in one run; the crossings
on graphs of about 10, 113 and 1,009 nodes; and what it takes to draw graphs that are far too
large to be shown whole, cut to a window.
"""

import json
import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import autograd_explorer as ax
import texts
from autograd_explorer.process import freeze_heap
from benchmarks.trace_cost import WIDTH, build, seconds
from components.graph_view import build_graph
from components.graph_view.layout import lay_out


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


def cat_of_a_chain(steps: int) -> Tensor:
    h, hs = torch.ones(1, requires_grad=True), []
    for _ in range(steps):
        h = h * 1
        hs.append(h)
    return torch.cat(hs).sum()


def slices_of_cats(width: int, times: int) -> Tensor:
    x = torch.ones(1, requires_grad=True)
    hs = [x * 1 for _ in range(width)]
    for _ in range(times):
        c = torch.cat(hs)
        hs = [c[i : i + 1] for i in range(width)]
    return torch.cat(hs).sum()


def stacks_of_everything(width: int) -> Tensor:
    x = torch.ones(1, requires_grad=True)
    hs = [x * 1 for _ in range(width)]
    return torch.stack([torch.stack(hs) for _ in range(width)]).sum()


def empty_inputs(count: int) -> Tensor:
    x = torch.ones(1, requires_grad=True)
    return torch.cat([x, *[torch.ones(1)] * count]).sum()


def links_of(output: Tensor) -> tuple[int, list[tuple[int, int]]]:
    graph = ax.trace_backward(output)
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
    say = texts.for_page("graph", "en")
    print(f"{'too large to show':>26} {'edges':>7} {'ms':>5} {'boxes':>5} {'lines':>5} {'kB':>4}")
    for name, output in (
        ("a cat of 9,000 steps", cat_of_a_chain(9_000)),
        ("60 cats of 140 slices", slices_of_cats(140, 60)),
        ("20 cats of 300 slices", slices_of_cats(300, 20)),
        ("700 stacks of 700", stacks_of_everything(700)),
        ("60,000 empty inputs", empty_inputs(60_000)),
        ("RNN cell, 1,500 steps", recurrent(1_500)),
    ):
        graph = ax.trace_backward(output)
        built = build_graph(graph, say)
        took = median_seconds(lambda graph=graph: build_graph(graph, say), rounds=5)  # type: ignore[misc]
        size = len(json.dumps(built)) / 1000
        print(
            f"{name:>26} {len(graph.edges):>7} {took * 1000:>5.0f}"
            f" {len(built['boxes']):>5} {len(built['links']):>5} {size:>4.0f}"
        )


if __name__ == "__main__":
    main()
