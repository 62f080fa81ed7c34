"""A large graph as boxes within boxes: by the calls of its modules, by what repeats, by its lines.

Every box stands for nodes that were recorded one after the other. An edge leads from a node to one
that was recorded earlier, so that no two boxes can each lead to the other, whatever a program does;
and leaves, from which no edge leads on, stand beside whoever uses them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Literal

import autograd_explorer as ax
from components.graph_view.clock import Clock
from components.graph_view.layout import Link, layers_of
from components.graph_view.repeats import runs, whole_turns

MOST_BOXES = 30  # of an opening view; a graph that has no more is drawn as it is
_MOST_PARTS = 22  # of one box, without leaves; more of them go by lines, or by numbers
_PIECE = 16  # parts that go together where nothing else tells what belongs together
_MOST_SINKS = 8  # leaves, and inputs that need no gradient, before those of a large box fold
_DEEPEST = 12  # modules in modules

Kind = Literal["all", "module", "turns", "turn", "lines", "leaves", "reshape"]


@dataclass(slots=True, eq=False)
class Group:
    """A box that holds others.

    .kind   "module" a call of one; "turns" the same several times, each of which is a "turn", or a
            module; "lines" of the program; "leaves"; "reshape" the same numbers in another shape
    .call   the number of the module's call, or -1
    .parts  nodes and groups, the latest recorded first, then leaves; of turns the first one first
    """

    kind: Kind
    call: int = -1
    parts: "list[int | Group]" = field(default_factory=list)
    above: "Group | None" = None
    depth: int = 0
    number: int = 0


@dataclass(slots=True)
class Tree:
    """.root and all .groups, each after the one that holds it; .home of each box; .sizes, how many
    nodes each group holds; .anchors, a node of each."""

    root: Group
    groups: list[Group]
    home: list[Group]
    sizes: list[int]
    anchors: list[int]

    def around(self, box: int) -> list[Group]:
        """The groups that hold a box, the innermost first, without the root."""
        found = []
        group: Group | None = self.home[box]
        while group is not None and group.above is not None:
            found.append(group)
            group = group.above
        return found


def tree_of(
    graph: ax.BackwardGraph, links: Sequence[Link], chains: Sequence[Sequence[int]], clock: Clock
) -> Tree:
    """The boxes of a graph in the boxes that hold them.

    links   between boxes; those after the nodes are inputs that need no gradient
    chains  nodes of which each only hands on the numbers of the one before
    """
    order = _order(graph, links, clock)
    builder = _Builder(graph, chains, clock)
    root = Group("all", parts=builder.within(builder.by_calls(order, 0)))
    _place(root, graph, links, clock)
    _dissolve(root)
    for group in _all(root):
        _fold_sinks(group, len(graph.nodes), graph)
    return _counted(root, graph, links)


def _order(graph: ax.BackwardGraph, links: Sequence[Link], clock: Clock) -> list[int]:
    """The nodes that are no leaves, the first recorded first: each after all that it leads to."""
    nodes, ages = graph.nodes, graph.ages
    inner = [node.id for node in nodes if node.kind == "operation"]
    if ages and all(
        ages[source] > ages[target]
        for part in clock.parts(links)
        for source, target in part
        if target < len(nodes)
    ):
        return sorted(inner, key=ages.__getitem__)
    layers = layers_of(1 + max((max(link) for link in links), default=0), links, clock)
    return sorted(inner, key=lambda node: -layers[node])


class _Builder:
    """Makes groups of nodes in the order in which they were recorded."""

    def __init__(
        self, graph: ax.BackwardGraph, chains: Sequence[Sequence[int]], clock: Clock
    ) -> None:
        self.graph, self._clock = graph, clock
        self._handed = {pair for chain in chains for pair in pairwise(chain)}
        self._around: dict[int, tuple[int, ...]] = {-1: ()}
        for number, call in enumerate(graph.calls):
            self._around[number] = (*self._around[call.above], number)[:_DEEPEST]
        self._signs: dict[object, int] = {}
        self._signed: dict[Group, int] = {}

    def by_calls(self, order: Sequence[int], depth: int) -> list[int | Group]:
        """Nodes of one call go together, and in it those of the calls that it made."""

        def call_at(node: int) -> int:
            around = self._around[self.graph.nodes[node].call]
            return around[depth] if len(around) > depth else -1

        parts: list[int | Group] = []
        for call, several in groupby(order, call_at):
            if call == -1:
                parts += several
            else:
                inner = self.by_calls(list(several), depth + 1)
                group = Group("module", call)
                self._signed[group] = self._sign(
                    (self.graph.calls[call].kind, *map(self._sign_of, inner))
                )
                group.parts = self.within(inner)
                parts.append(group)
        return parts

    def within(self, parts: list[int | Group]) -> list[int | Group]:
        """Parts of one box with what repeats gathered, and so few that they can be looked at."""
        self._clock.over()
        return _in_pieces(self._by_lines(self._repeated(self._reshaping(parts))), "lines")

    def _sign(self, what: object) -> int:
        return self._signs.setdefault(what, len(self._signs))

    def _sign_of(self, part: int | Group) -> int:
        """Equal for parts that do the same on the same lines."""
        if isinstance(part, Group):
            if part not in self._signed:
                self._signed[part] = self._sign((part.kind, *map(self._sign_of, part.parts)))
            return self._signed[part]
        node = self.graph.nodes[part]
        return self._sign((node.name, node.line, node.file))

    def _reshaping(self, parts: list[int | Group]) -> list[int | Group]:
        """Chains that stand in a row, each as one. A chain is in the order of backward."""
        found: list[int | Group] = []
        for part in parts:
            last = found[-1] if found else None
            end = last.parts[-1] if isinstance(last, Group) and last.kind == "reshape" else last
            if (part, end) not in self._handed:
                found.append(part)
            elif isinstance(last, Group):
                last.parts.append(part)
            else:
                found[-1] = Group("reshape", parts=[end, part])  # type: ignore[list-item]
        return found

    def _repeated(self, parts: list[int | Group]) -> list[int | Group]:
        """Parts with those that come again and again gathered, turn by turn: lines of the program,
        whatever they recorded each time, and modules. Within a line, its nodes are compared."""
        rows: list[list[int | Group]] = []
        for part in parts:
            if rows and self._place(part) == self._place(rows[-1][-1]):
                rows[-1].append(part)
            else:
                rows.append([part])
        paths = Counter(self._path(row[0]) for row in rows)
        signs = [self._sign_of_row(row, paths) for row in rows]
        found: list[int | Group] = []
        begins = {signs[i] for i, row in enumerate(rows) if not self._path(row[0])}
        for turns in whole_turns(runs(signs), signs, begins):
            if len(turns) > 1:
                found.append(self._loop([[p for i in turn for p in rows[i]] for turn in turns]))
            else:
                for i in turns[0]:
                    found += self._repeated_in_line(rows[i])
        return found

    def _repeated_in_line(self, row: list[int | Group]) -> list[int | Group]:
        """The last turn is complete, so turns are counted from the end; the first may lack what was
        not recorded yet, since nothing that it began with needed a gradient."""
        signs = [self._sign_of(part) for part in row]
        last = len(row) - 1
        backwards = [
            [[last - i for i in reversed(turn)] for turn in reversed(turns)]
            for turns in runs(signs[::-1])
        ]
        found: list[int | Group] = []
        first: list[int] = []  # what the first turn of a loop may be
        for turns in reversed(backwards):
            if len(turns) == 1:
                found += [row[i] for i in turns[0]]
                first = turns[0]
                continue
            whole = iter(signs[i] for i in turns[0])
            if first and all(signs[i] in whole for i in first):
                del found[-len(first) :]
                turns = [first, *turns]
            found.append(self._loop([[row[i] for i in turn] for turn in turns]))
            first = []
        return found

    def _loop(self, turns: list[list[int | Group]]) -> Group:
        loop = Group("turns")
        for turn in turns:
            only = turn[0]
            is_module = len(turn) == 1 and isinstance(only, Group) and only.kind == "module"
            loop.parts.append(only if is_module else Group("turn", parts=self.within(turn)))
        return loop

    def _place(self, part: int | Group) -> object:
        """Where a part was recorded; a module stands for itself."""
        while isinstance(part, Group):
            if part.kind != "reshape":
                return part
            part = part.parts[0]
        return self.graph.nodes[part].line, self.graph.nodes[part].file

    def _path(self, part: int | Group) -> str:
        is_module = isinstance(part, Group) and part.call >= 0
        return self.graph.calls[part.call].module if is_module else ""  # type: ignore[union-attr]

    def _sign_of_row(self, row: list[int | Group], paths: Counter[str]) -> int:
        """Equal for the same line, for calls of one module, and for modules of one structure."""
        path = self._path(row[0])
        if not path:
            place = self._place(row[0])
            return self._sign_of(row[0]) if isinstance(place, Group) else self._sign(place)
        return self._sign(path) if paths[path] > 1 else self._sign_of(row[0])

    def _by_lines(self, parts: list[int | Group]) -> list[int | Group]:
        """Of too many parts, nodes that the same line recorded in a row go together."""
        if len(parts) <= _MOST_PARTS:
            return parts

        found: list[int | Group] = []
        for _, several in groupby(parts, self._place):
            row = list(several)
            if len(row) == len(parts):
                return row
            found += row if len(row) == 1 else [Group("lines", parts=_in_pieces(row, "lines"))]
        return found


def _in_pieces(parts: list[int | Group], kind: Kind, most: int = _MOST_PARTS) -> list[int | Group]:
    """Parts as they are, or, of too many, several boxes that hold some of them each."""
    while len(parts) > most:
        parts = [Group(kind, parts=parts[i : i + _PIECE]) for i in range(0, len(parts), _PIECE)]
    return parts


def _all(root: Group) -> list[Group]:
    """All groups, each after the one that holds it."""
    found = [root]
    for group in found:
        found += [part for part in group.parts if isinstance(part, Group)]
    return found


def _place(root: Group, graph: ax.BackwardGraph, links: Sequence[Link], clock: Clock) -> None:
    """Put every leaf into the innermost group that holds all who use it, and say of each group
    which one holds it."""
    home: dict[int, Group] = {}
    for group in _all(root):
        if group.kind != "turns":
            group.parts.reverse()
        for part in group.parts:
            if isinstance(part, Group):
                part.above, part.depth = group, group.depth + 1
            else:
                home[part] = group
    sinks: dict[int, Group] = {}
    for several in clock.parts(links):
        for source, target in several:
            if target not in home:
                known = sinks.get(target)
                sinks[target] = home[source] if known is None else _common(known, home[source])
    for node in graph.nodes:  # a graph of nothing but a leaf
        if node.id not in home and node.id not in sinks:
            sinks[node.id] = root
    for box, group in sorted(sinks.items()):
        while group.kind == "turns" and group.above is not None:
            group = group.above
        group.parts.append(box)


def _common(one: Group, other: Group) -> Group:
    """The innermost group that holds both."""
    while one is not other:
        if one.depth < other.depth:
            one, other = other, one
        if one.above is None:
            return one
        one = one.above
    return one


def _dissolve(root: Group) -> None:
    """A group that holds only one thing is no help; of a turn, that is all there is to see."""
    for group in reversed(_all(root)):
        if group.kind == "turns":
            continue
        group.parts = [
            part.parts[0]
            if isinstance(part, Group) and len(part.parts) == 1 and part.kind != "turns"
            else part
            for part in group.parts
        ]
        only = group.parts[0] if len(group.parts) == 1 else None
        if group.kind in ("lines", "turn") and isinstance(only, Group) and only.kind == "lines":
            group.parts = only.parts


def _fold_sinks(group: Group, nodes: int, graph: ax.BackwardGraph) -> None:
    """Of too many leaves, and inputs that need no gradient, fold those that stand in one box."""

    def is_sink(part: int | Group) -> bool:
        return not isinstance(part, Group) and (part >= nodes or graph.nodes[part].kind == "leaf")

    if group.kind in ("turns", "leaves") or len(group.parts) <= _MOST_PARTS:
        return
    sinks: list[int | Group] = [part for part in group.parts if is_sink(part)]
    if len(sinks) <= _MOST_SINKS:
        return
    group.parts = [part for part in group.parts if not is_sink(part)]
    group.parts += _in_pieces(sinks, "leaves", _MOST_SINKS)


def _counted(root: Group, graph: ax.BackwardGraph, links: Sequence[Link]) -> Tree:
    groups = _all(root)
    count = max([len(graph.nodes), *(1 + target for _, target in links[-1:])])
    count = max(count, 1 + max((target for _, target in links), default=0))
    home = [root] * count
    sizes, anchors = [0] * len(groups), [0] * len(groups)
    for number, group in enumerate(groups):
        group.number = number
        for part in group.parts:
            if isinstance(part, Group):
                part.above, part.depth = group, group.depth + 1
            else:
                home[part] = group
    for group in reversed(groups):
        boxes = [part for part in group.parts if not isinstance(part, Group)]
        inner = [part.number for part in group.parts if isinstance(part, Group)]
        sizes[group.number] = sum(box < len(graph.nodes) for box in boxes)
        sizes[group.number] += sum(sizes[number] for number in inner)
        anchors[group.number] = boxes[0] if boxes else anchors[inner[0]]
    return Tree(root, groups, home, sizes, anchors)
