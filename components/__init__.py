"""Draws or asks one thing each; could sit on any page. Every module registers at import."""

from components import (
    board,
    charts,
    descent,
    dials,
    editor,
    glance,
    graph_view,
    header,
    heatmaps,
    node_card,
    prediction,
    probe,
    program_view,
    steps,
    timeline,
)

__all__ = [
    "board",
    "charts",
    "descent",
    "dials",
    "editor",
    "glance",
    "graph_view",
    "header",
    "heatmaps",
    "node_card",
    "prediction",
    "probe",
    "program_view",
    "steps",
    "timeline",
]
