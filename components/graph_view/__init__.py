"""Draw a recorded graph: operations, leaves, None slots, and the gradient on every edge.

A large graph is folded: its boxes hold others (tree.py). Nodes and edges can be chosen; the same
data can be read as a table; and the graph follows a program that is played (components/timeline/).
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import autograd_explorer as ax
from components.assets import register
from components.graph_view.bars import Measure, measures
from components.graph_view.boxes import box_of, link_of, none_box
from components.graph_view.clock import Clock
from components.graph_view.describe import clipped, gradient_text, listed, saved_text, shapes_text
from components.graph_view.fold import MOST_UNFOLDED, chains
from components.graph_view.folded import MOST_SENT, Folded, pictures_in
from components.graph_view.layout import Layout, Link, lay_out, layers_of
from components.graph_view.tree import MOST_BOXES, tree_of
from components.links import nodes_of
from components.matrix import shape_text
from components.part import part
from components.selection import Selection
from texts import Say

_mount = register("graph_view")

_SECONDS = 1.0  # for the order of the boxes; then the best one found so far is drawn
_MOST_LINKS = 4 * MOST_BOXES  # of a graph that is drawn as it is
_MOST_ROWS = 160  # of the table
_MOST_CHAINED = 20_000  # nodes among which chains are looked for
_LABELS = (
    "graph", "forward", "backward", "operation", "leaf", "no_gradient", "smaller", "larger", "fit",
    "full", "table", "fold_opens", "backward_hidden", "behind", "box_opens", "bar_means",
    "turns_dial", "search", "search_found", "search_none", "left_out",
)  # fmt: skip


Report = Callable[[Any], object]  # what to do with what a browser sends, which may be anything


class Shown(NamedTuple):
    """A path that is shown in a graph: the .name of the node where it ends, and the .words that
    stand there, in rows."""

    path: ax.Path
    name: str
    words: tuple[str, ...]
    is_alarm: bool

    @property
    def box(self) -> str:
        """The box where it ends."""
        node, slot = self.path.at, self.path.slot
        return f"node-{node}" if slot is None else f"none-{node}-{slot}"


@part()
def show_graph(
    graph: ax.BackwardGraph,
    say: Say,
    key: str,
    *,
    selection: Selection | None = None,
    on_select: Report = lambda _: None,
    opened: int | None = None,
    layer: int | None = None,
    on_open: Report = lambda _: None,
    present: bool = False,
    compact: bool = False,
    shadow: str = "",
    tags: Mapping[str, str] = {},
    ends: Shown | None = None,
) -> None:
    """Draw a graph; the forward pass runs left to right, gradients right to left.

    selection  what is chosen of it
    opened     a node of a large graph around which all boxes are open; or a layer of such nodes
    present    whether it is projected, and has to be read from the last row
    compact    whether it has only a band of a screen: no legend, its tools in the row above
    shadow     words for a graph that is not there: it is drawn faintly below them
    tags       letters that stand on boxes, such as {"node-3": "A"}
    ends       the path of a gradient to where something became of it
    on_…       is told what a reader chose, as Selection.text; of which node to open the boxes
    """
    data = build_graph(graph, say, chosen=selection, opened=opened, layer=layer, ends=ends)
    data |= {"key": key, "present": present, "compact": compact, "shadow": shadow, "asks": True}
    data |= {"tags": tags} if tags else {}
    _mount(key, data, selection=on_select, open=on_open)


def build_graph(
    graph: ax.BackwardGraph,
    say: Say,
    chosen: Selection | None = None,
    opened: int | None = None,
    layer: int | None = None,
    ends: Shown | None = None,
    most: int = MOST_SENT,
) -> dict[str, Any]:
    """Boxes and links with their places. Every None slot becomes a small box of its own.

    A large graph is folded, and of the boxes inside others not more are sent than there is room
    for, however many nodes and links a program records. Without .asks in the data, nobody answers
    a browser that asks for the others.

    opened, layer  a node around which all boxes are sent and open, or the first of a layer
    most           boxes that are sent
    """
    clock = Clock(_SECONDS)
    lit = nodes_of(graph, chosen) if chosen else set()
    links, slots = _ends(graph, clock)
    measured = measures([edge.gradient for edge in graph.edges], clock)
    strongest = max((own.norm for own in measured if math.isfinite(own.norm)), default=0.0)
    told: dict[int, dict[str, Any]] = {}
    if ends is not None:
        place = ends.path.at
        if ends.path.slot is not None:
            number = next(
                k
                for k, e in enumerate(graph.edges)
                if (e.source, e.slot) == (place, ends.path.slot)
            )
            place = links[number][1]
        told = {place: {"told": ends.words, "alarm": ends.is_alarm}}
    count = len(graph.nodes) + len(slots)
    if count <= MOST_BOXES and len(links) <= _MOST_LINKS:
        drawn = _whole(graph, links, slots, measured, strongest, told, say)
        nodes = list(graph.nodes)
    else:
        handed = (
            chains(graph.nodes, links, graph.edges) if len(graph.nodes) <= _MOST_CHAINED else []
        )
        tree = tree_of(graph, links, handed, clock)
        folded = Folded(graph, tree, slots, links, measured, strongest, told, say, clock)
        wanted = [*sorted(lit), *told]
        drawn = folded.build(wanted[:MOST_BOXES], _asked(graph, links, opened, layer, clock), most)
        shown = drawn.pop("nodes")
        few = sorted({*shown[:_MOST_ROWS], *sorted(lit)[:MOST_BOXES]})
        nodes = [graph.nodes[i] for i in few]
    return (
        drawn
        | {
            "labels": {name: say(name) for name in _LABELS},
            "summary": _summary(graph, say),
            "selection": chosen.text if chosen else "",
            "lit": [f"node-{node}" for node in sorted(lit)],
            "table": _table(graph, nodes, say, clock),
        }
        | ({"path": _path(ends, drawn)} if ends else {})
    )


def _asked(
    graph: ax.BackwardGraph, links: list[Link], opened: int | None, layer: int | None, clock: Clock
) -> list[int]:
    """The node around which all boxes are open, if any."""
    if opened is not None:
        return [opened] if opened < len(graph.nodes) else []
    if layer is None:
        return []
    layers = layers_of(
        max(len(graph.nodes), 1 + max((t for _, t in links), default=0)), links, clock
    )
    at = min(layer, max(layers[: len(graph.nodes)]))
    return [layers.index(at)]


def _whole(
    graph: ax.BackwardGraph,
    links: list[Link],
    slots: list[int],
    measured: list[Measure],
    strongest: float,
    told: Mapping[int, dict[str, Any]],
    say: Say,
) -> dict[str, Any]:
    """A graph of few boxes; where there are more than a handful, chains in it are folded."""
    edges, count = graph.edges, len(graph.nodes) + len(slots)
    folds = [] if count <= MOST_UNFOLDED else chains(graph.nodes, links, edges)
    items = _items(count, folds)
    item_of = {box: at for at, item in enumerate(items) for box in item}
    outer = [k for k, (source, target) in enumerate(links) if item_of[source] != item_of[target]]
    item_links = [(item_of[links[k][0]], item_of[links[k][1]]) for k in outer]
    small = {at for at, item in enumerate(items) if item[0] >= len(graph.nodes)}  # they say None
    layout = _placed(len(items), tuple(item_links), frozenset(small))
    lowest = min(chain(layout.slots, *layout.routes))
    marks = ax.nonfinite_nodes(graph.nodes, edges)
    boxes = [
        *(box_of(n, marks.get(n.id)) for n in graph.nodes),
        *(none_box(edges[k]) for k in slots),
    ]
    for box, words in told.items():
        boxes[box] |= words
    drawn = [link_of(edge, own, strongest) for edge, own in zip(edges, measured, strict=True)]
    enters = {target: k for k, (_, target) in enumerate(links)}  # of a chain's box there is one
    leaves = {source: k for k, (source, _) in enumerate(links)}
    place_of = {k: at for at, k in enumerate(outer)}

    def fold(item: list[int]) -> dict[str, Any]:
        way = [enters[item[0]], *(leaves[box] for box in item)]
        ends = place_of[way[0]], place_of[way[-1]]
        return _fold([boxes[box] for box in item], [drawn[k] for k in way], ends, say)

    return {
        "boxes": [
            (boxes[item[0]] if len(item) == 1 else fold(item))
            | {"layer": at, "slot": round(slot - lowest, 3)}
            for item, at, slot in zip(items, layout.layers, layout.slots, strict=True)
        ],
        "links": [
            drawn[k]
            | {"source": source, "target": target}
            | {"bends": [round(slot - lowest, 3) for slot in route]}
            for k, (source, target), route in zip(outer, item_links, layout.routes, strict=True)
        ],
    }


@lru_cache(maxsize=64)
def _placed(count: int, links: tuple[Link, ...], small: frozenset[int]) -> Layout:
    """Places follow from what is linked alone, and a dial moves numbers."""
    return lay_out(count, links, None, Clock(_SECONDS), small)


def _path(ends: Shown, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """What is drawn of a path: the box where it ends, the links that lead there, those beyond."""
    _, _, _, passed, behind = ends.path
    links = [link for picture in pictures_in(drawn) for link in picture["links"]]

    def some_of(edges: Any) -> list[str]:
        names = {f"edge-{source}-{slot}" for source, slot in edges}
        return sorted(
            {link["id"] for link in links if names.intersection(link.get("edges", [link["id"]]))}
        )

    through = some_of(passed)
    return {
        "box": ends.box,
        "passed": through,
        "behind": [name for name in some_of(behind) if name not in through],
    }


def _items(count: int, folds: list[list[int]]) -> list[list[int]]:
    """All boxes, each by itself or in its chain, in the order of the first of each."""
    starts = {fold[0]: fold for fold in folds}
    later = {box for fold in folds for box in fold[1:]}
    return [starts.get(box, [box]) for box in range(count) if box not in later]


def _fold(
    held: list[dict[str, Any]], way: list[dict[str, Any]], ends: tuple[int, int], say: Say
) -> dict[str, Any]:
    """A box that stands for a chain, which it holds with the links between.

    way   the link that enters it, those in it, and the one that leaves it
    ends  the places of the first and the last of these among the links of the picture
    """
    name = held[0]["id"].removeprefix("node-")
    variables = ", ".join(box["variable"] for box in held if box["variable"])
    told = next((box for box in held if "told" in box), None)
    ports = [
        {"id": f"port-{name}-{enters}", "kind": "port", "name": "", "enters": enters, "line": line}
        for enters, line in zip((True, False), ends, strict=True)
    ]
    return held[0] | {
        "id": f"fold-{name}",
        "kind": "fold",
        "name": say("fold", count=len(held)),
        "variable": clipped(variables),
        **({"told": told["told"], "alarm": told["alarm"]} if told else {}),
        "boxes": [
            box | {"layer": at, "slot": 0} for at, box in enumerate([ports[0], *held, ports[1]])
        ],
        "links": [
            link | {"source": at, "target": at + 1, "bends": []} for at, link in enumerate(way)
        ],
    }


def _ends(graph: ax.BackwardGraph, clock: Clock) -> tuple[list[Link], list[int]]:
    """The boxes that each edge links, and the numbers of the edges that lead to a None.

    The boxes of those edges come after those of the nodes.
    """
    ends: list[Link] = []
    slots: list[int] = []
    for several in clock.parts(graph.edges):
        for edge in several:
            target = edge.target
            if target is None:
                target = len(graph.nodes) + len(slots)
                slots.append(len(ends))
            ends.append((edge.source, target))
    return ends, slots


def _summary(graph: ax.BackwardGraph, say: Say) -> str:
    return say(
        "graph_summary",
        nodes=len(graph.nodes),
        leaves=sum(node.kind == "leaf" for node in graph.nodes),
        nones=sum(edge.target is None for edge in graph.edges),
    )


def _table(graph: ax.BackwardGraph, nodes: list[ax.Node], say: Say, clock: Clock) -> dict[str, Any]:
    """The graph as text: one row a node, with what it saved and what it passes on."""
    leaving: dict[int, list[ax.Edge]] = {node.id: [] for node in nodes}
    for several in clock.parts(graph.edges):
        for edge in several:
            if edge.source in leaving:
                leaving[edge.source].append(edge)
    return {
        "ids": [f"node-{node.id}" for node in nodes],
        "columns": [say(f"col_{name}") for name in ("node", "tensor", "shape", "saved", "passes")],
        "rows": [
            [
                f"{node.id} {clipped(node.name)}",
                clipped(node.tensor or say("nothing")),
                shapes_text(map(shape_text, node.shapes)),
                listed(map(_saved, node.saved), len(node.saved), ", ", say) or say("nothing"),
                _passed_on(graph, node, leaving[node.id], say),
            ]
            for node in nodes
        ],
    }


def _saved(saved: ax.Saved) -> str:
    return clipped(saved_text(saved))


def _passed_on(graph: ax.BackwardGraph, node: ax.Node, leaving: list[ax.Edge], say: Say) -> str:
    def text_of(edge: ax.Edge) -> str:
        if edge.target is None:
            return say("passes_nothing", slot=edge.slot)
        shape = "None" if edge.gradient is None else clipped(gradient_text(edge.gradient))
        target = f"{edge.target} {clipped(graph.nodes[edge.target].name)}"
        return say("passes_to", shape=shape, target=target)

    if not leaving:
        return f"{clipped(node.tensor or node.name)}.grad"
    return listed(map(text_of, leaving), len(leaving), "; ", say)
