"""Charts that read best in Plotly: bars, curves, a surface, a matrix over time."""

from collections.abc import Mapping, Sequence
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


def show_animation(matrices: Mapping[str, Array], play: str, key: str) -> None:
    """Matrices over time; they play in the browser, without a round trip."""
    st.plotly_chart(build_animation(matrices, play), key=key, theme="streamlit")


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
    kinds = {axis: "log" if axis in chart.log else "linear" for axis in "xy"}
    colours = (DIVERGING[4], DIVERGING[0], "#888888")
    curves = [
        {
            "type": "scatter",
            "x": list(chart.x),
            # A logarithmic axis has no place for zero.
            "y": np.where(values > 0, values, np.nan) if "y" in chart.log else values,
            "name": name,
            "mode": "lines+markers",
            "line": {"dash": dash, "color": colour},
        }
        for (name, values), dash, colour in zip(
            chart.curves.items(), _DASHES, colours, strict=False
        )
    ]
    layout = _layout(chart.title) | {
        "xaxis": {"title": chart.x_title, "type": kinds["x"], "exponentformat": "power"},
        "yaxis": {"title": chart.y_title, "type": kinds["y"], "exponentformat": "power"},
        "legend": {"orientation": "h", "y": 1.12, "x": 0},
        "showlegend": len(curves) > 1,
    }
    if chart.marked is not None:
        ends = {"x0": chart.marked, "x1": chart.marked, "y0": 0, "y1": 1, "yref": "paper"}
        layout["shapes"] = [{"type": "line", **ends, "line": {"dash": "dot", "color": "#888888"}}]
    return go.Figure(curves, layout=layout)


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
        colorscale=[[0, DIVERGING[2]], [1, "#5C6570"]],
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


def build_animation(matrices: Mapping[str, Array], play: str) -> go.Figure:
    """Matrices (steps, rows, columns) side by side, each on a scale of its own about zero.

    At most 12 steps are drawn. A frame holds the numbers alone: Plotly checks every attribute of
    every frame, which for whole traces would take longer than the training.
    """
    steps = min(len(frames) for frames in matrices.values())
    chosen = np.unique(np.linspace(0, steps - 1, min(12, steps)).astype(int))
    axes = ("", "2")[: len(matrices)]
    traces = []
    for axis, (name, frames) in zip(axes, matrices.items(), strict=True):
        finite = np.abs(frames[np.isfinite(frames)])
        peak = float(finite.max(initial=0.0)) or 1.0
        traces.append(
            go.Heatmap(
                z=frames[0],
                zmin=-peak,
                zmax=peak,
                colorscale=_SCALE,
                xgap=1,
                ygap=1,
                name=name,
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                showscale=False,
                hovertemplate=f"{name}[%{{y}}, %{{x}}] = %{{z:+.5g}}<extra></extra>",
            )
        )
    still: dict[str, Any] = {"mode": "immediate", "frame": {"duration": 0}}
    layout = _layout("") | {
        "height": 400,
        "margin": {"l": 40, "r": 8, "t": 88, "b": 24},
        "updatemenus": [_play_button(play)],
        "sliders": [
            {
                "steps": [
                    {"label": str(step), "method": "animate", "args": [[str(step)], still]}
                    for step in chosen
                ]
            }
        ],
    }
    for place, (axis, (name, frames)) in enumerate(zip(axes, matrices.items(), strict=True)):
        domain = [place / len(axes), (place + 0.92) / len(axes)]
        layout[f"xaxis{axis}"] = _indices(frames.shape[2]) | {
            "domain": domain,
            "anchor": f"y{axis}",
            "title": name,
            "side": "top",
        }
        layout[f"yaxis{axis}"] = _indices(frames.shape[1]) | {
            "anchor": f"x{axis}",
            "autorange": "reversed",
        }
    return go.Figure(
        traces,
        layout=layout,
        frames=[
            {
                "name": str(step),
                "data": [{"type": "heatmap", "z": frames[step]} for frames in matrices.values()],
            }
            for step in chosen
        ],
    )


def _play_button(play: str) -> dict[str, Any]:
    speed = {"frame": {"duration": 120}, "transition": {"duration": 0}}
    return {
        "type": "buttons",
        "buttons": [{"label": play, "method": "animate", "args": [None, speed]}],
        "x": 1,
        "xanchor": "right",
        "y": 1.14,
        "yanchor": "bottom",
        "showactive": False,
        "bgcolor": "#3D4A5C",
        "font": {"color": "#FFFFFF"},
    }


def _indices(count: int) -> dict[str, Any]:
    """An axis of whole numbers."""
    return {"showgrid": False, "zeroline": False, "dtick": max(1, count // 8)}
