"""Draw a recorded graph: operations, leaves, None slots, and the gradient on every edge.

Nodes and edges can be chosen; the same data can be read as a table; and where the graph is
given its steps, backward can be walked one node at a time without a round trip.
"""

import math
from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import Any

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array
from components.assets import register
from components.graph_view.clock import Clock
from components.graph_view.layout import Layout, Link, lay_out
from components.graph_view.window import Window, cut
from components.links import nodes_of
from components.matrix import build_matrix, glyph, shape_text
from components.part import part
from components.selection import Selection
from texts import Say

_mount = register("graph_view")

_SECONDS = 1.0  # for the order of the boxes; then the best one found so far is drawn
_MOST_NUMBERS = 3
# How long a name is, and how much a node saves and passes on, is up to the program; and all of it
# is sent for 160 boxes at once. Nothing that PyTorch itself names is cut at these lengths.
_MOST_CHARS = 60
_MOST_IN_CELL = 400
_SMALL = 64  # numbers not worth a call of NumPy
_LARGE = 1e6  # from here on in powers of ten: a label has room for a dozen digits
_LABELS = (
    "graph", "forward", "backward", "operation", "leaf", "no_gradient", "undrawn",
    "smaller", "larger", "fit", "table", "earlier", "later",
)  # fmt: skip
_STEP_LABELS = (
    "first", "back", "play", "pause", "step", "finish", "position", "start", "before", "none",
)  # fmt: skip


Report = Callable[[Any], object]  # what to do with what a browser sends, which may be anything


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
    step: int | None = None,
    on_step: Report = lambda _: None,
) -> None:
    """Draw a graph; the forward pass runs left to right, gradients right to left.

    selection  what is chosen of it; layer the first to show, where it is too large to show whole
    step       how many nodes have fired; None for a graph that is not stepped through
    on_…       is told what a reader chose, as Selection.text; which layer; how many steps
    """
    data = build_graph(graph, say, chosen=selection, layer=layer)
    if step is not None:
        data |= build_steps(graph, say) | {"step": step}
    _mount(key, data, selection=on_select, layer=on_layer, step=on_step)


def build_graph(
    graph: ax.BackwardGraph,
    say: Say,
    chosen: Selection | None = None,
    layer: int | None = None,
) -> dict[str, Any]:
    """Boxes and links with their places. Every None slot becomes a small box of its own.

    A large graph is cut to a window of layers around the chosen node, or from `layer` on. It is
    cut before anything is placed, made or described: a program may record as many links as it
    likes, and everybody else waits while a page is drawn.
    """
    clock = Clock(_SECONDS)
    lit = nodes_of(graph, chosen) if chosen else set()
    ends, slots = _ends(graph, clock)
    count = len(graph.nodes) + len(slots)
    window = cut(count, ends, lit, layer, _number_of_edge(graph, chosen), clock)
    places = {old: new for new, old in enumerate(window.boxes)}
    shown = (ends[k] for k in window.links)
    links = [(places[source], places[target]) for source, target in shown]
    layout = lay_out(len(places), links, window.layers, clock)
    lowest = min(chain(layout.slots, *layout.routes))
    nodes = [graph.nodes[i] for i in window.boxes if i < len(graph.nodes)]
    marks = ax.nonfinite_nodes(nodes, chain.from_iterable(clock.parts(graph.edges)))
    nones = [graph.edges[slots[i - len(graph.nodes)]] for i in window.boxes[len(nodes) :]]
    return {
        "boxes": [
            box
            | {"layer": at, "slot": round(slot - lowest, 3)}
            | ({"undrawn": f"+{undrawn:,}"} if undrawn else {})
            for box, at, slot, undrawn in zip(
                [*(_box(node, marks.get(node.id)) for node in nodes), *map(_none_box, nones)],
                layout.layers,
                layout.slots,
                window.undrawn,
                strict=True,
            )
        ],
        "links": _links(graph, window, links, layout, lowest, clock),
        "labels": {name: say(name) for name in _LABELS},
        "summary": _summary(graph, say),
        "selection": chosen.text if chosen else "",
        "lit": [f"node-{node.id}" for node in nodes if node.id in lit],
        "table": _table(graph, nodes, say, clock),
        "window": _window(window, count, say),
        "steps": None,
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
        "shape": _shapes(map(str, node.shapes)),
    }
    return box | {"nonfinite": mark.kind, "starts": mark.starts} if mark else box


def _none_box(edge: ax.Edge) -> dict[str, Any]:
    return {
        "id": f"none-{edge.source}-{edge.slot}",
        "kind": "none",
        "name": "None",
    }


def _links(
    graph: ax.BackwardGraph,
    window: Window,
    links: list[Link],
    layout: Layout,
    lowest: float,
    clock: Clock,
) -> list[dict[str, Any]]:
    """The links that are shown. Their strengths are shares of the strongest in the whole graph,
    so that moving the window does not change what a line's breadth means."""
    edges = [graph.edges[k] for k in window.links]
    strongest = _strongest(graph, clock) if any(edge.gradient is not None for edge in edges) else 0
    return [
        {
            "id": f"edge-{edge.source}-{edge.slot}",
            "source": source,
            "target": target,
            "bends": [round(slot - lowest, 3) for slot in route],
            "gradient": None if edge.gradient is None else clipped(gradient_text(edge.gradient)),
            "size": None if edge.gradient is None else clipped(str(edge.gradient.shape)),
            "strength": _strength(norm(edge.gradient), strongest),
            "nonfinite": ax.nonfinite(edge.gradient),
        }
        for edge, (source, target), route in zip(edges, links, layout.routes, strict=True)
    ]


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
        "columns": [say(f"col_{name}") for name in ("node", "tensor", "shape", "saved", "passes")],
        "rows": [
            [
                f"{node.id} {clipped(node.name)}",
                clipped(node.tensor or say("nothing")),
                _shapes(map(shape_text, node.shapes)),
                listed(map(_saved, node.saved), len(node.saved), ", ", say) or say("nothing"),
                _passed_on(graph, node, leaving[node.id], say),
            ]
            for node in nodes
        ],
    }


