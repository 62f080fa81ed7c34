"""A pass of a watched program as statements: what recorded it, line by line, and the call that ran
it. A run of the interpreter has them anyway; here they are told by the notes on the nodes."""

from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from autograd_explorer.recording.passes import Pass
from autograd_explorer.records import Node, PlainView, Run, Statement, View


class Call(NamedTuple):
    """What ran a pass: the .line that called it, and the .root that it began at, if small."""

    line: int
    root: View | None


def told_by(run: Run, made: Pass, call: Call) -> Run:
    """The run with this pass alone, and with the statements that recorded nodes of it, in their
    order, as its .statements. Of each, .assigned has the shapes of the results with a name."""
    graph = made.graph
    nodes: dict[int, list[Node]] = {}
    for node, owner in zip(graph.nodes, made.owners, strict=True):
        nodes.setdefault(owner, []).append(node)
    turns: Counter[int] = Counter()
    statements = []
    for owner in sorted(nodes):
        line = _line(nodes[owner])
        turns[line] += 1
        assigned = {
            node.tensor: _shape(node) for node in nodes[owner][::-1]
            if node.kind == "operation" and node.tensor
        }  # fmt: skip
        if graph.nodes[0] in nodes[owner] and call.root is not None:
            assigned[graph.nodes[0].tensor or ""] = call.root
        ids = tuple(node.id for node in nodes[owner])
        statements.append(
            Statement(line, line, MappingProxyType(assigned), "", ids, (), turns[line])
        )
    turns[call.line] += 1
    statements.append(
        Statement(call.line, call.line, MappingProxyType({}), "", (), (0,), turns[call.line])
    )
    graph = made.placed(sorted(nodes))
    return replace(run, statements=tuple(statements), backwards=(graph,), graph=graph)


def _line(nodes: list[Node]) -> int:
    """The line of a statement: a leaf's own is the one that made the leaf."""
    lines = [node.line for node in nodes if node.kind == "operation" and node.line]
    return lines[0] if lines else next((node.line for node in nodes if node.line), 0)


def _shape(node: Node) -> View:
    return PlainView("Tensor", str(tuple(node.shapes[0])) if node.shapes else "")
