"""Backward as a sequence of steps: which node fires, what arrives, what leaves, what adds up."""

from dataclasses import dataclass

import numpy as np

from autograd_explorer.records import Array, BackwardGraph, Edge


@dataclass(frozen=True, slots=True, eq=False)
class PartialSum:
    """What has reached a node with several incoming edges so far.

    .node, .input_nr  where it adds up
    .arrived, .of     how many of its edges have carried, of how many that will
    .total            their sum
    """

    node: int
    input_nr: int
    arrived: int
    of: int
    total: Array


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One node firing.

    .node      its id
    .leaving   the edges on which it sends a gradient
    .sums      where one of those meets others
    .fills     for a leaf, the array added into its .grad; else None
    """

    node: int
    leaving: tuple[Edge, ...]
    sums: tuple[PartialSum, ...]
    fills: Array | None


def backward_steps(graph: BackwardGraph) -> tuple[Step, ...]:
    """The steps of a graph's backward pass, in the order in which the engine ran it."""
    carrying: dict[int, list[Edge]] = {node.id: [] for node in graph.nodes}
    expected: dict[tuple[int, int], int] = {}
    for edge in graph.edges:
        if edge.target is not None and edge.gradient is not None:
            carrying[edge.source].append(edge)
            place = edge.target, edge.input_nr
            expected[place] = expected.get(place, 0) + 1
    totals: dict[tuple[int, int], tuple[int, Array]] = {}
    steps = []
    for position in graph.order:
        sums = []
        for edge in carrying[position]:
            assert edge.target is not None and edge.gradient is not None  # noqa: S101
            place = edge.target, edge.input_nr
            arrived, total = totals.get(place, (0, np.zeros_like(edge.gradient)))
            with np.errstate(all="ignore"):  # infinities of two signs make NaN, as in the engine
                totals[place] = arrived + 1, total + edge.gradient
            if expected[place] > 1:
                sums.append(PartialSum(*place, arrived + 1, expected[place], totals[place][1]))
        node = graph.nodes[position]
        fills = node.upstream[0] if node.kind == "leaf" else None
        steps.append(Step(position, tuple(carrying[position]), tuple(sums), fills))
    return tuple(steps)
