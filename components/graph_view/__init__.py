"""Draw a recorded graph: operations, leaves, None slots, and the gradient on every edge.

Nodes and edges can be chosen; the same data can be read as a table; and the graph follows a
program that is played (components/timeline/).
"""

import math
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import shape_of
from components.assets import register
from components.graph_view.clock import Clock
from components.graph_view.describe import (
    clipped,
    gradient_text,
    listed,
    norm,
    saved_text,
    shapes_text,
)
from components.graph_view.fold import MOST_UNFOLDED, chains
from components.graph_view.layout import Link, lay_out
from components.graph_view.window import Window, cut
from components.links import nodes_of
from components.matrix import shape_text
from components.part import part
from components.selection import Selection
from texts import Say

_mount = register("graph_view")

_SECONDS = 1.0  # for the order of the boxes; then the best one found so far is drawn
_SMALL = 64  # numbers not worth a call of NumPy
_LABELS = (
    "graph", "forward", "backward", "operation", "leaf", "no_gradient", "undrawn",
    "smaller", "larger", "fit", "full", "table", "earlier", "later", "fold_opens",
    "backward_hidden", "behind",
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
    layer: int | None = None,
    on_layer: Report = lambda _: None,
    present: bool = False,
    compact: bool = False,
    shadow: str = "",
    tags: Mapping[str, str] = {},
    ends: Shown | None = None,
) -> None:
    """Draw a graph; the forward pass runs left to right, gradients right to left.

    selection  what is chosen of it; layer the first to show, where it is too large to show whole
    present    whether it is projected, and has to be read from the last row
    compact    whether it has only a band of a screen: no legend, its tools in the row above
    shadow     words for a graph that is not there: it is drawn faintly below them
    tags       letters that stand on boxes, such as {"node-3": "A"}
    ends       the path of a gradient to where something became of it
    on_…       is told what a reader chose, as Selection.text; which layer
    """
    data = build_graph(graph, say, chosen=selection, layer=layer, ends=ends)
    data |= {"key": key, "present": present, "compact": compact, "shadow": shadow}
    data |= {"tags": tags} if tags else {}
    _mount(key, data, selection=on_select, layer=on_layer)


def build_graph(
    graph: ax.BackwardGraph,
    say: Say,
    chosen: Selection | None = None,
    layer: int | None = None,
    ends: Shown | None = None,
) -> dict[str, Any]:
    """Boxes and links with their places. Every None slot becomes a small box of its own.

    A large graph is cut to a window of layers around the chosen node, or from `layer` on. It is
    cut before anything is placed, made or described: a program may record as many links as it
    likes, and everybody else waits while a page is drawn.
    """
    clock = Clock(_SECONDS)
    lit = nodes_of(graph, chosen) if chosen else set()
    links_of_all, slots = _ends(graph, clock)
    count = len(graph.nodes) + len(slots)
    about = lit or ({ends.path.at} if ends else set())
    window = cut(count, links_of_all, about, layer, _number_of_edge(graph, chosen), clock)
    places = {old: new for new, old in enumerate(window.boxes)}
    links = [
        (places[source], places[target])
        for source, target in (links_of_all[k] for k in window.links)
    ]
    edges = [graph.edges[k] for k in window.links]
    nodes = [graph.nodes[i] for i in window.boxes if i < len(graph.nodes)]
    nones = [graph.edges[slots[i - len(graph.nodes)]] for i in window.boxes[len(nodes) :]]
    few = len(window.boxes) <= MOST_UNFOLDED
    folds = [] if few else chains(nodes, links, edges, [not undrawn for undrawn in window.undrawn])
    items = _items(len(window.boxes), folds)
    item_of = {box: at for at, item in enumerate(items) for box in item}
    outer = [k for k, (source, target) in enumerate(links) if item_of[source] != item_of[target]]
    item_links = [(item_of[links[k][0]], item_of[links[k][1]]) for k in outer]
    complete = len(window.boxes) == count and len(links) == len(links_of_all)
    layers = None if folds and complete else _ranked([window.layers[item[0]] for item in items])
    small = {at for at, item in enumerate(items) if item[0] >= len(nodes)}  # they say None
    layout = lay_out(len(items), item_links, layers, clock, small)
    lowest = min(chain(layout.slots, *layout.routes))
    marks = ax.nonfinite_nodes(nodes, chain.from_iterable(clock.parts(graph.edges)))
    boxes = [*(_box(node, marks.get(node.id)) for node in nodes), *map(_none_box, nones)]
    for box, undrawn in zip(boxes, window.undrawn, strict=True):
        box |= {"undrawn": f"+{undrawn:,}"} if undrawn else {}
        if ends is not None and box["id"] == ends.box:
            box |= {"told": ends.words, "alarm": ends.is_alarm}
    strongest = _strongest(graph, clock) if any(edge.gradient is not None for edge in edges) else 0
    drawn = [_link(edge, strongest) for edge in edges]
    inner = {
        source: link
        for link, (source, target) in zip(drawn, links, strict=True)
        if item_of[source] == item_of[target]
    }
    return {
        "boxes": [
            (boxes[item[0]] if len(item) == 1 else _fold(item, boxes, inner, say))
            | {"layer": at, "slot": round(slot - lowest, 3)}
            for item, at, slot in zip(items, layout.layers, layout.slots, strict=True)
        ],
        "links": [
            drawn[k]
            | {"source": source, "target": target}
            | {"bends": [round(slot - lowest, 3) for slot in route]}
            for k, (source, target), route in zip(outer, item_links, layout.routes, strict=True)
        ],
        "labels": {name: say(name) for name in _LABELS},
        "summary": _summary(graph, say),
        "selection": chosen.text if chosen else "",
        "lit": [f"node-{node.id}" for node in nodes if node.id in lit],
        "table": _table(graph, nodes, say, clock),
        "window": _window(window, count, say),
    } | ({"path": _path(ends, edges)} if ends else {})