def clipped(text: str) -> str:
    """As much of a text as a box can hold."""
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"


def _shapes(shapes: Iterable[str]) -> str:
    """Shapes of a node's outputs; unbind has as many as its input has rows."""
    return clipped(", ".join(islice(shapes, _MOST_CHARS)))


def listed(texts: Iterable[str], count: int, separator: str, say: Say) -> str:
    """As many of `count` texts as a cell can hold, and how many there are besides."""
    shown: list[str] = []
    room = _MOST_IN_CELL
    for text in texts:
        room -= len(text) + len(separator)
        if room < 0:
            break
        shown.append(text)
    if len(shown) < count:
        shown.append(say("more", count=f"{count - len(shown):,}"))
    return separator.join(shown)


def saved_text(saved: ax.Saved) -> str:
    """A saved tensor's shape, or a saved number's value."""
    if not saved.held:
        return saved.name
    if saved.values is not None:
        return f"{saved.name} {shape_text(saved.values.shape)}"
    return f"{saved.name} = {saved.plain}"


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


def build_steps(graph: ax.BackwardGraph, say: Say) -> dict[str, Any]:
    """Every step of backward, ready to be shown in the browser."""
    steps = [_step(graph, step, say) for step in ax.backward_steps(graph)]
    labels = {name: say(name) for name in (*_LABELS, *_STEP_LABELS)}
    return {"steps": steps, "labels": labels}


def _step(graph: ax.BackwardGraph, step: ax.Step, say: Say) -> dict[str, Any]:
    node = graph.nodes[step.node]
    upstream = node.upstream[0]
    texts, matrices = [], []
    if upstream is not None:
        texts.append(say("step_arrives", gradient=gradient_text(upstream)))
        matrices.append(build_matrix(say("upstream"), upstream))
    texts += [say("step_rule", rule=rule) for rule in rules_of(graph, node.id)]
    for edge in step.leaving:
        assert edge.target is not None and edge.gradient is not None  # noqa: S101
        target = f"{edge.target} {graph.nodes[edge.target].name}"
        texts.append(say("step_leaves", gradient=gradient_text(edge.gradient), target=target))
        matrices.append(build_matrix(f"→ {target}", edge.gradient))
    for meeting in step.sums:
        target = f"{meeting.node} {graph.nodes[meeting.node].name}"
        texts.append(say("step_sum", target=target, arrived=meeting.arrived, of=meeting.of))
        matrices.append(build_matrix(f"Σ {meeting.arrived}/{meeting.of}", meeting.total))
    if step.fills is not None:
        words = "step_hands_back" if graph.captured else "step_fills"
        texts.append(say(words, name=node.tensor or node.name))
    return {
        "title": f"{node.id} {node.name}" + (f" ({node.tensor})" if node.tensor else ""),
        "line": node.line,
        "ids": [f"node-{node.id}", *(f"edge-{edge.source}-{edge.slot}" for edge in step.leaving)],
        "texts": texts,
        "matrices": matrices,
    }


def rules_of(graph: ax.BackwardGraph, node_id: int) -> list[str]:
    """Each equation of a node in one line; without a rule of ours, PyTorch's own formula."""
    explanation = ax.explain(graph, node_id)
    if explanation is not None:
        return [equation_text(equation) for equation in explanation.equations]
    formula = ax.formula(graph.nodes[node_id].name)
    return [f"{name}: {text}" for name, text in formula.derivatives.items()] if formula else []


def equation_text(equation: ax.Equation) -> str:
    parts = [equation.operands[0].label]
    for operator, operand in zip(equation.operators, equation.operands[1:], strict=True):
        parts += [operator, operand.label]
    return f"grad_{equation.input} = {' '.join(parts)}"


def gradient_text(gradient: Array) -> str:
    """The numbers themselves while they are few, else the shape and the norm."""
    if gradient.size <= _MOST_NUMBERS and not np.iscomplexobj(gradient):
        return ", ".join(_short(float(value)) for value in gradient.flat)
    size = norm(gradient)
    return f"{gradient.shape} ‖g‖ {glyph(size) or f'{size:.3g}'}"


def _short(value: float) -> str:
    return glyph(value) or f"{value:+.4{'f' if abs(value) < _LARGE else 'e'}}"


def norm(gradient: Array | None) -> float:
    """Euclidean norm of all elements; 0 for no gradient.

    In float64: the square of 1e20 is more than float32 can hold.
    """
    if gradient is None:
        return 0.0
    wider = np.complex128 if np.iscomplexobj(gradient) else np.float64
    with np.errstate(over="ignore"):
        return float(np.linalg.norm(gradient.astype(wider, copy=False)))
