"""Positions for a recorded graph: layers by longest path, few crossings, straight long edges.

The steps are Sugiyama's: put every node one layer behind its farthest user, stand a dummy in
each layer that a long edge passes, order the layers by sweeps of barycentres, then place.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from components.graph_view.clock import Clock

SWEEPS = 12  # at most; two in a row without fewer crossings are the end
PLACEMENTS = 8
SMALL = 0.6  # slots that a box takes that only says None,
LINE = 0.4  # and a passing line,
PORT = 0.4  # and each of several that meet at one side of a node,
FULL = 12  # up to so many; place.js in static/graph_view draws them closer where there are more
_NODES_BETWEEN = 1024  # two looks at the clock

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes, in layers (0 holds the root) and slots (one a node's breadth).

    .layers     of each node
    .slots      of each node; those of one layer are at least 1 apart, lines that pass and small
                nodes closer
    .routes     for each link, the slots of its bends, one for each layer it passes
    .crossings  pairs of lines that cross; where links run together they are one line
    """

    layers: tuple[int, ...]
    slots: tuple[float, ...]
    routes: tuple[tuple[float, ...], ...]
    crossings: int


def lay_out(
    count: int,
    links: Sequence[Link],
    layers: Sequence[int] | None = None,
    clock: Clock | None = None,
    small: Collection[int] = (),
) -> Layout:
    """Place nodes 0..count-1, linked from users to used; node 0 is the root.

    layers  of each node, where the nodes are a part of a larger graph; every link has to lead
            to a later one. Otherwise the longest paths to the root decide
    clock   when it is over, the best order found so far is taken
    small   nodes that need only a part of a slot
    Raises:  ValueError, when the links form a circle
    """
    clock = clock or Clock()
    layers = layers_of(count, links, clock) if layers is None else layers
    stations, all_layers = _with_dummies(links, layers)
    short = list(dict.fromkeys(segment for chain in stations for segment in pairwise(chain)))
    above, below = _neighbours(len(all_layers), short)
    depth = max(layers, default=0) + 1
    first = _first_order(depth, all_layers, above, below)
    best = _fewest_crossings(first, above, below, clock)
    if best[1] and not clock.over():  # where it began decides where it ends: mirror it too
        mirrored = [targets[::-1] for targets in below]
        first = _first_order(depth, all_layers, above, mirrored)
        other = _fewest_crossings(first, above, below, clock)
        best = min(best, other, key=lambda found: found[1])
    rows, crossings = best
    breadths = _breadths(count, links, small) + [LINE] * (len(all_layers) - count)
    pulls = _pulls(count, links, stations)
    slots = _place(rows, above, below, pulls, breadths, clock)
    routes = tuple(tuple(slots[i] for i in chain[1:-1]) for chain in stations)
    return Layout(tuple(layers), tuple(slots[:count]), routes, crossings)


def layers_of(count: int, links: Sequence[Link], clock: Clock) -> list[int]:
    """The layer of each node: the length of the longest path that leads to it.

    Takes a time that grows with nodes and links alone, so that it can be asked of whole graphs.

    Raises:  ValueError, when the links form a circle
    """
    waiting = [0] * count
    following: list[list[int]] = [[] for _ in range(count)]
    for part in clock.parts(links):
        for source, target in part:
            waiting[target] += 1
            following[source].append(target)
    layers = [0] * count
    ready = [node for node in range(count) if not waiting[node]]
    for done, node in enumerate(ready):
        if not done % _NODES_BETWEEN:
            clock.over()
        behind = layers[node] + 1
        for target in following[node]:
            if layers[target] < behind:
                layers[target] = behind
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    if len(ready) < count:
        raise ValueError("the links form a circle")
    return layers


def _breadths(count: int, links: Sequence[Link], small: Collection[int]) -> list[float]:
    """Of each node, in slots."""
    leaving = Counter(source for source, _ in links)
    entering = Counter(target for _, target in links)
    most = (min(FULL, max(leaving[node], entering[node])) for node in range(count))
    least = (SMALL if node in small else 1.0 for node in range(count))
    return [max(own, PORT * ports) for own, ports in zip(least, most, strict=True)]


def _pulls(
    count: int, links: Sequence[Link], stations: Sequence[Sequence[int]]
) -> dict[Link, float]:
    """How strongly the ends of each segment attract each other.

    A node that is used by many is one neighbour of many to each of them; else a weight of a
    network that goes through many steps would pull all steps aside. Lines are to be straight.
    """
    used = Counter(target for _, target in links)
    return {
        (one, two): (4.0 if one >= count and two >= count else 1.0) / used[target]
        for (_, target), chain in zip(links, stations, strict=True)
        for one, two in pairwise(chain)
    }


def _with_dummies(
    links: Sequence[Link], layers: Sequence[int]
) -> tuple[list[list[int]], list[int]]:
    """The stations of each link, one a layer, and the layers of nodes and dummies.

    Long links to one target share their dummies, like lines that run into one another: a
    weight that is used at every time step would else need dummies by the square of the steps.
    """
    all_layers = list(layers)
    dummies: dict[Link, int] = {}
    stations = []
    for source, target in links:
        chain = [source]
        for layer in range(layers[source] + 1, layers[target]):
            if (target, layer) not in dummies:
                dummies[target, layer] = len(all_layers)
                all_layers.append(layer)
            chain.append(dummies[target, layer])
        stations.append([*chain, target])
    return stations, all_layers


