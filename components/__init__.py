"""Draws or asks one thing each; could sit on any page. Every module registers at import."""

from components import dials, graph_view, heatmaps, page_language, prediction, program_view

__all__ = ["dials", "graph_view", "heatmaps", "page_language", "prediction", "program_view"]
