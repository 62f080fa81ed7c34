"""One cell's story: the chain-rule product that made a single number of a leaf's gradient.

A rule is linear in the upstream gradient, so the factor by which one cell of it enters one cell
of the result is what the rule gives for an upstream gradient of a single 1. Where just one
cell enters at every node on the way, the story is a plain product.
"""

from dataclasses import dataclass

import numpy as np

from autograd_explorer.explaining.equations import evaluate
from autograd_explorer.records import BackwardGraph, Edge

Cell = tuple[int, ...]


_MOST_CELLS = 256  # each costs an evaluation of the node's rule; the Explorer has 64


@dataclass(frozen=True, slots=True)
class Factor:
    """What one node multiplied.

    .node   its id
    .cell   the cell of its upstream gradient that entered
    .into   the cell of what it passed on
    .value  ∂(its output at .cell) / ∂(its input at .into)
    """

    node: int
    cell: Cell
    into: Cell
    value: float


@dataclass(frozen=True, slots=True)
class Story:
    """.start what backward began with; .factors from the loss on; .product of them all;
    .sent the number that the engine put into the leaf's .grad."""

    start: float
    factors: tuple[Factor, ...]
    product: float
    sent: float


def cell_story(graph: BackwardGraph, leaf: str, cell: Cell) -> Story | None:
    """The story of one cell of a leaf's gradient.

    None when the leaf or the cell does not exist, when several ways lead from the root to the
    leaf, when several cells enter one, when a node on the way has no rule or more cells than can
    be tried one by one, and for complex numbers.
    """
    at = next((n for n in graph.nodes if n.kind == "leaf" and n.tensor == leaf), None)
    if at is None or at.upstream[0] is None:
        return None
    filled = at.upstream[0]
    if np.iscomplexobj(filled):
        return None
    if len(cell) != filled.ndim or any(
        i >= size for i, size in zip(cell, filled.shape, strict=True)
    ):
        return None
    sent = float(filled[cell])
    factors: list[Factor] = []
    node = at.id
    while node != 0:
        edges = [edge for edge in graph.edges if edge.target == node and edge.gradient is not None]
        factor = _factor(graph, edges[0], cell) if len(edges) == 1 else None
        if factor is None:
            return None
        factors.append(factor)
        node, cell = factor.node, factor.cell
    first = graph.nodes[0].upstream[0]
    start = float(first[cell]) if first is not None else 1.0
    values = [factor.value for factor in factors]
    return Story(start, tuple(factors[::-1]), start * float(np.prod(values)), sent)


def _factor(graph: BackwardGraph, edge: Edge, into: Cell) -> Factor | None:
    """The one cell of a node's upstream gradient that enters `into`, and its factor."""
    upstream = graph.nodes[edge.source].upstream[0]
    if upstream is None or upstream.size > _MOST_CELLS:
        return None
    entering = []
    for cell in np.ndindex(upstream.shape):
        one = np.zeros(upstream.shape)
        one[cell] = 1.0
        result = evaluate(graph, edge, one)
        if result is None:
            return None
        if result[into] != 0:
            entering.append(Factor(edge.source, cell, into, float(result[into])))
    return entering[0] if len(entering) == 1 else None
