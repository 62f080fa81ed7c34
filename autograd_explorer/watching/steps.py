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
    graph, owners = made.graph, _owners(made)
    nodes: dict[int, list[Node]] = {}
    for node, owner in zip(graph.nodes, owners, strict=True):
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
    turn = max(1, turns[call.line])  # also where the line has recorded the loss as well
    ran = MappingProxyType[str, View]({})
    statements.append(Statement(call.line, call.line, ran, "", (), (0,), turn))
    graph = made.placed(sorted(nodes), owners)
    return replace(run, statements=tuple(statements), backwards=(graph,), graph=graph)


def _owners(made: Pass) -> tuple[int, ...]:
    """The statements that recorded the nodes. A leaf's node may be older than the pass: it belongs
    to the first statement that has used it here."""
    users: dict[int, int] = {}
    for edge in made.graph.edges:
        if edge.target is not None:
            by = made.owners[edge.source]
            users[edge.target] = min(by, users.get(edge.target, by))
    return tuple(
        users.get(node.id, owner) if node.kind == "leaf" else owner
        for node, owner in zip(made.graph.nodes, made.owners, strict=True)
    )


def _line(nodes: list[Node]) -> int:
    """The line of a statement: a leaf's own is the one that made the leaf."""
    lines = [node.line for node in nodes if node.kind == "operation" and node.line]
    return lines[0] if lines else next((node.line for node in nodes if node.line), 0)


def _shape(node: Node) -> View:
    return PlainView("Tensor", str(tuple(node.shapes[0])) if node.shapes else "")
