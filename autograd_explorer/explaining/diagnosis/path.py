"""The path of a gradient through a graph: how far it came, and what became of it there."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from autograd_explorer.explaining.diagnosis.entries import entry_of
from autograd_explorer.explaining.diagnosis.finding import Finding
from autograd_explorer.explaining.diagnosis.nonfinite import first_nonfinite
from autograd_explorer.explaining.diagnosis.ways import Ways
from autograd_explorer.explaining.finite import nonfinite
from autograd_explorer.records import BackwardGraph, Edge, Node, Run

What = Literal["nan", "inf", "nan_value", "inf_value", "zero", "part", "silent", "cut", "anew",
               "left", "late", "unnamed", "through", "here"]  # fmt: skip
_DEAD = 1e-3  # of what a node received, what it sends on an edge at most where it lets nothing pass


class Path(NamedTuple):
    """Where a gradient came in a graph, and no further.

    .at      the node where it happens; with .slot it is the None that this edge of it leads to
    .what    "nan" or "inf" begin in the gradient here, "nan_value" or "inf_value" in the forward
             pass; "zero" from here on; "part" only some of it goes on; "silent" the node passed on
             nothing; "cut" what enters here has lost its history; "anew" it is a new leaf; "left"
             what was computed here has lost it afterwards; "late" what enters here did not require
             a gradient yet; "unnamed" it arrives here, at a leaf without a name; "through" it
             passes here, and is not kept; "here" something else happens
    .edges   that the gradient has passed until there, as (source, slot)
    .behind  those beyond, on which only zeros travel
    """

    at: int
    slot: int | None
    what: What
    edges: frozenset[tuple[int, int]] = frozenset()
    behind: frozenset[tuple[int, int]] = frozenset()


def path_of(run: Run, finding: Finding, graph: BackwardGraph) -> Path | None:
    """The path that a finding is about, through one graph of its run; None where the graph has no
    place for it."""
    ways = Ways(graph)
    place = _place(run, finding, ways)
    if place is None:
        return None
    at, slot, what = place
    above = {at, *(node.id for node in ways.above(at))}
    passed = frozenset(
        (edge.source, edge.slot)
        for edge in graph.edges
        if edge.source in above and edge.target in above and edge.gradient is not None
    )
    behind = _behind(ways, ways.nodes[at]) if what == "zero" else frozenset()
    return Path(at, slot, what, passed - behind, behind)


Place = tuple[int, int | None, What]


def _place(run: Run, finding: Finding, ways: Ways) -> Place | None:
    facts = finding.facts
    if finding.status == "nonfinite":
        return _of_nonfinite(finding, ways)
    if "at" in facts and "operation" in facts:
        return entry_of(run.source, facts["at"], facts["operation"], ways)
    if finding.cause == "flag_too_late":
        entry = entry_of(run.source, facts["used"], finding.name, ways)
        return None if entry is None else (entry.node, entry.slot, "late")
    if finding.cause == "leaf_without_a_name":
        return _first(ways, "unnamed", kind="leaf", line=finding.line, tensor=None)
    if finding.cause == "not_a_leaf":
        return _first(ways, "through", kind="operation", tensor=finding.name)
    if finding.cause == "not_handed_on":
        return _first(ways, "silent", name=facts["function"], line=finding.line)
    nodes = [*_named(finding, ways)]
    if not nodes:
        return None
    if finding.status == "zero":
        node = next((node for node in nodes if _dead_edges(ways, node)), nodes[0])
        return node.id, None, "zero"
    return nodes[-1].id, None, "part" if finding.status == "partial" else "here"


def _named(finding: Finding, ways: Ways) -> Iterator[Node]:
    """The nodes that a finding names, in the order of the pass; in a loop there are several."""
    facts = finding.facts
    line = facts.get("node_line", facts.get("saved_line", finding.line))
    for number in ways.graph.order or range(len(ways.nodes)):
        node = ways.nodes[number]
        if node.name == facts.get("node") and (node.line == line or finding.cause == "padding"):
            yield node


def _of_nonfinite(finding: Finding, ways: Ways) -> Place | None:
    nodes = [*_named(finding, ways)]
    start = first_nonfinite(ways)
    if start is not None and (start[0] in nodes or not nodes):
        return start[0].id, None, nonfinite(start[1].gradient) or "nan"
    if not nodes:
        return None
    return nodes[-1].id, None, "nan_value" if finding.facts["kind"] == "nan" else "inf_value"


def _first(ways: Ways, what: What, **known: object) -> Place | None:
    """The first node that has these attributes."""
    for node in ways.nodes:
        if all(getattr(node, name) == value for name, value in known.items()):
            return node.id, None, what
    return None


def _dead_edges(ways: Ways, node: Node) -> list[Edge]:
    """The edges on which a node sent nothing, although it had received something."""
    received = max(map(ways.largest, node.upstream), default=0.0)
    return [
        edge
        for edge in ways.out.get(node.id, ())
        if edge.gradient is not None and ways.largest(edge.gradient) <= _DEAD * received
    ]


def _behind(ways: Ways, node: Node) -> frozenset[tuple[int, int]]:
    """Those edges and all that can be reached by them alone."""
    dead = _dead_edges(ways, node)
    closed = frozenset((edge.source, edge.slot) for edge in dead)
    lost = ways.below([edge.target for edge in dead if edge.target is not None])
    lost -= ways.below([0], closed)
    return closed | {
        (edge.source, edge.slot)
        for number in lost
        for edge in ways.out.get(number, ())
        if edge.gradient is not None
    }
