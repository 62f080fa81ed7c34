"""Gradients that are zero in every element and every pass, and the operation that let nothing
through. A zero without such an operation is not reported: it may be the minimum."""

import re
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import numpy as np

from autograd_explorer.explaining.diagnosis.finding import Finding
from autograd_explorer.explaining.diagnosis.ways import (
    Ways,
    all_names,
    names_of,
    operation,
    saved,
)
from autograd_explorer.records import Array, Edge, Node, Run, TensorView

CAUSES = (
    "clamped", "drawn", "flat_operation", "relu_at_zero", "relu_dead", "saturated",
    "softmax_twice", "zero_operand",
)  # fmt: skip
_FLAT = {"Round", "Floor", "Ceil", "Trunc", "Sign", "Sgn", "Heaviside", "FloorDivide"}
_DRAWN = {"Normal", "Bernoulli", "Poisson", "Exponential", "Cauchy", "LogNormal", "Geometric",
          "Uniform", "Random", "Binomial"}  # fmt: skip
_RELUS = {"Relu", "Threshold"}
_CLAMPS = {"Clamp", "ClampMin", "ClampMax", "Hardtanh", "Hardsigmoid", "Hardswish", "Hardshrink",
           "Softshrink"}  # fmt: skip
# Not log_softmax, softplus or exp: where those are flat, a loss made of them is at its smallest.
_SATURATING = {"Sigmoid", "Tanh", "Softmax", "SafeSoftmax", "Erf", "Silu", "Gelu", "Elu"}
_PRODUCTS = {"Mul": {"self": "other", "other": "self"}, "Mm": {"self": "mat2", "mat2": "self"},
             "Bmm": {"self": "mat2", "mat2": "self"}, "Mv": {"self": "vec", "vec": "self"},
             "Dot": {"self": "tensor", "tensor": "self"},
             "Addmm": {"mat1": "mat2", "mat2": "mat1"}}  # fmt: skip
# The inputs of a node in the order of its edges.
_INPUTS = {"Mul": ("self", "other"), "Mm": ("self", "mat2"), "Bmm": ("self", "mat2"),
           "Mv": ("self", "vec"), "Dot": ("self", "tensor"),
           "Addmm": ("self", "mat1", "mat2")}  # fmt: skip
# What lets nothing through to an input that it does not use, which says little by itself.
_UNUSING = {"Where", "MaskedFill", "Maximum", "Minimum", "Div"}
_LOOKED_AT = _FLAT | _DRAWN | _RELUS | _CLAMPS | _SATURATING | set(_PRODUCTS) | _UNUSING
# Of what a saturated function received, what it passes on at most: less than the numbers' own
# precision. By the bytes of a number.
_TINY = {4: 1e-7, 8: 1e-15, 2: 1e-3}

# What is as often meant as not.
_INTENDED = ("zero_operand", "clamped")

Closed = frozenset[tuple[int, int]]  # edges, by their source and slot
Reason = tuple[str, int | None, dict[str, Any]]


def zero_findings(run: Run, passes: Sequence[Ways]) -> Iterator[Finding]:
    """One finding for each operation, with the leaves that got zero because of it alone."""
    reasons: dict[str, list[tuple[Reason, Node] | None]] = {}
    for ways in passes:
        dead, closed = _dead_ends(ways, run)
        open_nodes = ways.below([0], closed) if dead else set()
        for leaf in ways.leaves:
            key = leaf.tensor or f"line {leaf.line}"
            at = None
            if leaf.id not in open_nodes and dead:
                whys = [why for edge, why in dead if leaf.id in ways.below([edge.target or 0])]
                at = min(whys, key=lambda why: why[0] in _INTENDED, default=None)
            reasons.setdefault(key, []).append(None if at is None else (at, leaf))
    found: dict[tuple[str, int | None], tuple[Reason, list[Node]]] = {}
    for several in reasons.values():
        if None not in several:
            reason, leaf = several[0]  # type: ignore[misc]
            found.setdefault(reason[:2], (reason, []))[1].append(leaf)
    loss_is_zero = bool(found) and _all_losses_are_zero(run)
    for (cause, line, facts), leaves in found.values():
        intended = cause in _INTENDED or loss_is_zero
        yield Finding(
            names_of(leaves), "zero", "fact" if intended else "alarm", cause, line,
            {**facts, "leaves": len(leaves), "names": all_names(leaves), "passes": len(passes)},
        )  # fmt: skip


def _all_losses_are_zero(run: Run) -> bool:
    """Whether what was differentiated was 0 each time, as far as it had a name: then nothing was
    left to gain, and zero is right."""
    values = {(s.line, name): view for s in run.statements for name, view in s.assigned.items()}
    losses = [values.get((g.nodes[0].line or 0, g.nodes[0].tensor or "")) for g in run.backwards]
    known = [view for view in losses if isinstance(view, TensorView)]
    return bool(known) and not any(view.values.any() for view in known)


