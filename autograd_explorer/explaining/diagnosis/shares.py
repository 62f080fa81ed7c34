"""Facts about gradients of which a part went elsewhere: padding, ties, clamps, indices that occur
twice, a softmax under a log softmax, complex numbers; and those that grow or fade on the way."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.diagnosis.ways import (
    Ways,
    names_of,
    operation,
    plain,
    saved,
)
from autograd_explorer.records import Array, Node

CAUSES = (
    "clamped_in_part", "conjugate", "exploding", "index_twice", "padding", "softmax_twice", "tie",
    "vanishing",
)  # fmt: skip
_TURNS = 8  # a node that stands so often in a row is a loop, or layers of one kind
_FACTOR = 1e6

Told = tuple[str, int | None, Status, dict[str, Any]]


def share_findings(passes: Iterable[Ways]) -> Iterator[Finding]:
    seen: set[tuple[str, int | None]] = set()
    for ways in passes:
        for node in ways.nodes:
            look = _LOOK.get(operation(node.name))
            told = look(ways, node) if look is not None else None
            if told is not None and told[:2] not in seen:
                seen.add(told[:2])
                yield _finding(ways, node, told, "fact")
        for node, told in (*_conjugate(ways), *_along_turns(ways)):
            if told[:2] not in seen:
                seen.add(told[:2])
                severity = "alarm" if told[0] == "exploding" else "fact"
                yield _finding(ways, node, told, severity)


def _finding(ways: Ways, node: Node, told: Told, severity: Any) -> Finding:
    cause, line, status, facts = told
    below = ways.below([node.id])
    names = names_of(leaf for leaf in ways.leaves if leaf.id in below)
    return Finding(names, status, severity, cause, line, {"node": node.name, **facts})


def _padding(ways: Ways, node: Node) -> Told | None:
    row = plain(node, "padding_idx")
    indices = saved(node).get("indices")
    if not isinstance(row, int) or row < 0 or indices is None or not (indices == row).any():
        return None
    table = next((ways.nodes[e.target] for e in ways.out.get(node.id, ()) if e.target), None)
    line = node.line if table is None else table.line
    return "padding", line, "partial", {"row": row, "times": int((indices == row).sum())}


def _tie(ways: Ways, node: Node) -> Told | None:
    held = saved(node)
    one, other = held.get("self"), held.get("other", held.get("result"))
    if one is None or other is None:
        return None
    if other.ndim < one.ndim and other.ndim:
        dims = plain(node, "dim")
        axes = dims if isinstance(dims, tuple) else (dims,)
        if not all(isinstance(axis, int) for axis in axes):
            return None
        if not plain(node, "keepdim"):
            other = np.expand_dims(other, tuple(axis % one.ndim for axis in axes))
    try:
        equal = one == other
    except ValueError:
        return None
    count = int(np.sum(equal))
    if operation(node.name) not in ("Maximum", "Minimum") and count <= held["result"].size:
        return None
    return ("tie", node.line, "partial", {"count": count}) if count else None


def _clamp(ways: Ways, node: Node) -> Told | None:
    for edge in ways.out.get(node.id, ()):
        upstream = node.upstream[0] if node.upstream else None
        if upstream is None or edge.gradient is None or upstream.shape != edge.gradient.shape:
            continue
        stopped = int(((upstream != 0) & (edge.gradient == 0)).sum())
        if stopped and edge.gradient.any():
            return "clamped_in_part", node.line, "partial", {
                "stopped": stopped, "size": int(upstream.size)
            }  # fmt: skip
    return None


def _scatter(ways: Ways, node: Node) -> Told | None:
    if plain(node, "accumulate") or plain(node, "reduce"):
        return None
    index = saved(node).get("index")
    axis = plain(node, "dim")
    if index is not None and index.ndim and isinstance(axis, int) and _repeats(index, axis):
        return "index_twice", node.line, "unexpected", {"size": int(index.size)}
    return None


def _put(ways: Ways, node: Node) -> Told | None:
    if plain(node, "accumulate"):
        return None
    several = [one.values for one in node.saved if one.name.startswith("indices")]
    arrays = [one for one in several if one is not None and one.dtype.kind in "iu"]
    if not arrays or len(arrays) != len([one for one in several if one is not None]):
        return None
    try:
        places = np.stack([a.ravel() for a in np.broadcast_arrays(*arrays)], 1)
    except ValueError:
        return None
    if len(np.unique(places, axis=0)) == len(places):
        return None
    return "index_twice", node.line, "unexpected", {"size": len(places)}


def _repeats(index: Array, axis: int) -> bool:
    ordered = np.sort(index, axis=axis)
    return bool((np.diff(ordered, axis=axis) == 0).any())


def _softmax(ways: Ways, node: Node) -> Told | None:
    outer = next(ways.above(node.id), None)
    if outer is None or operation(outer.name) != "LogSoftmax":
        return None
    return "softmax_twice", node.line, "unexpected", {"outer_line": outer.line}


_LOOK: dict[str, Callable[[Ways, Node], Told | None]] = {
    "Embedding": _padding,
    "Softmax": _softmax,
    "Scatter": _scatter,
    "IndexCopy": _scatter,
    "IndexPut": _put,
    "IndexPutImpl": _put,
    "Put": _put,
    **dict.fromkeys(("Max", "Min", "Amax", "Amin", "Maximum", "Minimum"), _tie),
    **dict.fromkeys(("Clamp", "ClampMin", "ClampMax", "Hardtanh"), _clamp),
}


def _conjugate(ways: Ways) -> Iterator[tuple[Node, Told]]:
    """The node at which a real gradient becomes complex, on the way to a complex leaf."""
    if not any(a.dtype.kind == "c" for leaf in ways.leaves for a in ways.arrived(leaf)):
        return
    for number in ways.graph.order:
        node = ways.nodes[number]
        if any(a is not None and a.dtype.kind == "c" for a in node.upstream):
            continue
        for edge in ways.out.get(number, ()):
            if edge.gradient is not None and edge.gradient.dtype.kind == "c":
                yield node, ("conjugate", node.line, "unexpected", {})
                return


def _in_a_row(ways: Ways, nodes: list[Node]) -> bool:
    """Whether one of the nodes leads to the next, and not all hang side by side."""
    first, middle, last = nodes[0].id, nodes[len(nodes) // 2].id, nodes[-1].id
    return ways.lead(first, middle) and ways.lead(middle, last)


def _along_turns(ways: Ways) -> Iterator[tuple[Node, Told]]:
    """Lines whose nodes stand many times in a row, and multiply the gradient by much each time."""
    rows: dict[tuple[int | None, str], list[Node]] = {}
    for number in ways.graph.order:
        node = ways.nodes[number]
        if node.kind == "operation" and node.upstream and node.upstream[0] is not None:
            rows.setdefault((node.line, node.name), []).append(node)
    found: list[tuple[float, list[Node], Told]] = []
    for (line, _), nodes in rows.items():
        if len(nodes) < _TURNS:
            continue
        first, last = (ways.largest(node.upstream[0]) for node in (nodes[0], nodes[-1]))
        if not first > 0 or not np.isfinite(last):
            continue
        growth = last / first
        if 1 / _FACTOR <= growth <= _FACTOR:
            continue
        sizes = ways.largest_of_each([node.upstream[0] for node in nodes])
        steps = np.diff(np.log([max(size, 1e-300) for size in sizes]))
        if growth > _FACTOR and (steps > 0).mean() > 0.8:
            kind: str = "exploding"
        elif 0 <= growth < 1 / _FACTOR and (steps <= 0).mean() > 0.8 and (steps < 0).any():
            kind = "vanishing"
        else:
            continue
        factor = float(growth ** (1 / (len(sizes) - 1)))
        facts = {"turns": len(sizes), "growth": float(growth), "factor": factor}
        much = abs(float(np.log(max(growth, 1e-300))))
        found.append((much, nodes, (kind, line, "unexpected", facts)))
    told: set[str] = set()
    for _, nodes, one in sorted(found, key=lambda each: each[0], reverse=True):
        if one[0] not in told and _in_a_row(ways, nodes):
            told.add(one[0])
            yield nodes[-1], one
