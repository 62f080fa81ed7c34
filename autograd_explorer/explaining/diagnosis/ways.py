"""A backward graph with its edges at hand: what leads where, and what came of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np

from autograd_explorer.explaining.finite import all_finite
from autograd_explorer.records import Array, BackwardGraph, Edge, Node


class Ways:
    """.out edges from a node, .into edges to it, by its id."""

    def __init__(self, graph: BackwardGraph) -> None:
        self.graph = graph
        self.nodes = graph.nodes
        self.out: dict[int, list[Edge]] = {}
        self.into: dict[int, list[Edge]] = {}
        self._largest: dict[int, float] = {}  # by the id of an array, which the graph holds
        for edge in graph.edges:
            if edge.target is not None:
                self.out.setdefault(edge.source, []).append(edge)
                self.into.setdefault(edge.target, []).append(edge)

    @cached_property
    def are_finite(self) -> bool:
        """Whether all numbers on all edges are."""
        return all_finite([edge.gradient for edge in self.graph.edges])

    @cached_property
    def leaves(self) -> list[Node]:
        """The leaves that something arrived at."""
        return [node for node in self.nodes if node.kind == "leaf" and self.arrived(node)]

    def arrived(self, node: Node) -> list[Array]:
        """The gradients on the edges to a node."""
        return [e.gradient for e in self.into.get(node.id, ()) if e.gradient is not None]

    def largest(self, values: Array | None) -> float:
        """largest() of an array of the graph. What arrives at a node is often what was sent."""
        found = self._largest.get(id(values))
        if found is None:
            found = self._largest[id(values)] = largest(values)
        return found

    def largest_of_each(self, several: Sequence[Array | None]) -> list[float]:
        """largest() of each; of arrays that are alike, such as those of a loop's turns, at once."""
        arrays = [array for array in several if array is not None]
        alike = {(array.shape, array.dtype) for array in arrays}
        if len(arrays) < len(several) or len(alike) != 1 or not arrays[0].size:
            return [self.largest(values) for values in several]
        # Of arrays of one shape this is np.stack, in a third of the time.
        found: list[float] = np.abs(np.array(arrays)).reshape(len(arrays), -1).max(1).tolist()
        return found

    def below(
        self, start: Iterable[int], closed: frozenset[tuple[int, int]] = frozenset()
    ) -> set[int]:
        """The nodes that can be reached from some, but not along edges that are closed (source and
        slot)."""
        reached = set(start)
        queue = list(reached)
        for number in queue:
            for edge in self.out.get(number, ()):
                target = edge.target
                if target is not None and target not in reached:
                    if (number, edge.slot) not in closed:
                        reached.add(target)
                        queue.append(target)
        return reached

    def lead(self, start: int, end: int) -> bool:
        """Whether one node leads to another."""
        reached, queue = {start}, [start]
        for number in queue:
            if number == end:
                return True
            for edge in self.out.get(number, ()):
                target = edge.target
                if target is not None and target not in reached:
                    reached.add(target)
                    queue.append(target)
        return False

    def above(self, number: int) -> Iterator[Node]:
        """The nodes from which a gradient has come to a node, the nearest first."""
        seen, queue = {number}, [number]
        for reached in queue:
            for edge in self.into.get(reached, ()):
                if edge.source not in seen:
                    seen.add(edge.source)
                    queue.append(edge.source)
                    yield self.nodes[edge.source]


@lru_cache(maxsize=1024)
def operation(name: str) -> str:
    """ "Sqrt" of "SqrtBackward0"; "" of a name that is no operation of PyTorch's."""
    found = re.fullmatch(r"(\w+?)Backward\d+", name)
    return found[1] if found else ""


def saved(node: Node) -> dict[str, Array]:
    """The tensors that a node had saved."""
    return {one.name: one.values for one in node.saved if one.values is not None}


def plain(node: Node, name: str) -> object:
    return next((one.plain for one in node.saved if one.name == name), None)


def largest(values: Array | None) -> float:
    """The largest number in an array, without its sign; NaN where one is NaN."""
    if values is None or not values.size:
        return 0.0
    return float(np.abs(values).max())


def names_of(leaves: Iterable[Node]) -> str:
    return listed([leaf.tensor or "" for leaf in leaves])


def all_names(leaves: Iterable[Node]) -> tuple[str, ...]:
    return tuple(name for leaf in leaves for name in (leaf.tensor or "").split(", ") if name)


def listed(names: Iterable[str], most: int = 3) -> str:
    """ "w, b"; of many, the first, and "…"."""
    known = [name for name in dict.fromkeys(names) if name]
    return ", ".join(known[:most]) + (", …" if len(known) > most else "")
