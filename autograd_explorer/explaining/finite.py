"""Where numbers stop being finite: of which kind, and at which node of a backward it starts."""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

import numpy as np

from autograd_explorer.records import Array, Edge, Node, are_finite

NonFiniteKind = Literal["", "inf", "nan"]

_SMALL = 64  # numbers not worth a call of NumPy

# Ranked: arithmetic makes NaN of infinities, and hardly anything makes NaN finite again.
_KINDS: tuple[NonFiniteKind, ...] = ("", "inf", "nan")


class NonFinite(NamedTuple):
    """What a backward pass brought to a node that is not finite.

    .kind    of what reached the node
    .starts  of what is at the node, or leaves it, although nothing so bad had come in on an edge
    """

    kind: NonFiniteKind
    starts: NonFiniteKind


def nonfinite(values: Array | None) -> NonFiniteKind:
    """The worst of an array: "nan" where any number is NaN, "inf" where any is infinite."""
    return _KINDS[_rank(values)]


def nonfinite_nodes(nodes: Iterable[Node], edges: Iterable[Edge]) -> dict[int, NonFinite]:
    """The nodes at which something is not finite, by id.

    edges  all those that lead to these nodes or away from them; others do not matter
    """
    here = {node.id: max(map(_rank, node.upstream), default=0) for node in nodes}
    came = dict.fromkeys(here, 0)
    left = dict.fromkeys(here, 0)
    for edge in edges:
        if edge.target is not None and (edge.source in here or edge.target in here):
            rank = _rank(edge.gradient)
            if rank:
                left[edge.source] = max(rank, left.get(edge.source, 0))
                came[edge.target] = max(rank, came.get(edge.target, 0))
    found: dict[int, NonFinite] = {}
    for number, rank in here.items():
        worst = max(rank, left[number])
        if max(worst, came[number]):
            starts: NonFiniteKind = _KINDS[worst] if worst > came[number] else ""
            found[number] = NonFinite(_KINDS[max(rank, came[number])], starts)
    return found


def all_finite(arrays: Iterable[Array | None]) -> bool:
    """Whether every number is finite. Small arrays are taken together: one at a time, the
    gradients of 10,000 nodes would take a tenth of a second."""
    small: dict[Any, list[Array]] = {}
    for values in arrays:
        if values is not None and values.size <= _SMALL:
            small.setdefault(values.dtype, []).append(values.ravel())
        elif _rank(values):
            return False
    return not any(_rank(np.concatenate(several)) for several in small.values())


def _rank(values: Array | None) -> int:
    if values is None or are_finite(values):
        return 0
    return 2 if np.isnan(values).any() else 1
