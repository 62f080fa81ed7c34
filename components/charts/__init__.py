"""Curves, bars and a surface to inspect: by Plotly, with the numbers as a table below.

`build_*` makes a figure, `show_*` puts it on the page, where it stands by itself: it is an element
of Streamlit, so it has no place on a board. What a reader drags is drawn by components of ours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

import texts
from autograd_explorer.records import Array
from components.board import board
from components.charts.axes import (
    BUTTONS,
    CLEAR,
    HEIGHT,
    MOST_LABELLED,
    MOST_TICKS,
    NO_TEMPLATE,
    POWER,
    ends,
    figure_of,
    flat_figure,
    heights_below,
    label_width,
    log_axis,
    log_ticks,
    marks_of,
    on_axis,
    placed,
    surface_heights,
)
from components.matrix import glyph
from components.page_language import page_language
from components.part import part
from components.prose import folded, heading, note, show, table
from components.theme import CHART_INK, CHART_LINE, DIVERGING, HEIGHTS

MOST = 8  # bars in a group
MOST_ROWS = 24  # of the table below a chart
DASHES = ("solid", "dash", "dot")
COLOURS = (DIVERGING[-1], DIVERGING[0], CHART_LINE)
COLOUR_BAR = 72  # pixels that a chart leaves for it
# Dragging over a chart moves the page, as a finger means it; the bar of buttons zooms and saves.
CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


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
    value_title: str
    step_title: str


@part()
def show_lines(chart: Lines, key: str) -> None:
    """Curves over one axis, each with a dash of its own."""
    frame = pd.DataFrame(
        {name: _written(values) for name, values in chart.curves.items()},
        index=pd.Index([f"{at:g}" for at in chart.x], name=chart.x_title),
    )
    _show(chart.title, build_lines(chart), frame, key)


@part()
def show_bars(rows: Sequence[Array], title: str, name: str, axis: str, key: str) -> None:
    """How the numbers of the vector called `name` stand after each of several steps."""
    frame = pd.DataFrame(
        [_written(row[:MOST]) for row in rows],
        columns=[f"{name}[{i}]" for i in range(len(rows[0][:MOST]))],
        index=pd.RangeIndex(1, len(rows) + 1, name=axis),
    )
    _show(title, build_bars(rows, name, axis), frame, key)


@part()
def show_norms(norms: Array, title: str, name: str, axis: str, key: str) -> None:
    """One bar a layer, on a logarithmic scale."""
    frame = pd.DataFrame(
        {name: _written(norms)}, index=pd.RangeIndex(len(norms), name=axis), dtype=object
    )
    _show(title, build_norms(norms, name, axis), frame, key, rows=len(norms))


@part()
def show_surface(surface: Surface, key: str) -> None:
    """A loss over two parameters with the path that training took over it, to turn."""
    down, along = surface.path
    frame = pd.DataFrame(
        {surface.row_title: _written(down), surface.column_title: _written(along)},
        index=pd.RangeIndex(len(down), name=surface.step_title),
    )
    _show(surface.title, build_surface(surface), frame, key)


def _show(title: str, figure: go.Figure, frame: pd.DataFrame, key: str, rows: int = 0) -> None:
    """A heading, the chart, and its numbers: all of the first `rows`, of more some."""
    say = texts.for_page("charts", page_language())
    shown = frame
    if len(frame) > max(MOST_ROWS, rows):
        shown = frame.iloc[np.linspace(0, len(frame) - 1, MOST_ROWS).astype(int)]
    figure.layout.datarevision = _revision(figure)
    marks = any(mark.bgcolor for mark in figure.layout.annotations)
    few = note(say("few", shown=len(shown), count=len(frame))) if len(shown) < len(frame) else ""
    show(heading(title, 3))
    st.plotly_chart(figure, key=key, config=CONFIG, alt=_read_aloud(title, figure))
    with board(f"{key}_numbers"):
        show(note(say("marks")) if marks else "", folded(say("numbers"), table(shown, title), few))


def _revision(figure: go.Figure) -> int:
    """A number for the data of a figure. Streamlit gives each figure to Plotly twice, and by this
    Plotly sees that nothing has changed; of lists, that is: arrays are always drawn again."""
    data = [
        trace[name]
        for trace in figure.data
        for name in ("x", "y", "z", "customdata", "text")
        if name in trace
    ]
    return crc32(repr(data).encode())


def _read_aloud(title: str, figure: go.Figure) -> str:
    """What a chart is: its title, what its axes are, and what they have no place for."""
    layout = figure.layout
    axes = (layout.scene.xaxis, layout.scene.yaxis) if layout.scene.xaxis.title.text else ()
    named = [axis.title.text for axis in axes or (layout.xaxis, layout.yaxis)]
    marks = [mark.name for mark in layout.annotations]
    return ", ".join(filter(None, [title, *named, *marks]))


def _written(values: Array) -> list[str]:
    """Numbers as the table below a chart has them."""
    return [f"{value:.4g}" if math.isfinite(value) else glyph(value) for value in values.tolist()]


def build_bars(rows: Sequence[Array], name: str, axis: str) -> go.Figure:
    """One group a step; one bar an element of the vectors (n,), the first eight of them.

    Raises:  ValueError, when there is no step
    """
    if not rows:
        raise ValueError("no rows")
    shown = np.array([row[:MOST] for row in rows], dtype=float)
    steps, count = shown.shape
    wide = 0.8 / count
    at = np.arange(1, steps + 1)[:, None] + (np.arange(count) - (count - 1) / 2) * wide
    heights, flat = placed(shown.ravel()), shown.ravel()
    low, high = ends(np.append(heights, 0.0), room=0.12)
    bars = {
        "type": "bar",
        "x": at.ravel().tolist(),
        "y": heights.tolist(),
        "width": wide * 0.92,
        "marker": {"color": np.where(flat < 0, COLOURS[1], COLOURS[0]).tolist()},
        "customdata": [(i, step + 1) for step in range(steps) for i in range(count)],
        "hovertemplate": f"{name}[%{{customdata[0]}}] = %{{y:+.6g}}<br>"
        f"{axis} %{{customdata[1]}}<extra></extra>",
    }
    if flat.size <= MOST_LABELLED:
        bars.update(
            text=[f"{value:+.3f}" if abs(value) < 1e4 else f"{value:+.1e}" for value in flat],
            textposition="outside",
            textangle=0 if flat.size <= MOST_LABELLED / 2 else -90,
            textfont={"size": 11},
            constraintext="none",
            cliponaxis=False,
        )
    unplaced = [
        (float(x), value)
        for x, value in zip(at.flat, flat, strict=True)
        if not math.isfinite(value)
    ]
    return flat_figure(
        [bars],
        {"title": {"text": axis}, "tickvals": [*range(1, steps + 1)], "range": [0.5, steps + 0.5]},
        {"range": [low, high], "zeroline": True, "nticks": MOST_TICKS},
        left=label_width(low, high),
        annotations=marks_of(unplaced, 0.0, yref="y", yanchor="bottom"),
    )


def build_norms(norms: Array, name: str, axis: str) -> go.Figure:
    """One bar a layer; a norm that is zero or not finite has a mark instead."""
    heights = placed(norms, log=True)
    bars = {
        "type": "bar",
        "x": [*range(len(norms))],
        "y": heights.tolist(),
        "marker": {"color": COLOURS[0]},
        "hovertemplate": f"{name} = %{{y:.4g}}<br>%{{x}}<extra></extra>",
    }
    unplaced = [(float(i), float(norms[i])) for i, height in enumerate(heights) if not height > 0]
    return flat_figure(
        [bars],
        {"title": {"text": axis}, "dtick": max(1, math.ceil(len(norms) / 16)), "tick0": 0},
        log_axis(heights, room=0.1),
        left=POWER,
        annotations=marks_of(unplaced, 0.0, yref="paper", yanchor="bottom"),
    )


def build_lines(chart: Lines) -> go.Figure:
    """A curve breaks where its axis has no place for a value, and a mark says which one."""
    log_x, log_y = "x" in chart.log, "y" in chart.log
    x = placed(np.asarray(chart.x), log=log_x)
    curves = {name: placed(values, log=log_y) for name, values in chart.curves.items()}
    lines = [
        {
            "type": "scatter",
            "x": x.tolist(),
            "y": values.tolist(),
            "name": name,
            "mode": "lines+markers",
            "line": {"color": COLOURS[i % 3], "dash": DASHES[i % 3], "width": 2},
            "marker": {"size": 5},
            "hovertemplate": "%{y:.6g}"
            + ("" if len(curves) > 1 else f"<extra>{escape(name)}</extra>"),
        }
        for i, (name, values) in enumerate(curves.items())
    ]
    linear: dict[str, Any] = {"nticks": MOST_TICKS}
    across = log_axis(x) if log_x else linear
    heights = np.concatenate([*curves.values()])
    up = log_axis(heights) if log_y else linear
    start = across["range"][0] if log_x else 0.0
    places = [on_axis(float(at), start, log=log_x) for at in x]
    marks = [
        mark
        for values in chart.curves.values()
        for mark in marks_of(
            [
                (at, float(value))
                for at, value in zip(places, values, strict=True)
                if not math.isfinite(value) or (log_y and value <= 0)
            ],
            1.0,
            yref="paper",
            yanchor="top",
        )
    ]
    rule = {"yref": "paper", "y0": 0, "y1": 1, "line": {"color": CHART_LINE, "dash": "dot"}}
    return flat_figure(
        lines,
        {"title": {"text": chart.x_title}, **across},
        {"title": {"text": chart.y_title}, **up},
        left=POWER if log_y else label_width(*ends(heights, room=0.05)),
        annotations=marks,
        shapes=[rule | {"x0": at, "x1": at} for at in (chart.marked,) if at is not None],
        hovermode="x unified",
        showlegend=len(lines) > 1,
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
    )


def build_surface(surface: Surface) -> go.Figure:
    """The logarithm of the values, in three dimensions.

    What is not finite is as high as the highest that is, and says so when it is pointed at.
    """
    x, y = (placed(values) for values in (surface.columns, surface.rows))
    logs = surface_heights(surface.values)
    ticks, names = log_ticks(float(logs.min()), float(logs.max()))
    said = [
        [glyph(value) or f"{value:.4g}" for value in values] for values in surface.values.tolist()
    ]
    down, along = (placed(values) for values in surface.path)
    look = {
        "x": x.tolist(),
        "y": y.tolist(),
        "z": logs.round(6).tolist(),
        "text": np.array(said, dtype=object),
        "hovertemplate": f"{surface.row_title} = %{{y:.4~g}}<br>"
        f"{surface.column_title} = %{{x:.4~g}}<br>"
        f"{surface.value_title} = %{{text}}<extra></extra>",
        "colorscale": [[i / (len(HEIGHTS) - 1), colour] for i, colour in enumerate(HEIGHTS)],
        "colorbar": {
            "title": {"text": surface.value_title},
            "tickvals": ticks,
            "ticktext": names,
            "thickness": 12,
            "outlinewidth": 0,
            "ticklabeloverflow": "allow",
        },
    }
    walk = {
        "x": along.tolist(),
        "y": down.tolist(),
        "mode": "lines+markers",
        "line": {"color": COLOURS[1], "width": 5},
        "customdata": [*range(len(down))],
        "hovertemplate": f"{surface.step_title} %{{customdata}}<br>"
        f"{surface.row_title} = %{{y:.4g}}<br>{surface.column_title} = %{{x:.4g}}<extra></extra>",
    }
    sizes = [7 if step == 0 else 3 for step in range(len(down))]
    walk["marker"] = {"color": COLOURS[1], "size": sizes, "opacity": 1}
    above = heights_below(down, along, y, x, logs) + float(np.ptp(logs)) * 0.02
    walk["z"] = above.tolist()
    axis = {
        "showbackground": False,
        "gridcolor": CHART_LINE,
        "zeroline": False,
        "nticks": 5,
        "tickfont": {"color": CHART_INK, "size": 12},
    }
    font = {"color": CHART_INK, "size": 14}
    return figure_of(
        [{"type": "surface", **look}, {"type": "scatter3d", **walk}],
        {
            "template": NO_TEMPLATE,
            "height": HEIGHT,
            "margin": {"l": 0, "r": COLOUR_BAR, "t": 32, "b": 0, "autoexpand": False},
            "modebar": BUTTONS,
            "showlegend": False,
            "scene": {
                "bgcolor": CLEAR,
                "dragmode": "turntable",
                "camera": {
                    "eye": {"x": 1.5, "y": -1.5, "z": 1.2},
                    "center": {"x": 0, "y": 0, "z": -0.2},
                },
                "xaxis": {**axis, "title": {"text": surface.column_title, "font": font}},
                "yaxis": {**axis, "title": {"text": surface.row_title, "font": font}},
                "zaxis": {
                    **axis,
                    "title": {"text": surface.value_title, "font": font},
                    "tickvals": ticks,
                    "ticktext": names,
                },
            },
        },
    )