def _neighbours(count: int, short: Sequence[Link]) -> tuple[list[list[int]], list[list[int]]]:
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    for source, target in short:
        above[target].append(source)
        below[source].append(target)
    return above, below


def _first_order(
    depth: int, layers: list[int], above: list[list[int]], below: list[list[int]]
) -> list[list[int]]:
    """Depth first from the roots: branches start out side by side, not interleaved.

    In a part of a graph, a node whose users are all outside is a root too, in whatever layer.
    """
    rows: list[list[int]] = [[] for _ in range(depth)]
    seen = [False] * len(layers)
    stack = [node for node in range(len(layers) - 1, -1, -1) if not above[node]]
    while stack:
        node = stack.pop()
        if not seen[node]:
            seen[node] = True
            rows[layers[node]].append(node)
            stack += reversed(below[node])
    return rows


def _fewest_crossings(
    rows: list[list[int]], above: list[list[int]], below: list[list[int]], clock: Clock
) -> tuple[list[list[int]], int]:
    best, fewest = [row[:] for row in rows], _crossings(rows, below)
    idle = 0
    for sweep in range(SWEEPS):
        if not fewest or idle == 2:
            break
        downwards = sweep % 2 == 0
        neighbours = above if downwards else below
        order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for depth in order:
            if clock.over():
                return best, fewest
            fixed = rows[depth - 1 if downwards else depth + 1]
            _sort_by_barycentre(rows[depth], fixed, neighbours)
            _swap_neighbours(rows[depth], fixed, neighbours)
        crossings = _crossings(rows, below)
        if crossings < fewest:
            best, fewest, idle = [row[:] for row in rows], crossings, 0
        else:
            idle += 1
    return best, fewest


def _sort_by_barycentre(row: list[int], fixed: list[int], neighbours: list[list[int]]) -> None:
    place = {node: i for i, node in enumerate(fixed)}
    here = {node: i for i, node in enumerate(row)}

    def centre(node: int) -> float:
        near = neighbours[node]
        # A node without neighbours on that side keeps its relative place.
        scale = len(fixed) / max(1, len(row))
        return sum(place[other] for other in near) / len(near) if near else here[node] * scale

    row.sort(key=centre)


def _swap_neighbours(row: list[int], fixed: list[int], neighbours: list[list[int]]) -> None:
    """Exchange adjacent nodes while that removes crossings; barycentres stop a little early."""
    place = {node: i for i, node in enumerate(fixed)}
    ends = {node: sorted(place[other] for other in neighbours[node]) for node in row}
    for _ in range(3):
        swapped = False
        for i in range(len(row) - 1):
            one, two = ends[row[i]], ends[row[i + 1]]
            if _inversions(one, two) > _inversions(two, one):
                row[i], row[i + 1] = row[i + 1], row[i]
                swapped = True
        if not swapped:
            return


def _inversions(left: list[int], right: list[int]) -> int:
    """Crossings between two nodes' links when `left` stands before `right`."""
    return sum(bisect_left(right, end) for end in left)


def _crossings(rows: list[list[int]], below: list[list[int]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        place = {node: i for i, node in enumerate(lower)}
        seen: list[int] = []
        for node in upper:
            ends = sorted(place[target] for target in below[node])
            total += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _place(
    rows: list[list[int]],
    above: list[list[int]],
    below: list[list[int]],
    pulls: dict[Link, float],
    breadths: list[float],
    clock: Clock,
) -> list[float]:
    """Pull every node towards the middle of its neighbours, keeping order and distance.

    In the last turns those of both sides pull, or a node would stand beside its inputs, however
    far from what it was used for.
    """
    slots = [0.0] * len(above)
    for row in rows:
        for node, slot in zip(row, _spread([0.0] * len(row), row, breadths), strict=True):
            slots[node] = slot
    upper = [[(other, pulls[other, node]) for other in near] for node, near in enumerate(above)]
    lower = [[(other, pulls[node, other]) for other in near] for node, near in enumerate(below)]
    both = [[*one, *two] for one, two in zip(upper, lower, strict=True)]
    for turn in range(PLACEMENTS):
        downwards = turn % 2 == 0
        neighbours = both if turn >= PLACEMENTS - 4 else upper if downwards else lower
        for row in rows if downwards else reversed(rows):
            clock.over()
            wanted = [
                sum(slots[other] * pull for other, pull in near) / sum(pull for _, pull in near)
                if near
                else slots[node]
                for node in row
                for near in (neighbours[node],)
            ]
            for node, slot in zip(row, _spread(wanted, row, breadths), strict=True):
                slots[node] = slot
    lowest = min(slots, default=0.0)
    return [slot - lowest for slot in slots]


def _spread(wanted: list[float], row: list[int], breadths: list[float]) -> list[float]:
    """The places nearest to those wanted (least squares) that are in order and far enough apart:
    two neighbours by half their breadths together.

    Less the places that they would have side by side, this reads "not decreasing": pool adjacent
    violators and average.
    """
    beside = list(
        accumulate(((breadths[a] + breadths[b]) / 2 for a, b in pairwise(row)), initial=0.0)
    )
    blocks: list[tuple[float, int]] = []
    for place, least in zip(wanted, beside, strict=True):
        mean, size = place - least, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        blocks.append((mean, size))
    flat = [mean for mean, size in blocks for _ in range(size)]
    return [mean + least for mean, least in zip(flat, beside, strict=True)]
