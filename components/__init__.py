"""Draws or asks one thing each; could sit on any page. Every module registers at import."""

from components import (
    board,
    charts,
    dials,
    editor,
    frames,
    glossary,
    graph_view,
    heatmaps,
    node_card,
    prediction,
    program_view,
    steps,
    timeline,
)

__all__ = [
    "board",
    "charts",
    "dials",
    "editor",
    "frames",
    "glossary",
    "graph_view",
    "heatmaps",
    "node_card",
    "prediction",
    "program_view",
    "steps",
    "timeline",
]
