"""Draw a recorded graph: operations, leaves, None slots, and the gradient on every edge."""

from typing import Any

import numpy as np

import core
from components.assets import register
from components.graph_view.layout import lay_out
from components.theme import IDENTITY
from core.views import Array
from texts import Say

_mount = register(__file__, "graph_view")

_MOST_NUMBERS = 3


def show_graph(graph: core.BackwardGraph, say: Say, key: str) -> None:
    """Draw a graph; the forward pass runs left to right, gradients right to left."""
    _mount(key=key, data=build_graph(graph, say))


def build_graph(graph: core.BackwardGraph, say: Say) -> dict[str, Any]:
    """Boxes and links with their places. Every None slot becomes a small box of its own."""
    boxes = [_box(node) for node in graph.nodes]
    links = []
    for edge in graph.edges:
        target = edge.target
        if target is None:
            target = len(boxes)
            boxes.append({"id": f"none-{edge.source}-{edge.slot}", "kind": "none", "name": "None"})
        links.append((edge, target))
    layout = lay_out(len(boxes), [(edge.source, target) for edge, target in links])
    strongest = max((norm(edge.gradient) for edge, _ in links), default=0.0) or 1.0
    for box, layer, slot in zip(boxes, layout.layers, layout.slots, strict=True):
        box |= {"layer": layer, "slot": round(slot, 3)}
    return {
        "boxes": boxes,
        "links": [
            {
                "id": f"{edge.source}-{edge.slot}",
                "source": edge.source,
                "target": target,
                "bends": [round(slot, 3) for slot in route],
                "gradient": None if edge.gradient is None else gradient_text(edge.gradient),
                "size": None if edge.gradient is None else str(edge.gradient.shape),
                "strength": round(norm(edge.gradient) / strongest, 3),
            }
            for (edge, target), route in zip(links, layout.routes, strict=True)
        ],
        "labels": {
            key: say(key)
            for key in ("graph", "forward", "backward", "operation", "leaf", "no_gradient")
        },
        "summary": say(
            "graph_summary",
            nodes=len(graph.nodes),
            leaves=sum(node.kind == "leaf" for node in graph.nodes),
            nones=sum(edge.target is None for edge in graph.edges),
        ),
    }


def _box(node: core.Node) -> dict[str, Any]:
    return {
        "id": f"node-{node.id}",
        "kind": node.kind,
        "name": node.name,
        "variable": node.tensor or "",
        "tone": node.tensor if node.tensor in IDENTITY else "",
        "shape": ", ".join(str(shape) for shape in node.shapes),
    }


def gradient_text(gradient: Array) -> str:
    """The numbers themselves while they are few, else the shape and the norm."""
    if gradient.size <= _MOST_NUMBERS:
        return ", ".join(f"{float(value):+.4f}" for value in gradient.flat)
    return f"{gradient.shape} ‖g‖ {norm(gradient):.3g}"


def norm(gradient: Array | None) -> float:
    """Euclidean norm of all elements; 0 for no gradient."""
    return 0.0 if gradient is None else float(np.linalg.norm(gradient))
