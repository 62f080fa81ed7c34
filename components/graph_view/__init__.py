"""Draw a recorded graph: operations, leaves, None slots, and the gradient on every edge.

Nodes and edges can be chosen; the same data can be read as a table; and where the graph is
given its steps, backward can be walked one node at a time without a round trip.
"""

import math
from typing import Any

import numpy as np

import core
from components import state
from components.assets import register
from components.graph_view.layout import Layout, lay_out
from components.graph_view.window import Window, window_around
from components.links import nodes_of
from components.matrix import build_matrix, shape_text
from core.views import Array
from texts import Say

_mount = register(__file__, "graph_view")

_MOST_NUMBERS = 3
_LABELS = (
    "graph", "forward", "backward", "operation", "leaf", "no_gradient",
    "smaller", "larger", "fit", "table", "earlier", "later",
)  # fmt: skip
_STEP_LABELS = (
    "first", "back", "play", "pause", "step", "finish", "position", "start", "before", "none",
)  # fmt: skip


def show_graph(graph: core.BackwardGraph, say: Say, key: str, *, stepping: bool = False) -> None:
    """Draw a graph; the forward pass runs left to right, gradients right to left."""
    data = build_graph(graph, say, chosen=state.selection(), layer=state.layer())
    if stepping:
        data |= build_steps(graph, say) | {"step": state.step()}
    _mount(
        key,
        data,
        selection=state.take_selection,
        layer=state.take_layer,
        step=state.take_step,
    )


def build_graph(
    graph: core.BackwardGraph,
    say: Say,
    chosen: state.Selection | None = None,
    layer: int | None = None,
) -> dict[str, Any]:
    """Boxes and links with their places. Every None slot becomes a small box of its own.

    A large graph is cut to a window of layers around the chosen node, or from `layer` on.
    """
    boxes = [_box(node) for node in graph.nodes]
    ends = []
    for edge in graph.edges:
        if edge.target is None:
            ends.append((edge.source, len(boxes)))
            boxes.append(_none_box(edge))
        else:
            ends.append((edge.source, edge.target))
    layout = lay_out(len(boxes), ends)
    lit = nodes_of(graph, chosen) if chosen else set()
    window = window_around(layout, lit, layer)
    kept = [i for i, at in enumerate(layout.layers) if window.first <= at <= window.last]
    places = {old: new for new, old in enumerate(kept)}
    lowest = min(layout.slots[i] for i in kept)
    return {
        "boxes": [
            boxes[i]
            | {"layer": layout.layers[i] - window.first, "slot": round(layout.slots[i] - lowest, 3)}
            for i in kept
        ],
        "links": _links(graph, ends, layout, places, lowest),
        "labels": {name: say(name) for name in _LABELS},
        "summary": _summary(graph, say),
        "selection": chosen.text if chosen else "",
        "lit": [f"node-{i}" for i in sorted(lit)],
        "table": _table(graph, [i for i in kept if i < len(graph.nodes)], say),
        "window": _window(window, len(kept), len(boxes), say),
        "steps": None,
    }


def _box(node: core.Node) -> dict[str, Any]:
    return {
        "id": f"node-{node.id}",
        "kind": node.kind,
        "name": node.name,
        "variable": node.tensor or "",
        "shape": ", ".join(str(shape) for shape in node.shapes),
    }


def _none_box(edge: core.Edge) -> dict[str, Any]:
    return {
        "id": f"none-{edge.source}-{edge.slot}",
        "kind": "none",
        "name": "None",
    }


def _links(
    graph: core.BackwardGraph,
    ends: list[tuple[int, int]],
    layout: Layout,
    places: dict[int, int],
    lowest: float,
) -> list[dict[str, Any]]:
    """The links between boxes that are shown."""
    norms = [norm(edge.gradient) for edge in graph.edges]
    strongest = max((own for own in norms if math.isfinite(own)), default=0.0)
    return [
        {
            "id": f"edge-{edge.source}-{edge.slot}",
            "source": places[source],
            "target": places[target],
            "bends": [round(slot - lowest, 3) for slot in route],
            "gradient": None if edge.gradient is None else gradient_text(edge.gradient),
            "size": None if edge.gradient is None else str(edge.gradient.shape),
            "strength": _strength(norm(edge.gradient), strongest),
        }
        for edge, (source, target), route in zip(graph.edges, ends, layout.routes, strict=True)
        if source in places and target in places
    ]


def _strength(own: float, strongest: float) -> float:
    """Between 0 and 1. Infinite and NaN are as strong as can be; sent as they are, they would not
    be JSON, and the browser would draw nothing at all."""
    if not math.isfinite(own):
        return 1.0
    return round(min(1.0, own / strongest), 3) if strongest else 0.0


