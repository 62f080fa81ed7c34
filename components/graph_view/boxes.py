"""What is said in one box, and on one line, of a drawn graph."""

import math
from collections.abc import Sequence
from typing import Any

import autograd_explorer as ax
from autograd_explorer.records import shape_of
from components.graph_view.bars import Measure
from components.graph_view.describe import clipped, gradient_text, shapes_text
from components.matrix import glyph

_MOST_EDGES = 12  # of a line that stands for many: those that the browser knows by name


def box_of(node: ax.Node, mark: ax.NonFinite | None) -> dict[str, Any]:
    box = {
        "id": f"node-{node.id}",
        "kind": node.kind,
        "name": clipped(node.name),
        "variable": clipped(node.tensor or ""),
        "shape": shapes_text(map(str, node.shapes)),
    }
    return box | {"nonfinite": mark.kind, "starts": mark.starts} if mark else box


def none_box(edge: ax.Edge) -> dict[str, Any]:
    return {
        "id": f"none-{edge.source}-{edge.slot}",
        "kind": "none",
        "name": "None",
    }


def link_of(edge: ax.Edge, own: Measure, strongest: float) -> dict[str, Any]:
    """What a line shows. Strengths are shares of the strongest in the whole graph, so that what a
    line's breadth means is the same in every box."""
    return {
        "id": edge_id(edge),
        "gradient": None if edge.gradient is None else clipped(gradient_text(edge.gradient)),
        "size": None if edge.gradient is None else clipped(str(shape_of(edge.gradient))),
        "strength": strength(own, strongest),
        "nonfinite": own.nonfinite,
    }


def links_of(name: str, edges: Sequence[ax.Edge], own: Measure, strongest: float) -> dict[str, Any]:
    """A line that stands for several edges: how many they are, and the norm of all their numbers
    together."""
    came = any(edge.gradient is not None for edge in edges)
    norm = glyph({"nan": math.nan, "inf": math.inf}.get(own.nonfinite, own.norm))
    return {
        "id": f"edges-{name}",
        "gradient": f"×{len(edges):,} ‖g‖ {norm or f'{own.norm:.3g}'}" if came else None,
        "size": None,
        "strength": strength(own, strongest),
        "nonfinite": own.nonfinite,
        "edges": [edge_id(edge) for edge in edges[:_MOST_EDGES]],
    }


def edge_id(edge: ax.Edge) -> str:
    return f"edge-{edge.source}-{edge.slot}"


def strength(own: Measure, strongest: float) -> float:
    """Between 0 and 1. Infinite and NaN are as strong as can be; sent as they are, they would not
    be JSON, and the browser would draw nothing at all."""
    if own.nonfinite or not math.isfinite(own.norm):
        return 1.0
    return round(min(1.0, own.norm / strongest), 3) if strongest else 0.0
