"""A large graph as it is sent: pictures in boxes, what is open at first, and what finds a node."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import autograd_explorer as ax
from components.graph_view.bars import Measure, bar, measure
from components.graph_view.boxes import box_of, link_of, links_of, none_box
from components.graph_view.clock import Clock
from components.graph_view.describe import clipped
from components.graph_view.layout import Link
from components.graph_view.pictures import OTHER_TURN, Pictures, Port, shown_of
from components.graph_view.tree import Group, Tree
from texts import Say

MOST_SENT = 240  # boxes; a browser asks for the insides of others
_MOST_BARS = 48  # of turns side by side in a box; of more of them, the largest of several
_MOST_TURNS = 20_000  # that a dial reaches
_MOST_FOUND = 1_500  # kinds of nodes that can be searched for
_MOST_HOMES = 50_000  # nodes


class Folded:
    """What is sent of a graph that is folded.

    slots     the numbers of the edges that lead to inputs that need no gradient: their boxes come
              after those of the nodes
    measured  of each edge, its gradient; strongest, the largest of their norms
    told      what is told of a box, by its number
    """

    def __init__(
        self,
        graph: ax.BackwardGraph,
        tree: Tree,
        slots: Sequence[int],
        links: Sequence[Link],
        measured: Sequence[Measure],
        strongest: float,
        told: dict[int, dict[str, Any]],
        say: Say,
        clock: Clock,
    ) -> None:
        self.graph, self.tree, self.slots, self.told = graph, tree, slots, told
        self.pictures = Pictures(tree, links, measured, clock)
        self._measured, self._strongest, self._say = measured, strongest, say
        self._nones = set(range(len(graph.nodes), len(graph.nodes) + len(slots)))
        self._marks: dict[int, ax.NonFinite] = {}
        self._told_in = {group.number for box in told for group in tree.around(box)}
        root = measure(graph.nodes[0].upstream[0]) if graph.nodes[0].upstream else Measure()
        for group in tree.around(0):
            self.pictures.came[group.number].add(root)

    def build(self, wanted: Sequence[int], asked: Sequence[int], most: int) -> dict[str, Any]:
        """The data for the browser: all that has to be seen, and more while there is room.

        wanted  boxes that have to be among it, and asked, those whose boxes are opened as well
        """
        sent = self.pictures.sent([*wanted, *asked], most)
        nodes = [
            self.graph.nodes[box]
            for number in sent
            for box in self.tree.groups[number].parts
            if not isinstance(box, Group) and box < len(self.graph.nodes)
        ]
        self._marks = ax.nonfinite_nodes(nodes, self.graph.edges)
        count = len(self.graph.nodes)
        return self._picture(self.tree.root, sent) | {
            "tree": f"{count} {len(self.graph.edges)} {len(self.tree.groups)}",
            "open": {f"fold-{number}": turn for number, turn in self.pictures.opened.items()},
            "asked": dict(step for box in asked for step in self._steps(box)),
            "homes": [self._home(box, sent) for box in range(min(count, _MOST_HOMES))],
            "found": self._found(),
            "nodes": sorted(node.id for node in nodes),
        }

    def _steps(self, box: int) -> list[tuple[str, int]]:
        """The folds around a box, the innermost first, each with the turn that the box is in."""
        around = self.tree.around(box)
        steps = []
        for at, group in enumerate(around):
            if group.kind == "turns":
                steps.append((f"fold-{group.number}", group.parts.index(around[at - 1])))
            elif group.above is None or group.above.kind != "turns":
                steps.append((f"fold-{group.number}", 0))
        return steps

    def _home(self, box: int, sent: Collection[int]) -> int:
        """The fold that holds a box, as far as it is sent: a turn is no fold of its own."""
        around = self.tree.around(box)
        home = 0
        for group in reversed(around):
            if group.above is not None and group.above.kind != "turns":
                home = group.number
            if group.number not in sent:
                break
        return home

    def _picture(self, group: Group, sent: Collection[int]) -> dict[str, Any]:
        placed = self.pictures.placed(group, self._nones)
        lines = self.pictures.of[group.number].lines
        places = placed.layout
        lowest = min(
            (*places.slots, *(slot for route in places.routes for slot in route)), default=0
        )
        return {
            "boxes": [
                self._end(end, at, group, sent) | {"layer": layer, "slot": round(slot - lowest, 3)}
                for at, (end, layer, slot) in enumerate(
                    zip(placed.ends, places.layers, places.slots, strict=True)
                )
            ],
            "links": [
                self._line(f"{group.number}-{at}", numbers)
                | {"source": source, "target": target}
                | {"bends": [round(slot - lowest, 3) for slot in route]}
                for at, (numbers, (source, target), route) in enumerate(
                    zip(lines.values(), placed.links, places.routes, strict=True)
                )
            ],
        }

    def _line(self, name: str, numbers: Sequence[int]) -> dict[str, Any]:
        edges = [self.graph.edges[number] for number in numbers]
        if len(edges) == 1:
            return link_of(edges[0], self._measured[numbers[0]], self._strongest)
        own = Measure()
        for number in numbers:
            own.add(self._measured[number])
        return links_of(name, edges, own, self._strongest)

    def _end(
        self, end: int | Group | Port, at: int, group: Group, sent: Collection[int]
    ) -> dict[str, Any]:
        if isinstance(end, Group):
            return self._fold(end, sent)
        if isinstance(end, Port):
            return self._port(end, f"port-{group.number}-{at}")
        count = len(self.graph.nodes)
        if end >= count:
            return none_box(self.graph.edges[self.slots[end - count]]) | self.told.get(end, {})
        node = self.graph.nodes[end]
        own = Measure()
        for upstream in node.upstream:
            own.add(measure(upstream))
        drawn = box_of(node, self._marks.get(end)) | self.told.get(end, {})
        return drawn | self._bar(own)

    def _bar(self, own: Measure) -> dict[str, Any]:
        drawn = bar(own, self._strongest)
        if not drawn:
            return {}
        share = f"{drawn['zeros']:.0%}"
        words = self._say("bar", norm=f"{own.norm:.3g}", zeros=share)
        return {"bar": drawn | {"norm": f"{own.norm:.3g}", "words": words}}

    def _port(self, port: Port, name: str) -> dict[str, Any]:
        drawn: dict[str, Any] = {"id": name, "kind": "port", "name": ""}
        drawn["enters"] = port.enters
        if port.line == OTHER_TURN:
            drawn["name"] = self._say("to_later" if port.enters else "to_earlier")
        return drawn | {"line": port.line}

    # Folds

    def _fold(self, group: Group, sent: Collection[int]) -> dict[str, Any]:
        drawn: dict[str, Any] = {
            "id": f"fold-{group.number}",
            "kind": "fold",
            "title": clipped(self._title(group)),
            "name": clipped(self._name(group)),
            "held": self._held(self.tree.sizes[group.number]),
            "anchor": self.tree.anchors[group.number],
        }
        drawn |= self._told_of(group) | self._bar(self.pictures.came[group.number])
        if group.kind == "turns":
            return drawn | {"turns": self._turns(group, sent)}
        return drawn | (self._picture(group, sent) if group.number in sent else {})

    def _held(self, count: int) -> str:
        return self._say("node") if count == 1 else self._say("nodes", count=f"{count:,}")

    def _told_of(self, group: Group) -> dict[str, Any]:
        """What is told of one of the boxes is told of their fold."""
        if group.number not in self._told_in:
            return {}
        box = next(box for box in self.told if group in self.tree.around(box))
        return self.told[box]

    def _turns(self, group: Group, sent: Collection[int]) -> dict[str, Any]:
        turns = [part for part in group.parts if isinstance(part, Group)]
        bars = [bar(self.pictures.came[turn.number], self._strongest) for turn in turns]
        step = -(-len(bars) // _MOST_BARS)
        longest = [
            max((one.get("long", 0) for one in bars[i : i + step]), default=0)
            for i in range(0, len(bars), step)
        ]
        return {
            "count": len(turns),
            "bars": longest if any(longest) else [],
            "anchors": [self.tree.anchors[turn.number] for turn in turns[:_MOST_TURNS]],
            "names": [
                self._turn(turn, at, len(turns)) for at, turn in enumerate(turns[:_MOST_BARS])
            ],
            "more": self._say("turn", turn="{turn}", count=f"{len(turns):,}"),
            "shown": {
                str(at): self._picture(turn, sent) | self._bar(self.pictures.came[turn.number])
                for at, turn in enumerate(turns)
                if turn.number in sent
            },
        }

    def _turn(self, turn: Group, at: int, count: int) -> str:
        plain = self._say("turn", turn=at + 1, count=f"{count:,}")
        return f"{clipped(self._title(turn))} · {at + 1}/{count:,}" if turn.call >= 0 else plain

    def _title(self, group: Group) -> str:
        """A module's path in the module around it; of several, all there is to tell them apart."""
        if group.kind == "turns":
            first, last = (
                part for part in (group.parts[0], group.parts[-1]) if isinstance(part, Group)
            )
            if first.call < 0:
                return ""
            one, other = self._title(first), self._title(last)
            stem = one.rpartition(".")[0]
            if one == other:
                return one
            return (
                f"{one}–{other.removeprefix(f'{stem}.')}"
                if stem and other.startswith(f"{stem}.")
                else f"{one}–{other}"
            )
        if group.call < 0:
            return ""
        path = self.graph.calls[group.call].module
        outer = group.above
        while outer is not None and outer.call < 0:
            outer = outer.above
        around = self.graph.calls[outer.call].module if outer is not None else ""
        return path.removeprefix(f"{around}.") if around else path

    def _name(self, group: Group) -> str:
        say = self._say
        if group.kind == "module":
            return self.graph.calls[group.call].kind
        if group.kind == "reshape":
            return say("fold", count=len(group.parts))
        if group.kind == "leaves":
            return say("leaves", count=f"{self._boxes(group):,}")
        if group.kind != "turns":
            return self._lines(group)
        last = shown_of(group)
        kinds = {
            self.graph.calls[p.call].kind
            for p in group.parts
            if isinstance(p, Group) and p.call >= 0
        }
        of = kinds.pop() if len(kinds) == 1 and last.call >= 0 else self._lines(last)
        return f"×{len(group.parts):,} {of}"

    def _boxes(self, group: Group) -> int:
        return sum(self._boxes(part) if isinstance(part, Group) else 1 for part in group.parts)

    def _lines(self, group: Group) -> str:
        """The lines that recorded what a group holds, as far as they are known."""
        lines = set()
        files = set()
        queue: list[int | Group] = [group]
        for part in queue:
            if isinstance(part, Group):
                queue += part.parts
            elif part < len(self.graph.nodes) and self.graph.nodes[part].kind == "operation":
                lines.add(self.graph.nodes[part].line)
                files.add(self.graph.nodes[part].file)
        known = sorted(line for line in lines if line)
        if not known or len(files) > 1:
            return self._say("several")
        if known[0] == known[-1]:
            return self._say("line", line=known[0])
        return self._say("lines", first=known[0], last=known[-1])

    # Search

    def _found(self) -> list[list[Any]]:
        """A row for each kind of node that can be searched for: what is known of it, its line, the
        first node of the kind, and how many there are. A program may have very many; then those of
        modules and names come first, as many as there is room for."""
        rows: dict[tuple[str, str, str, int], list[int]] = {}
        for node in self.graph.nodes:
            own = (
                clipped(node.name),
                clipped(node.tensor or ""),
                clipped(node.module),
                node.line or 0,
            )
            rows.setdefault(own, []).append(node.id)
        kept = sorted(rows, key=lambda row: (not row[1], not row[2]))[:_MOST_FOUND]
        return [[*row, rows[row][0], len(rows[row])] for row in kept]


def pictures_in(sent: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was built, and what is drawn in every box of it."""
    found = [sent]
    for picture in found:
        for box in picture["boxes"]:
            found += [box] if "boxes" in box else []
            found += box["turns"]["shown"].values() if "turns" in box else []
    return found
