"""Gradients and losses that are NaN or infinite: where it began, and by what."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograd_explorer.explaining.diagnosis.finding import Finding
from autograd_explorer.explaining.diagnosis.ways import (
    Ways,
    all_names,
    largest,
    names_of,
    operation,
    saved,
)
from autograd_explorer.explaining.finite import all_finite, nonfinite
from autograd_explorer.records import Array, BackwardGraph, Edge, Entry, Node, Run

CAUSES = (
    "custom_backward", "divided_by_zero", "exploding", "infinite_slope", "masked_row",
    "mean_of_nothing", "nan_in_data", "nan_in_forward", "out_of_domain", "overflow",
    "spread_of_one", "zero_times_inf",
)  # fmt: skip
# What hands the gradient 0 to the elements that it has not chosen.
_CHOOSING = {"Where", "MaskedFill", "MaskedSelect", "NanToNum", "Index", "Slice", "Select", "Clamp",
             "ClampMin", "ClampMax", "IndexSelect", "Gather", "Maximum", "Minimum"}  # fmt: skip
_SOFTMAX = {"Softmax", "LogSoftmax", "SafeSoftmax"}
_MEANS = {"NllLoss", "NllLoss2D", "Mean", "NllLossNd"}
_SPREADS = {"Std", "Var", "StdMean", "VarMean"}
_DOMAINS = {"Sqrt", "Log", "Log2", "Log10", "Log1P", "Acos", "Asin", "Acosh", "Atanh", "Pow",
            "Rsqrt", "Lgamma", "Xlogy", "Special", "Digamma", "LogSigmoid"}  # fmt: skip
_QUOTIENTS = {"Div", "Reciprocal", "Remainder"}
_LOGS = {"Log", "Log2", "Log10", "Rsqrt"}
_HUGE = 1e15


def nonfinite_findings(run: Run, passes: Sequence[Ways]) -> Iterator[Finding]:
    """One finding for each beginning, whichever leaves it has reached. In the later turns of a loop
    everything follows from the first."""
    spreads = {heard.line for heard in run.warnings if "degrees of freedom" in heard.message}
    values = [_Value(entry, spreads) for entry in run.ledger if entry.kind == "nonfinite"]
    seen: set[tuple[str, int | None]] = set()
    lines: set[int | None] = set()
    for number, ways in enumerate(passes, 1):
        root = ways.nodes[0]
        finding = None if root.line in lines else _of_pass(ways, values)
        if finding is not None:
            lines.add(root.line)
        if finding is not None and (finding.cause, finding.line) not in seen:
            seen.add((finding.cause, finding.line))
            facts = {**finding.facts, "in_pass": number}
            yield Finding(finding.name, "nonfinite", "alarm", finding.cause, finding.line, facts)
    first = next((value for value in values if value.kind == "nan"), None)
    if first is not None and not run.backwards:
        cause, line, facts = _of_value(first, values, run.graph)
        yield Finding("", "nonfinite", "fact", cause, line, facts)


class _Value:
    """A value that was not finite: .kind of it, .line and .operation that made it, .row the length
    of a row that is -inf throughout, or 0; .is_spread whether PyTorch has warned on that line that
    there were too few numbers for a spread."""

    def __init__(self, entry: Entry, spreads: set[int]) -> None:
        self.is_spread = entry.line in spreads
        facts: dict[str, Any] = dict(entry.facts)
        self.line, self.node = entry.line, entry.name
        self.kind, self.row = facts["kind"], facts["row"]
        self.facts = {key: facts[key] for key in ("kind", "count", "size")}


def _of_pass(ways: Ways, values: list[_Value]) -> Finding | None:
    graph = ways.graph
    root = graph.nodes[0]
    lost = [v for v in values if v.kind != "-inf" and (v.line, v.node) == (root.line, root.name)]
    if ways.are_finite:
        if not lost:
            return None
        origin = _origin(graph, values, "nan" if lost[0].kind == "nan" else "inf") or lost[0]
        cause, line, facts = _of_value(origin, values, graph)
        return Finding(root.tensor or "", "nonfinite", "alarm", cause, line,
                       {**facts, "where": "loss"})  # fmt: skip
    start = first_nonfinite(ways)
    bad = [leaf for leaf in ways.leaves if not all_finite(ways.arrived(leaf))]
    if start is None or not bad:
        return None
    cause, line, facts = _explain(ways, *start, values)
    facts |= {"where": "gradient", "leaves": len(bad), "names": all_names(bad)}
    return Finding(names_of(bad), "nonfinite", "alarm", cause, line, facts)


def first_nonfinite(ways: Ways) -> tuple[Node, Edge] | None:
    """The first node in the order of the pass that received finite numbers and sent others, and the
    edge that it sent them on."""
    for number in ways.graph.order:
        node = ways.nodes[number]
        if all_finite(node.upstream):
            for edge in ways.out.get(number, ()):
                if nonfinite(edge.gradient):
                    return node, edge
    return None


Reason = tuple[str, int | None, dict[str, Any]]


def _explain(ways: Ways, node: Node, edge: Edge, values: list[_Value]) -> Reason:
    """Why a node that received finite numbers sent others."""
    gradient = edge.gradient
    assert gradient is not None  # noqa: S101
    bad = ~np.isfinite(gradient)
    cell = tuple(int(i) for i in np.argwhere(bad)[0]) if gradient.ndim else ()
    facts = {
        "node": node.name, "kind": nonfinite(gradient), "count": int(bad.sum()),
        "size": int(gradient.size), "cell": str(list(cell)) if cell else "",
        "node_line": node.line,
    }  # fmt: skip
    held = saved(node)
    worst = max((nonfinite(array) for array in held.values()), key=_rank, default="")
    if operation(node.name) in _SOFTMAX and worst == "nan":
        row = next((v for v in values if v.row and v.row == gradient.shape[-1]), None)
        if row is not None or not values:
            return "masked_row", row.line if row else node.line, facts
    upstream = node.upstream[0] if node.upstream else None
    stopped = _stopped_at(upstream, bad)
    chosen = stopped and any(operation(n.name) in _CHOOSING for n in ways.above(node.id))
    if chosen and operation(node.name):
        origin = _origin(ways.graph, values, worst)
        same = origin is None or origin.node == node.name or worst == ""
        return "zero_times_inf", node.line if same else origin.line, facts  # type: ignore[union-attr]
    if worst:
        if worst == "inf" and not any(np.isposinf(a).any() for a in held.values()):
            made = next((value for value in values if _is_log_of_zero(value)), None)
            if made is not None:
                return _of_value(made, values, ways.graph)
            return "zero_times_inf", node.line, facts
        origin = _origin(ways.graph, values, worst)
        if origin is not None:
            cause, line, more = _of_value(origin, values, ways.graph)
            return cause, line, {**facts, **more, "node": origin.node}
        hidden = _hidden(ways.graph)
        if hidden is not None:
            cause, line, more = _of_node(hidden, worst)
            return cause, line, {**facts, **more}
    if not operation(node.name):
        return "custom_backward", node.line, facts
    if operation(node.name) in _SPREADS:
        return "spread_of_one", node.line, facts
    if operation(node.name) in _QUOTIENTS:
        return "divided_by_zero", node.line, facts
    if largest(upstream) > _HUGE:
        return "exploding", node.line, facts
    return "infinite_slope", node.line, {**facts, **_at(held, gradient, cell)}


def _rank(kind: str) -> int:
    return ("", "inf", "nan").index(kind)


def _stopped_at(upstream: Array | None, bad: Array) -> bool:
    """Whether 0 arrived at the elements whose gradient is not finite."""
    if upstream is None:
        return False
    if upstream.shape != bad.shape:
        return not upstream.any()
    return not upstream[bad].any()


def _at(held: dict[str, Array], gradient: Array, cell: tuple[int, ...]) -> dict[str, Any]:
    """The number at which the slope was infinite."""
    for name, array in held.items():
        if array.shape == gradient.shape and name in ("self", "result", "other"):
            number = array[cell]
            if np.isrealobj(array):
                return {"saved": name, "value": float(number)}
    return {}


def _origin(graph: BackwardGraph, values: list[_Value], kind: str) -> _Value | None:
    """The first value of a kind that was made on the way to this pass; else the first in what was
    given to it."""
    known = {(node.line, node.name) for node in graph.nodes}
    wanted = [value for value in values if value.kind == kind]
    own = [value for value in wanted if (value.line, value.node) in known]
    given = [value for value in wanted if not value.node]
    first = own[0] if own else None
    if given and (first is None or values.index(given[0]) < values.index(first)):
        return given[0]
    return first


def _of_value(value: _Value, values: list[_Value], graph: BackwardGraph | None) -> Reason:
    """The cause of a value that was made in the forward pass."""
    before = values[: values.index(value)]
    kind = operation(value.node)
    facts = {**value.facts, "node": value.node, "node_line": value.line}
    row = next((v for v in before if v.row), None)
    if kind in _SOFTMAX and row is not None:
        return "masked_row", row.line, facts
    low = next((v for v in before if _is_log_of_zero(v)), None)
    if low is not None:
        return _of_value(low, values, graph)
    if value.kind == "nan":
        if kind in _MEANS and _is_of_nothing(value, graph):
            return "mean_of_nothing", value.line, facts
        if value.is_spread or (kind in _SPREADS and not before):
            return "spread_of_one", value.line, facts
        infinite = next((v for v in before if v.kind == "inf"), None)
        if infinite is not None:
            return _of_value(infinite, values, graph)
        if any(v.kind == "-inf" for v in before):
            return "zero_times_inf", value.line, facts
        if kind in _DOMAINS:
            return "out_of_domain", value.line, facts
        if kind in _QUOTIENTS:
            return "divided_by_zero", value.line, facts
        return ("nan_in_forward" if value.node else "nan_in_data"), value.line, facts
    if kind in _QUOTIENTS:
        return "divided_by_zero", value.line, facts
    if kind in _LOGS:
        return "infinite_slope", value.line, facts
    return "overflow", value.line, facts


def _is_log_of_zero(value: _Value) -> bool:
    """Whether a -inf is a logarithm of 0, and not a mask."""
    return value.kind == "-inf" and operation(value.node) in _LOGS


def _is_of_nothing(value: _Value, graph: BackwardGraph | None) -> bool:
    """Whether a mean was taken over no elements, or over targets that are all left out."""
    nodes = () if graph is None else graph.nodes
    node = next((n for n in nodes if (n.line, n.name) == (value.line, value.node)), None)
    if graph is None or node is None:
        return False
    total = saved(node).get("total_weight")
    inputs = [graph.nodes[e.target].shapes[e.input_nr] for e in graph.edges
              if e.source == node.id and e.target is not None]  # fmt: skip
    return (total is not None and not total.any()) or any(0 in shape for shape in inputs)


def _hidden(graph: BackwardGraph) -> Node | None:
    """The first operation, as the forward pass ran them, whose result is known not to be finite."""
    for number in reversed(graph.order):
        result = saved(graph.nodes[number]).get("result")
        if result is not None and nonfinite(result):
            return graph.nodes[number]
    return None


def _of_node(node: Node, kind: str) -> Reason:
    """The cause where the value was made inside one of PyTorch's own functions."""
    name = operation(node.name)
    facts = {"node": node.name, "kind": kind}
    if name in _SOFTMAX:
        return "masked_row", node.line, facts
    if name in _SPREADS:
        return "spread_of_one", node.line, facts
    if name in _DOMAINS and kind == "nan":
        return "out_of_domain", node.line, facts
    return ("overflow" if kind == "inf" else "nan_in_forward"), node.line, facts