def _path(ends: Shown, edges: list[ax.Edge]) -> dict[str, Any]:
    """What is drawn of a path: the box where it ends, the links that lead there, those beyond."""
    _, _, _, passed, behind = ends.path
    drawn = {(edge.source, edge.slot): f"edge-{edge.source}-{edge.slot}" for edge in edges}
    return {
        "box": ends.box,
        "passed": [drawn[link] for link in sorted(passed & drawn.keys())],
        "behind": [drawn[link] for link in sorted(behind & drawn.keys())],
    }


def _items(count: int, folds: list[list[int]]) -> list[list[int]]:
    """All boxes, each by itself or in its chain, in the order of the first of each."""
    starts = {fold[0]: fold for fold in folds}
    later = {box for fold in folds for box in fold[1:]}
    return [starts.get(box, [box]) for box in range(count) if box not in later]


def _ranked(layers: list[int]) -> list[int]:
    """The same layers without those that folding has emptied."""
    ranks = {at: rank for rank, at in enumerate(sorted(set(layers)))}
    return [ranks[at] for at in layers]


def _fold(
    item: list[int], boxes: list[dict[str, Any]], inner: dict[int, dict[str, Any]], say: Say
) -> dict[str, Any]:
    """A box that stands for a chain, which it holds with the links between."""
    held = [boxes[box] for box in item]
    variables = ", ".join(box["variable"] for box in held if box["variable"])
    return held[0] | {
        "id": f"fold-{held[0]['id'].removeprefix('node-')}",
        "kind": "fold",
        "name": say("fold", count=len(item)),
        "variable": clipped(variables),
        **_told_of(held),
        "boxes": held,
        "links": [inner[box] for box in item[:-1]],
    }


def _told_of(held: list[dict[str, Any]]) -> dict[str, Any]:
    """What is told of one of the boxes is told of their fold."""
    box = next((box for box in held if "told" in box), None)
    return {"told": box["told"], "alarm": box["alarm"]} if box else {}


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


def _number_of_edge(graph: ax.BackwardGraph, chosen: Selection | None) -> int | None:
    if chosen is None or chosen.kind != "edge":
        return None
    return next(
        (k for k, edge in enumerate(graph.edges) if (edge.source, edge.slot) == chosen.numbers),
        None,
    )


def _box(node: ax.Node, mark: ax.NonFinite | None) -> dict[str, Any]:
    box = {
        "id": f"node-{node.id}",
        "kind": node.kind,
        "name": clipped(node.name),
        "variable": clipped(node.tensor or ""),
        "shape": shapes_text(map(str, node.shapes)),
    }
    return box | {"nonfinite": mark.kind, "starts": mark.starts} if mark else box


def _none_box(edge: ax.Edge) -> dict[str, Any]:
    return {
        "id": f"none-{edge.source}-{edge.slot}",
        "kind": "none",
        "name": "None",
    }


def _link(edge: ax.Edge, strongest: float) -> dict[str, Any]:
    """What a line shows. Strengths are shares of the strongest in the whole graph, so that moving
    the window does not change what a line's breadth means."""
    return {
        "id": f"edge-{edge.source}-{edge.slot}",
        "gradient": None if edge.gradient is None else clipped(gradient_text(edge.gradient)),
        "size": None if edge.gradient is None else clipped(str(shape_of(edge.gradient))),
        "strength": _strength(norm(edge.gradient), strongest),
        "nonfinite": ax.nonfinite(edge.gradient),
    }


def _strength(own: float, strongest: float) -> float:
    """Between 0 and 1. Infinite and NaN are as strong as can be; sent as they are, they would not
    be JSON, and the browser would draw nothing at all."""
    if not math.isfinite(own):
        return 1.0
    return round(min(1.0, own / strongest), 3) if strongest else 0.0


def _strongest(graph: ax.BackwardGraph, clock: Clock) -> float:
    """The largest finite norm on any edge.

    Small gradients are taken together: one at a time, those of 500,000 edges would take seconds.
    """
    best = 0.0
    for several in clock.parts(graph.edges):
        gradients = [
            edge.gradient for edge in several if edge.gradient is not None and edge.gradient.size
        ]
        norms = [norm(gradient) for gradient in gradients if gradient.size > _SMALL]
        small = [gradient.ravel() for gradient in gradients if gradient.size <= _SMALL]
        if small:
            starts = np.cumsum([0, *(len(values) for values in small[:-1])])
            sizes = np.abs(np.concatenate(small)).astype(np.float64)
            with np.errstate(over="ignore"):
                norms += np.sqrt(np.add.reduceat(sizes * sizes, starts)).tolist()
        best = max(best, *(own for own in norms if math.isfinite(own)), 0.0)
    return best


def _summary(graph: ax.BackwardGraph, say: Say) -> str:
    return say(
        "graph_summary",
        nodes=len(graph.nodes),
        leaves=sum(node.kind == "leaf" for node in graph.nodes),
        nones=sum(edge.target is None for edge in graph.edges),
    )


def _window(window: Window, count: int, say: Say) -> dict[str, Any] | None:
    shown = len(window.boxes)
    if shown == count:
        return None
    return {
        "first": window.first,
        "last": window.last,
        "depth": window.depth,
        "stride": max(1, (window.last - window.first) * 3 // 4),
        "text": say(
            "window" if shown == window.size else "window_part",
            first=window.first + 1,
            last=window.last + 1,
            depth=window.depth,
            shown=shown,
            count=f"{window.size:,}",
        ),
    }


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
