"""What belongs together on a page: which nodes and lines a selection lights."""

from collections.abc import Set

import autograd_explorer as ax
from components.selection import Selection


def nodes_of(graph: ax.BackwardGraph, chosen: Selection) -> Set[int]:
    """The nodes a selection lights; none if it does not exist in this graph."""
    first = chosen.numbers[0]
    match chosen.kind:
        case "line":
            return {node.id for node in graph.nodes if node.line == first}
        case "node" | "edge":
            return {first} if first < len(graph.nodes) else set()
        case _:
            return {node.id for node in path_of_leaf(graph, chosen.name)}


def lines_of(graph: ax.BackwardGraph, chosen: Selection) -> Set[int | None]:
    """The lines that recorded those nodes."""
    return {graph.nodes[i].line for i in nodes_of(graph, chosen)} - {None}


def path_of_leaf(graph: ax.BackwardGraph, name: str) -> list[ax.Node]:
    """The nodes from the root to a leaf, where only one way leads there; else nothing."""
    leaf = next((node for node in graph.nodes if node.kind == "leaf" and node.tensor == name), None)
    if leaf is None:
        return []
    # All edges once, not once a node of the path: there may be 10,000 of each.
    user: dict[int, int | None] = {}
    for edge in graph.edges:
        if edge.target is not None:
            user[edge.target] = None if edge.target in user else edge.source
    path = [leaf]
    while path[-1].id != 0:
        above = user.get(path[-1].id)
        if above is None:
            return []
        path.append(graph.nodes[above])
    return path[::-1]
