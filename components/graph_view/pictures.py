"""A tree of boxes as pictures: what stands in each box, where, and the lines between.

An edge is drawn in every box that it passes. In the innermost box that holds both its ends it is a
line from one part to another; in each box further in, a line to that box's border, where a port
says which line outside goes on from there. Edges between the same two parts are one line, with the
norm of all their numbers together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from components.graph_view.bars import Measure
from components.graph_view.clock import Clock
from components.graph_view.layout import Layout, Link, lay_out, layers_of
from components.graph_view.tree import MOST_BOXES, Group, Tree

_ENOUGH = 8  # boxes of an opening view; then no more is opened
OTHER_TURN = -1


@dataclass(slots=True, eq=False)
class Port:
    """A place on the border of a box. .line, the number of the line that goes on outside, or
    OTHER_TURN, where it leads to one; .enters, whether it comes from the loss's side."""

    line: int
    enters: bool


End = int | Group | Port
Line = tuple[End, End]


class Picture:
    """What stands in one box: .lines with the numbers of their edges, in the order in which they
    are numbered themselves."""

    def __init__(self) -> None:
        self.lines: dict[Line, list[int]] = {}
        self._numbers: dict[Line, int] = {}
        self._ports: dict[tuple[int, bool], Port] = {}

    def draw(self, edge: int, source: End, target: End) -> int:
        """Draw an edge; the number of its line."""
        line = source, target
        number = self._numbers.setdefault(line, len(self._numbers))
        if number == len(self.lines):
            self.lines[line] = []
        self.lines[line].append(edge)
        return number

    def port(self, line: int, enters: bool) -> Port:
        key = line, enters
        if key not in self._ports:
            self._ports[key] = Port(line, enters)
        return self._ports[key]


@dataclass(slots=True)
class Placed:
    """.ends, parts and ports, with their layout; .links, the lines as pairs of positions in it."""

    ends: list[End]
    links: list[Link]
    layout: Layout


class Pictures:
    """The pictures of all boxes, and .came, what has entered each box.

    edges     from which box to which each leads
    measured  of each edge, its gradient
    """

    def __init__(
        self, tree: Tree, edges: Sequence[Link], measured: Sequence[Measure], clock: Clock
    ) -> None:
        self.tree, self._clock = tree, clock
        self.of = [Picture() for _ in tree.groups]
        self.came = [Measure() for _ in tree.groups]
        self._layouts: dict[object, Layout] = {}
        number = 0
        for part in clock.parts(edges):
            for source, target in part:
                self._draw(number, source, target, measured[number])
                number += 1

    def _draw(self, number: int, source: int, target: int, measured: Measure) -> None:
        home = self.tree.home
        one, other = home[source], home[target]
        if one is other:
            self.of[one.number].draw(number, source, target)
            return
        leaving: list[tuple[Group, End]] = []
        entering: list[tuple[Group, End]] = []
        start: End = source
        end: End = target
        while one is not other:
            if one.depth >= other.depth:
                leaving.append((one, start))
                start, one = one, one.above or one
            else:
                self.came[other.number].add(measured)
                entering.append((other, end))
                end, other = other, other.above or other
        whole = OTHER_TURN if one.kind == "turns" else self.of[one.number].draw(number, start, end)
        outside = whole
        for group, inner in reversed(leaving):
            if group.kind != "turns":
                picture = self.of[group.number]
                outside = picture.draw(number, inner, picture.port(outside, False))
        outside = whole
        for group, inner in reversed(entering):
            if group.kind != "turns":
                picture = self.of[group.number]
                outside = picture.draw(number, picture.port(outside, True), inner)

    def placed(self, group: Group, small: set[int]) -> Placed:
        """Where everything in a box goes. Boxes with the same links in them look the same.

        small  the boxes that only say None
        """
        ends: dict[End, int] = {part: at for at, part in enumerate(group.parts)}
        lines = self.of[group.number].lines
        for line in lines:
            for end in line:
                ends.setdefault(end, len(ends))
        links = [(ends[one], ends[other]) for one, other in lines]
        count, parts = len(ends), len(group.parts)
        sides = tuple([end.enters for end in ends if isinstance(end, Port)])
        tight = tuple([at for end, at in ends.items() if isinstance(end, int) and end in small])
        key = (parts, sides, tuple(links), tight)
        if key not in self._layouts:
            layers = self._layers(count, parts, sides, links)
            narrow = {*tight, *range(parts, count)}
            self._layouts[key] = lay_out(count, links, layers, self._clock, narrow)
        return Placed(list(ends), links, self._layouts[key])

    def _layers(
        self, count: int, parts: int, sides: Sequence[bool], links: Sequence[Link]
    ) -> list[int]:
        """Ports where lines enter stand before all else, those where they leave behind."""
        enters = [at for at, enters in enumerate(sides, parts) if enters]
        reached = {target for _, target in links}
        first = [(enters[0], part) for part in range(parts) if enters and part not in reached]
        layers = layers_of(count, [*links, *first], self._clock)
        last = max(layers[:parts], default=0) + 1
        return [
            layer if at < parts or sides[at - parts] else last for at, layer in enumerate(layers)
        ]

    @cached_property
    def opened(self) -> dict[int, int]:
        """The groups that are open at first, by number, each with the turn that is shown: the
        largest ones, until there is enough to see, and never more than a view can hold."""
        root = self.tree.root
        visible, found = len(root.parts), {}
        closed = [part for part in root.parts if isinstance(part, Group)]
        while closed and visible < _ENOUGH:
            group = max(closed, key=lambda one: self.tree.sizes[one.number])
            closed.remove(group)
            shown = shown_of(group)
            if group.kind == "leaves" or visible + len(shown.parts) > MOST_BOXES:
                continue
            found[group.number] = len(group.parts) - 1 if group.kind == "turns" else 0
            visible += len(shown.parts)
            closed += [part for part in shown.parts if isinstance(part, Group)]
        return found

    def sent(self, wanted: Sequence[int], most: int) -> set[int]:
        """The groups whose insides are sent: all around the boxes that are wanted, and others while
        there is room for so many boxes. Those that are seen first come first.
        """
        groups = self.tree.groups
        found = {0, *self.opened, *(shown_of(groups[number]).number for number in self.opened)}
        found |= {group.number for box in wanted for group in self.tree.around(box)}
        room = most - sum(len(groups[n].parts) for n in found if groups[n].kind != "turns")
        queue = [[part for part in self.tree.root.parts if isinstance(part, Group)]]
        for level in queue:  # later ones hold turns that are not seen at first
            aside: list[Group] = []
            for group in level:
                if group.kind != "turns" and group.number not in found:
                    if len(group.parts) > room:
                        continue
                    room -= len(group.parts)
                found.add(group.number)
                inner = [part for part in group.parts if isinstance(part, Group)]
                if group.kind == "turns":
                    aside += inner[:-1]
                    inner = inner[-1:]
                level += inner
            if aside:
                queue.append(aside)
        return found


def shown_of(group: Group) -> Group:
    """What is seen when a group is opened: of turns, the last."""
    last = group.parts[-1]
    return last if group.kind == "turns" and isinstance(last, Group) else group
