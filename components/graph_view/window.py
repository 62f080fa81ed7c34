"""Cut a large graph to what a person can look at, before anything is placed.

Placing costs time by the boxes, by the links, and by the layers that links pass; so does sending
and drawing them. All three are bounded here, and what is left out is counted.
"""

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

from components.graph_view.clock import Clock
from components.graph_view.layout import Link, layers_of

MOST_BOXES = 160
WIDE = 48  # boxes of a layer that has more than MOST_BOXES; three such layers have room
LEAD = 3  # layers before the first lit one
MOST_LINKS = 4 * MOST_BOXES
MOST_BENDS = MOST_BOXES**2 // 2  # of all links; with one link to each box there are never more
MOST_DUMMIES = 10 * MOST_BOXES  # in a part of a graph; a whole one cannot have many
MOST_LEAVING = 12  # links that leave one box, once there are too many of them in the picture


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a graph that is drawn.

    .first, .last  its layers, of .depth, both counted from 0 and shown
    .boxes         numbers of the boxes, ascending; of a very wide layer only some
    .layers        of each of those boxes, counted from .first
    .links         numbers of the links, ascending
    .undrawn       for each of those boxes, how many of its links are not among them
    .size          boxes in these layers, those left out included
    """

    first: int
    last: int
    depth: int
    boxes: tuple[int, ...]
    layers: tuple[int, ...]
    links: tuple[int, ...]
    undrawn: tuple[int, ...]
    size: int


def cut(
    count: int,
    links: Sequence[Link],
    lit: Set[int] = frozenset(),
    layer: int | None = None,
    chosen: int | None = None,
    clock: Clock | None = None,
) -> Window:
    """All layers while the boxes are few; else those from `layer` on, or around the lit boxes.

    chosen  the number of a link that is drawn if both its ends are shown
    Raises:  ValueError, when the links form a circle
    """
    clock = clock or Clock()
    layers = layers_of(count, links, clock)
    widths = [0] * (max(layers) + 1)
    for at in layers:
        widths[at] += 1
    ends = set() if chosen is None else set(links[chosen])
    whole = count <= MOST_BOXES
    if whole:
        first, last = 0, len(widths) - 1
        kept = set(range(count))
    else:
        first, last = _layers_shown(widths, layers, lit, layer)
        kept = _boxes_shown(layers, links, range(first, last + 1), ends, lit, clock)
    near, degrees = _links_near(links, kept, clock)
    wanted = [chosen] if chosen is not None and kept.issuperset(ends) else []
    drawn = _links_drawn(links, layers, near, wanted, math.inf if whole else MOST_DUMMIES)
    for number in drawn:
        for end in links[number]:
            degrees[end] -= 1
    boxes = sorted(kept)
    return Window(
        first,
        last,
        len(widths),
        tuple(boxes),
        tuple(layers[box] - first for box in boxes),
        tuple(drawn),
        tuple(degrees[box] for box in boxes),
        sum(widths[first : last + 1]),
    )


def _layers_shown(
    widths: list[int], layers: list[int], lit: Set[int], asked: int | None
) -> tuple[int, int]:
    """The first and the last layer: as many as have room, and always the one it is about."""
    room = [width if width <= MOST_BOXES else WIDE for width in widths]
    end = len(widths) - 1
    about = min((layers[box] for box in lit), default=0) if asked is None else min(asked, end)
    first = last = about
    free = MOST_BOXES - room[about]

    def upwards(least: int) -> None:
        nonlocal first, free
        while first > least and room[first - 1] <= free:
            first -= 1
            free -= room[first]

    if asked is None:
        upwards(max(0, about - LEAD))
    while last < end and room[last + 1] <= free:
        last += 1
        free -= room[last]
    # A layer that was asked for stays the first, or a step towards the leaves might lead back
    # to where it began.
    if asked is None or last == end:
        upwards(0)
    return first, last


def _boxes_shown(
    layers: list[int],
    links: Sequence[Link],
    window: range,
    ends: Set[int],
    lit: Set[int],
    clock: Clock,
) -> set[int]:
    """All boxes of layers that are not too wide; of the others those that concern the reader
    most: the ends of the chosen link, what is lit, what is linked with that, and then what is
    linked with anything shown."""
    rows: dict[int, list[int]] = {at: [] for at in window}
    for box, at in enumerate(layers):
        if at in rows:
            rows[at].append(box)
    kept = {box for row in rows.values() if len(row) <= MOST_BOXES for box in row}
    for at, row in rows.items():
        if len(row) <= MOST_BOXES:
            continue
        related, linked = set(), set()
        for part in clock.parts(links):
            for source, target in part:
                if layers[source] == at:
                    box, other = source, target
                elif layers[target] == at:
                    box, other = target, source
                else:
                    continue
                if other in kept:
                    linked.add(box)
                if other in lit:
                    related.add(box)
        reasons = (ends, lit, related, linked)
        row.sort(key=lambda box: [box not in reason for reason in reasons])
        kept.update(row[:WIDE])
    return kept


def _links_near(
    links: Sequence[Link], kept: Set[int], clock: Clock
) -> tuple[list[int], dict[int, int]]:
    """The links between boxes that are shown, and how many links of any kind each box has."""
    near = []
    degrees = dict.fromkeys(kept, 0)
    number = 0
    for part in clock.parts(links):
        for source, target in part:
            if source in kept:
                degrees[source] += 1
                if target in kept:
                    near.append(number)
            if target in kept:
                degrees[target] += 1
            number += 1
    return near, degrees


def _links_drawn(
    links: Sequence[Link],
    layers: list[int],
    near: list[int],
    wanted: list[int],
    most_dummies: float,
) -> list[int]:
    """All of the links while they are few; else as many as have room.

    First what is wanted, then the shortest that leads to each box, from where the fewest leave
    so far; then in turns one that leaves each box, the short ones first again, for a link to the
    far end of the window costs most.
    """
    room = _Room(links, layers, most_dummies)
    if all(room.take(number) for number in near):
        return near
    room = _Room(links, layers, most_dummies)
    leaving: dict[int, list[int]] = {}
    entering: dict[int, list[int]] = {}
    for number in near:
        source, target = links[number]
        leaving.setdefault(source, []).append(number)
        entering.setdefault(target, []).append(number)
    for number in wanted:
        room.take(number)
    taken = dict.fromkeys(leaving, 0)
    for own in entering.values():
        shortest = min(own, key=lambda number: (room.bends(number), taken[links[number][0]]))
        taken[links[shortest][0]] += 1
        room.take(shortest)
    turns = [
        (turn, room.bends(number), number)
        for own in leaving.values()
        for turn, number in enumerate(sorted(own, key=room.bends)[:MOST_LEAVING])
    ]
    for _, _, number in sorted(turns):
        room.take(number)
    return sorted(room.taken)


class _Room:
    """What can still be drawn. Links to one box share their dummies, so that only what a link
    is longer than the longest before it costs new ones."""

    def __init__(self, links: Sequence[Link], layers: list[int], most_dummies: float) -> None:
        self._links = links
        self._layers = layers
        self._bends = MOST_BENDS
        self._dummies = most_dummies
        self._reach: dict[int, int] = {}
        self.taken: set[int] = set()

    def bends(self, number: int) -> int:
        """How many layers a link passes."""
        source, target = self._links[number]
        return self._layers[target] - self._layers[source] - 1

    def take(self, number: int) -> bool:
        """Take a link in, if there is room for it."""
        if number in self.taken:
            return True
        target, bends = self._links[number][1], self.bends(number)
        more = max(0, bends - self._reach.get(target, 0))
        if len(self.taken) >= MOST_LINKS or bends > self._bends or more > self._dummies:
            return False
        self.taken.add(number)
        self._bends -= bends
        self._dummies -= more
        self._reach[target] = max(bends, self._reach.get(target, 0))
        return True
