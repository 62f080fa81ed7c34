"""Charts that read best in Plotly: bars, curves, a surface, a matrix over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.theme import DIVERGING
from core.views import Array

_DASHES = ("solid", "dash", "dot")
_SCALE = [[i / (len(DIVERGING) - 1), colour] for i, colour in enumerate(DIVERGING)]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """.x (n,) shared by the .curves, name → (n,); .marked an x to draw a line at, if any;
    .log which axes are logarithmic: "", "y" or "xy" """

    title: str
    x: Sequence[float]
    curves: dict[str, Array]
    x_title: str
    y_title: str
    log: str = ""
    marked: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """.values (rows, columns) over .rows and .columns; .path the (row, column) of every step"""

    title: str
    values: Array
    rows: Array
    columns: Array
    path: tuple[Array, Array]
    row_title: str
    column_title: str


MOST = 8


def show_bars(rows: Sequence[Array], title: str, axis: str, key: str) -> None:
    """How a vector's numbers stand after each of several steps, as groups of bars."""
    _show(build_bars(rows, title, axis), key)


def show_lines(chart: "Lines", key: str) -> None:
    """Curves over one axis, each with a dash of its own."""
    _show(build_lines(chart), key)


def show_norms(norms: Array, title: str, axis: str, key: str) -> None:
    """One bar a layer, on a logarithmic scale."""
    _show(build_norms(norms, title, axis), key)


def show_surface(surface: "Surface", key: str) -> None:
    """A loss over two parameters, with the path that training took over it."""
    _show(build_surface(surface), key)


def show_animation(frames: Array, title: str, play: str, key: str) -> None:
    """A matrix over time; it plays in the browser, without a round trip."""
    st.plotly_chart(build_animation(frames, title, play), key=key, theme="streamlit")


def _show(figure: go.Figure, key: str) -> None:
    st.plotly_chart(figure, key=key, theme="streamlit", config={"staticPlot": True})


def build_bars(rows: Sequence[Array], title: str, axis: str) -> go.Figure:
    """One group a step; one bar an element of the vectors (n,), the first eight of them.

    Raises:  ValueError, when there is no step
    """
    if not rows:
        raise ValueError("no rows")
    steps = [str(i) for i in range(1, len(rows) + 1)]
    count = min(MOST, len(rows[0]))
    bars = [
        go.Bar(
            x=steps,
            y=[float(row[i]) for row in rows],
            name=f"[{i}]",
            marker_color=DIVERGING[4] if rows[-1][i] >= 0 else DIVERGING[0],
            text=[f"{float(row[i]):+.3f}" for row in rows] if count * len(rows) <= 18 else None,
            textposition="outside",
            cliponaxis=False,
        )
        for i in range(count)
    ]
    return go.Figure(
        bars,
        layout=_layout(title) | {"xaxis": {"title": axis}, "showlegend": False},
    )


def _layout(title: str) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 16}},
        "height": 320,
        "margin": {"l": 56, "r": 8, "t": 56, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def build_lines(chart: Lines) -> go.Figure:
    figure = go.Figure(layout=_layout(chart.title))
    colours = (DIVERGING[4], DIVERGING[0], "#888888")
    for (name, values), dash, colour in zip(chart.curves.items(), _DASHES, colours, strict=False):
        y = np.where(values > 0, values, np.nan) if "y" in chart.log else values
        figure.add_scatter(
            x=list(chart.x),
            y=y.astype(float),
            name=name,
            mode="lines+markers",
            line={"dash": dash, "color": colour},
        )
    figure.update_layout(
        xaxis={"title": chart.x_title, "type": "log" if "x" in chart.log else "linear"},
        yaxis={
            "title": chart.y_title,
            "type": "log" if "y" in chart.log else "linear",
            "exponentformat": "power",
        },
        legend={"orientation": "h", "y": 1.12, "x": 0},
        showlegend=len(chart.curves) > 1,
    )
    if chart.marked is not None:
        figure.add_vline(x=chart.marked, line={"dash": "dot", "color": "#888888"})
    return figure


def build_norms(norms: Array, title: str, axis: str) -> go.Figure:
    finite = [float(n) if np.isfinite(n) and n > 0 else None for n in norms]
    bars = go.Bar(x=list(range(len(norms))), y=finite, marker_color=DIVERGING[4])
    return go.Figure(
        bars,
        layout=_layout(title)
        | {"xaxis": {"title": axis}, "yaxis": {"type": "log", "exponentformat": "power"}},
    )


def build_surface(surface: Surface) -> go.Figure:
    contours = go.Contour(
        z=np.log10(np.maximum(surface.values.astype(float), 1e-12)),
        x=surface.columns,
        y=surface.rows,
        colorscale="Greys",
        reversescale=True,
        showscale=False,
        contours={"coloring": "heatmap"},
    )
    path = go.Scatter(
        x=surface.path[1],
        y=surface.path[0],
        mode="lines+markers",
        line={"color": DIVERGING[0]},
        marker={"size": [12, *[5] * (len(surface.path[0]) - 1)], "color": DIVERGING[0]},
    )
    return go.Figure(
        [contours, path],
        layout=_layout(surface.title)
        | {
            "xaxis": {"title": surface.column_title},
            "yaxis": {"title": surface.row_title},
            "showlegend": False,
        },
    )


def build_animation(frames: Array, title: str, play: str) -> go.Figure:
    """Frames (steps, rows, columns) on one scale, symmetric about zero; at most 60 are drawn."""
    chosen = np.unique(np.linspace(0, len(frames) - 1, min(60, len(frames))).astype(int))
    finite = np.abs(frames[np.isfinite(frames)])
    peak = float(finite.max(initial=0.0)) or 1.0

    def heatmap(step: int) -> go.Heatmap:
        return go.Heatmap(z=frames[step], zmin=-peak, zmax=peak, colorscale=_SCALE, xgap=1, ygap=1)

    button = {
        "label": play,
        "method": "animate",
        "args": [None, {"frame": {"duration": 120}, "transition": {"duration": 0}}],
    }
    slider = {
        "steps": [
            {
                "label": str(step),
                "method": "animate",
                "args": [[str(step)], {"mode": "immediate", "frame": {"duration": 0}}],
            }
            for step in chosen
        ]
    }
    return go.Figure(
        heatmap(0),
        frames=[go.Frame(data=[heatmap(step)], name=str(step)) for step in chosen],
        layout=_layout(title)
        | {
            "height": 380,
            "yaxis": {"autorange": "reversed", "showgrid": False, "zeroline": False},
            "xaxis": {"showgrid": False, "zeroline": False},
            "updatemenus": [
                {"type": "buttons", "buttons": [button], "x": 0, "y": 1.2, "direction": "left"}
            ],
            "sliders": [slider],
        },
    )