def _dead_ends(ways: Ways, run: Run) -> tuple[list[tuple[Edge, Reason]], Closed]:
    """The edges on which nothing came from a node that had received something, and why, in the
    order of the pass; and these with the edges to inputs that were not used."""
    found, closed = [], set()
    # What such a node had saved is no longer what it computed.
    changed = {(dict(e.facts)["saved_line"], dict(e.facts)["node"]) for e in run.ledger
               if e.kind == "changed_behind_autograd"}  # fmt: skip
    for number in ways.graph.order:
        node = ways.nodes[number]
        kind = operation(node.name)
        if kind not in _LOOKED_AT or (node.line, node.name) in changed:
            continue
        edges = [(edge, edge.gradient) for edge in ways.out.get(number, ())]
        sent = [(edge, own) for edge, own in edges if own is not None and own.size]
        # Counting zeros is cheaper than looking for the largest of what came.
        by_zeros = ways.are_finite and kind not in _SATURATING
        if by_zeros and all(np.count_nonzero(own) for _, own in sent):
            continue
        received = max(map(ways.largest, node.upstream), default=0.0)
        if not received > 0:
            continue
        for edge, own in sent:
            share = 0.0
            tiny = _TINY.get(own.itemsize, 0) if kind in _SATURATING else 0
            if tiny or not isfinite(received):
                share = ways.largest(own) / received
            elif np.count_nonzero(own):
                continue
            if share <= tiny:
                reason = _reason(ways, node, edge, kind, share, run)
                if reason is not None:
                    found.append((edge, reason))
                if reason is not None or kind in _UNUSING:
                    closed.add((edge.source, edge.slot))
    return found, frozenset(closed)


def _reason(ways: Ways, node: Node, edge: Edge, kind: str, share: float, run: Run) -> Reason | None:
    assert edge.gradient is not None  # noqa: S101
    facts = {"node": node.name, "size": int(edge.gradient.size), "node_line": node.line}
    line = node.line
    if kind in _FLAT:
        return "flat_operation", line, facts
    if kind in _DRAWN:
        return "drawn", line, facts
    if kind in _RELUS:
        zero = _zero_leaf_below(ways, edge, run)
        if zero is not None:
            return "relu_at_zero", zero[1], {**facts, "weight": zero[0]}
        return "relu_dead", line, facts
    if kind in _CLAMPS:
        return "clamped", line, facts
    if kind in _SATURATING:
        outer = [operation(n.name) for n in ways.above(node.id)]
        if kind == "Softmax" and outer[:1] == ["LogSoftmax"]:
            return "softmax_twice", line, {**facts, "share": share}
        if kind == "Softmax" and edge.gradient.shape[-1:] == (1,):
            return "flat_operation", line, facts  # a softmax over one element is always 1
        return "saturated", line, {**facts, "share": share, **_extreme(node)}
    if kind in _PRODUCTS:
        return _zero_operand(ways, node, edge, kind, facts, run)
    return None


def _extreme(node: Node) -> dict[str, Any]:
    for name in ("result", "self"):
        values = saved(node).get(name)
        if values is not None and values.size:
            return {"saved": name, "value": float(values.ravel()[np.abs(values).argmax()])}
    return {}


def _zero_leaf_below(ways: Ways, edge: Edge, run: Run) -> tuple[str, int] | None:
    """A weight that was zero throughout, whose product is what an edge leads to."""
    if edge.target is None or operation(ways.nodes[edge.target].name) not in _PRODUCTS:
        return None
    zero = {entry.name: entry.line for entry in run.ledger if entry.kind == "zero_leaf"}
    near = [edge.target]
    for number in near[:]:
        for way in ways.out.get(number, ()):
            target = ways.nodes[way.target or 0]
            if operation(target.name) in ("T", "Transpose", "View", "Permute"):
                near.append(target.id)
    bias = operation(ways.nodes[edge.target].name) == "Addmm"
    for number in near:
        for way in ways.out.get(number, ()):
            leaf = ways.nodes[way.target or 0]
            is_bias = bias and number == edge.target and way.slot == 0
            if leaf.kind == "leaf" and not is_bias and leaf.tensor in zero:
                return leaf.tensor or "", zero[leaf.tensor or ""] or leaf.line or 0
    return None


def _zero_operand(
    ways: Ways, node: Node, edge: Edge, kind: str, facts: dict[str, Any], run: Run
) -> Reason | None:
    name = _INPUTS[kind][edge.slot]
    other = _PRODUCTS[kind].get(name)
    values = saved(node).get(other or "")
    if other is None or values is None or values.any():
        return None
    slot = _INPUTS[kind].index(other)
    way = next((e for e in ways.graph.edges if e.source == node.id and e.slot == slot), None)
    leaf = None if way is None or way.target is None else ways.nodes[way.target]
    for below in () if leaf is None else ways.below([leaf.id]):
        entry = next(
            (e for e in run.ledger if e.kind == "zero_leaf" and e.name
             and e.name == ways.nodes[below].tensor), None)  # fmt: skip
        if entry is not None:
            return "zero_operand", entry.line or node.line, {**facts, "operand": entry.name}
    line, operand = _where_made(run, values, node.line or 0)
    return "zero_operand", line or node.line, {**facts, "operand": operand}


def _where_made(run: Run, values: Array, used: int) -> tuple[int | None, str]:
    """The line that assigned such a tensor of zeros to a name that stands on the line of its
    use."""
    # Of a line in another file, which watch() numbers on beyond the source, nothing is known.
    text = "".join(run.source.split("\n")[used - 1 : used])
    names = set(re.findall(r"\w+", text))
    for statement in reversed(run.statements):
        for name, view in statement.assigned.items():
            if isinstance(view, TensorView) and view.shape in (values.shape, values.shape[::-1]):
                if name in names and not view.values.any() and statement.line <= used:
                    return statement.line, name
    return None, ""
