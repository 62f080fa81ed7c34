"""What the annotations of a Run do not say, and is checked where one arrives (wire.py)."""

from typing import Any

from autograd_explorer.figures import hold
from autograd_explorer.records import BackwardGraph, Entry, Run, TensorView, shape_of

SCALARS = (bool, int, float, str, type(None))
_MOST_ENTRIES = 200  # of the ledger


class BadMessage(ValueError):
    """What has arrived is no Run."""


def checked(value: Any, holds: bool) -> Any:
    if not holds:
        raise BadMessage(repr(value)[:80])
    return value


def check(run: Run, source: str) -> None:
    """Numbers that stand for nodes, edges or passes are those of nodes, edges or passes that there
    are, and arrays have the shapes that are told of them."""
    graphs = {id(graph): graph for graph in (*run.backwards, run.graph) if graph is not None}
    for graph in graphs.values():
        _check_graph(graph, len(run.statements))
    nodes = len(run.graph.nodes) if run.graph else 0
    for statement in run.statements:
        holds = all(0 <= n < nodes for n in statement.nodes)
        holds &= all(0 <= n < len(run.backwards) for n in statement.backwards)
        checked(statement.line, holds and statement.line >= 1)
    views = [*run.variables.values()]
    views += [view for statement in run.statements for view in statement.assigned.values()]
    for view in views:
        if isinstance(view, TensorView):
            checked(view.shape, shape_of(view.values) == view.shape)
            checked(view.shape, view.grad is None or shape_of(view.grad) == view.shape)
    checked("ledger", len(run.ledger) <= _MOST_ENTRIES and all(map(_holds, run.ledger)))
    checked(run.source[:80], run.source == source)
    _check_reach(run.reach)
    checked("figures", hold(run.figures))


def _check_reach(reach: Any) -> None:
    """Positions are those of leaves, cuts and optimizers that there are."""
    leaves, cuts, holders = len(reach.leaves), len(reach.cuts), len(reach.holders)
    numbers = [n for cut in reach.cuts for n in cut.leaves]
    numbers += [n for root in reach.roots for n in root.reached]
    numbers += [n for holder in reach.holders for n in holder.replaced]
    checked("leaf", all(0 <= n < leaves for n in numbers))
    behind = [*reach.steering, *[n for root in reach.roots for n in root.cuts]]
    checked("cut", all(0 <= n < cuts for n in behind))
    checked("holder", all(0 <= n < holders for leaf in reach.leaves for n in leaf.holders))
    for holder in reach.holders:
        same = len(holder.paths) == len(holder.replaced) == len(holder.replaced_on)
        checked("holder", same)


def _holds(entry: Entry) -> bool:
    """Whether an entry's facts are pairs of a name and something plain."""
    pairs = type(entry.facts) is tuple and all(
        type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str for pair in entry.facts
    )
    return entry.line >= 0 and pairs and all(type(v) in SCALARS for _, v in entry.facts)


def _check_graph(graph: BackwardGraph, statements: int) -> None:
    count = len(graph.nodes)
    checked(count, count > 0 and all(node.id == i for i, node in enumerate(graph.nodes)))
    checked("order", all(0 <= number < count for number in graph.order))
    checked("recorded", len(graph.recorded) in (0, count))
    checked("recorded", all(0 <= number < statements for number in graph.recorded))
    checked("calls", all(-1 <= call.above < i for i, call in enumerate(graph.calls)))
    checked("ages", len(graph.ages) in (0, count) and all(-1 <= age < count for age in graph.ages))
    for node in graph.nodes:
        checked("call", -1 <= node.call < len(graph.calls))
        checked(node.id, len(node.upstream) <= len(node.shapes) and node.name != "")
    for edge in graph.edges:
        there = edge.target is None or 0 <= edge.target < count
        checked("edge", there and 0 <= edge.source < count and edge.slot >= 0 <= edge.input_nr)