def _summary(graph: core.BackwardGraph, say: Say) -> str:
    return say(
        "graph_summary",
        nodes=len(graph.nodes),
        leaves=sum(node.kind == "leaf" for node in graph.nodes),
        nones=sum(edge.target is None for edge in graph.edges),
    )


def _window(window: Window, shown: int, count: int, say: Say) -> dict[str, Any] | None:
    if shown == count:
        return None
    return {
        "first": window.first,
        "last": window.last,
        "depth": window.depth,
        "stride": max(1, (window.last - window.first) * 3 // 4),
        "text": say("window", first=window.first + 1, last=window.last + 1, depth=window.depth),
    }


def _table(graph: core.BackwardGraph, nodes: list[int], say: Say) -> dict[str, Any]:
    """The graph as text: one row a node, with what it saved and what it passes on."""
    leaving: dict[int, list[core.Edge]] = {}
    for edge in graph.edges:
        leaving.setdefault(edge.source, []).append(edge)
    return {
        "columns": [say(f"col_{name}") for name in ("node", "tensor", "shape", "saved", "passes")],
        "rows": [
            [
                f"{i} {graph.nodes[i].name}",
                graph.nodes[i].tensor or say("nothing"),
                ", ".join(map(shape_text, graph.nodes[i].shapes)),
                ", ".join(map(saved_text, graph.nodes[i].saved)) or say("nothing"),
                _passed_on(graph, graph.nodes[i], leaving.get(i, []), say),
            ]
            for i in nodes
        ],
    }


def saved_text(saved: core.Saved) -> str:
    """A saved tensor's shape, or a saved number's value."""
    if not saved.held:
        return saved.name
    if saved.values is not None:
        return f"{saved.name} {shape_text(saved.values.shape)}"
    return f"{saved.name} = {saved.plain}"


def _passed_on(
    graph: core.BackwardGraph, node: core.Node, leaving: list[core.Edge], say: Say
) -> str:
    parts = []
    for edge in leaving:
        if edge.target is None:
            parts.append(say("passes_nothing", slot=edge.slot))
        else:
            shape = "None" if edge.gradient is None else gradient_text(edge.gradient)
            target = f"{edge.target} {graph.nodes[edge.target].name}"
            parts.append(say("passes_to", shape=shape, target=target))
    return "; ".join(parts) if parts else f"{node.tensor or node.name}.grad"


def build_steps(graph: core.BackwardGraph, say: Say) -> dict[str, Any]:
    """Every step of backward, ready to be shown in the browser."""
    steps = [_step(graph, step, say) for step in core.backward_steps(graph)]
    labels = {name: say(name) for name in (*_LABELS, *_STEP_LABELS)}
    return {"steps": steps, "labels": labels}


def _step(graph: core.BackwardGraph, step: core.Step, say: Say) -> dict[str, Any]:
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
    for part in step.sums:
        target = f"{part.node} {graph.nodes[part.node].name}"
        texts.append(say("step_sum", target=target, arrived=part.arrived, of=part.of))
        matrices.append(build_matrix(f"Σ {part.arrived}/{part.of}", part.total))
    if step.fills is not None:
        texts.append(say("step_fills", name=node.tensor or node.name))
    return {
        "title": f"{node.id} {node.name}" + (f" ({node.tensor})" if node.tensor else ""),
        "line": node.line,
        "ids": [f"node-{node.id}", *(f"edge-{edge.source}-{edge.slot}" for edge in step.leaving)],
        "texts": texts,
        "matrices": matrices,
    }


def rules_of(graph: core.BackwardGraph, node_id: int) -> list[str]:
    """Each equation of a node in one line; without a rule of ours, PyTorch's own formula."""
    explanation = core.explain(graph, node_id)
    if explanation is not None:
        return [equation_text(equation) for equation in explanation.equations]
    formula = core.formula(graph.nodes[node_id].name)
    return [f"{name}: {text}" for name, text in formula.derivatives.items()] if formula else []


def equation_text(equation: core.Equation) -> str:
    parts = [equation.operands[0].label]
    for operator, operand in zip(equation.operators, equation.operands[1:], strict=True):
        parts += [operator, operand.label]
    return f"grad_{equation.input} = {' '.join(parts)}"


def gradient_text(gradient: Array) -> str:
    """The numbers themselves while they are few, else the shape and the norm."""
    if gradient.size <= _MOST_NUMBERS and not np.iscomplexobj(gradient):
        return ", ".join(f"{float(value):+.4f}" for value in gradient.flat)
    return f"{gradient.shape} ‖g‖ {norm(gradient):.3g}"


def norm(gradient: Array | None) -> float:
    """Euclidean norm of all elements; 0 for no gradient.

    In float64: the square of 1e20 is more than float32 can hold.
    """
    if gradient is None:
        return 0.0
    wider = np.complex128 if np.iscomplexobj(gradient) else np.float64
    with np.errstate(over="ignore"):
        return float(np.linalg.norm(gradient.astype(wider, copy=False)))
