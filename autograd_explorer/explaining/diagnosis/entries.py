"""Where a value that has lost its history enters a graph: an edge that leads to None.

The graph does not tell what a None stands for. So the value's names are followed through the
program's text, from the line on which it lost its history to the first operation that took it.
"""

import ast
from collections.abc import Iterator
from typing import Literal, NamedTuple

from autograd_explorer.explaining.diagnosis.syntax import tree_of
from autograd_explorer.explaining.diagnosis.ways import Ways, operation
from autograd_explorer.records import Edge, Node

_OPERATORS = {ast.Add: "Add", ast.Sub: "Sub", ast.Mult: "Mul", ast.Div: "Div", ast.Pow: "Pow"}
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class _Step(NamedTuple):
    """A statement without those it holds: the names that it .reads and .gives, its .tree."""

    first: int
    last: int
    reads: frozenset[str]
    gives: frozenset[str]
    tree: ast.AST


class Entry(NamedTuple):
    """The node where it is seen that a history was lost, and .slot of the edge to a None.

    .kind  "cut" a None stands for the value; "anew" it is a leaf now; "left" this result was its
           last node
    """

    node: int
    slot: int | None
    kind: Literal["cut", "anew", "left"]


def entry_of(source: str, line: int, called: str, ways: Ways) -> Entry | None:
    """Where the value enters that lost its history on a line; None where that is not certain.

    called  the name of the operation that lost it
    """
    steps = [*_steps(tree_of(source), ())]
    own = [i for i, step in enumerate(steps) if step.first <= line <= step.last]
    if not own:
        return None
    start = max(own, key=lambda i: steps[i].first)  # the innermost
    names = set(steps[start].gives)
    empty = [edge for edge in ways.graph.edges if edge.target is None]
    for step in (steps[start], *steps[start + 1 :], *steps[:start]):
        if step is not steps[start] and not step.reads & names:
            continue
        for node in ways.nodes:
            if (
                node.kind == "leaf"
                and _lies_in(node, step)
                and _called(node) & (names | step.gives)
            ):
                return Entry(node.id, None, "anew")
        edges = [edge for edge in empty if _lies_in(ways.nodes[edge.source], step)]
        if edges:
            inner = called if step is steps[start] else ""
            found = _taking(edges, step, names, inner, ways)
            return None if found is None else Entry(found.source, found.slot, "cut")
        names |= step.gives
    for node in ways.nodes:
        if _called(node) & steps[start].reads:
            return Entry(node.id, None, "left")
    return None


def _lies_in(node: Node, step: _Step) -> bool:
    return step.first <= (node.line or 0) <= step.last


def _called(node: Node) -> set[str]:
    return set((node.tensor or "").split(", ")) - {""}


def _taking(
    edges: list[Edge], step: _Step, names: set[str], called: str, ways: Ways
) -> Edge | None:
    """Of the edges to a None in one statement, that of the operation that takes the value."""

    def has_value(tree: ast.AST) -> bool:
        return any(
            isinstance(node, (ast.Name, ast.Attribute))
            and (node_name := _name(node))
            and (node_name in names or node_name == called)
            for node in ast.walk(tree)
        )

    def kind_of(edge: Edge) -> tuple[str, int]:
        return operation(ways.nodes[edge.source].name), edge.slot

    def only(edges: list[Edge]) -> Edge | None:
        return edges[0] if len({*map(kind_of, edges)}) == 1 else None  # of the turns of a loop one

    taking: set[tuple[str, int]] = set()
    others: set[tuple[str, int]] = set()
    for tree in ast.walk(step.tree):
        if isinstance(tree, ast.BinOp) and type(tree.op) in _OPERATORS:
            sides = [has_value(tree.left), has_value(tree.right)]
            for slot, has in enumerate(sides):
                place = _OPERATORS[type(tree.op)], slot
                (taking if has and not all(sides) else others).add(place)
    return (
        only(edges)
        or only([edge for edge in edges if kind_of(edge) in taking - others])
        or only([edge for edge in edges if kind_of(edge) not in others])
    )


def _steps(tree: ast.AST, inside: tuple[str, ...]) -> Iterator[_Step]:
    """All statements in the order of the text. What returns gives to the names of its function and
    class, whose users read those."""
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, ast.stmt):
            yield from _steps(child, inside)
            continue
        if isinstance(child, _Function):
            yield from _steps(child, (*inside, child.name))
            continue
        nodes = [*_own(child)]
        last = max((getattr(node, "end_lineno", 0) or 0 for node in nodes), default=child.lineno)
        names = [node for node in nodes if isinstance(node, (ast.Name, ast.Attribute))]
        gives = {_name(node) for node in names if not isinstance(node.ctx, ast.Load)}
        if isinstance(child, ast.Return):
            gives |= set(inside)
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Call):
            function = child.value.func  # kept.append(h)
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                gives.add(function.value.id)
        reads = {_name(node) for node in names if isinstance(node.ctx, ast.Load)}
        if isinstance(child, ast.AugAssign):
            reads |= gives
        yield _Step(child.lineno, last, frozenset(reads), frozenset(gives), child)
        yield from _steps(child, inside)


def _own(tree: ast.AST) -> Iterator[ast.AST]:
    """What a statement consists of, without the statements that it holds."""
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            yield child
            yield from _own(child)


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr
