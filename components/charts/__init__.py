"""Curves, bars and a surface to inspect: by Plotly, with the numbers as a table below.

`build_*` makes a figure, `show_*` puts it on the page, where it stands by itself: it is an element
of Streamlit, so it has no place on a board. What a reader drags is drawn by components of ours.
"""

import math
from collections.abc import Mapping, Sequence
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
from components.matrix import glyph
from components.page_language import page_language
from components.part import part
from components.prose import folded, heading, note, show, table
from components.theme import CHART_INK, CHART_LINE, DIVERGING, HEIGHTS, MONO, NONFINITE

MOST = 8  # bars in a group
MOST_LABELLED = 18
MOST_TICKS = 6
MOST_ROWS = 24  # of the table below a chart
LARGEST = 1e300  # what is larger is drawn there: beyond 1e304 Plotly takes it for no number
DEEPEST = 1e-3  # of its highest value: further down, the valley between two samples is unknown
DASHES = ("solid", "dash", "dot")
COLOURS = (DIVERGING[-1], DIVERGING[0], CHART_LINE)
CLEAR = "rgba(0,0,0,0)"
HEIGHT = 340
# Pixels that a chart leaves: for a digit, a power of ten, a title, a legend, a bar of colours.
DIGIT, POWER, TITLE, LEGEND, COLOUR_BAR = 8, 44, 28, 28, 72
# The browser's part of Streamlit has fonts and colours for both themes. Its part here would put
# another 3 kB into each chart, for colours of traces, which we give.
NO_TEMPLATE = "none"
BUTTONS = {"bgcolor": CLEAR, "color": CHART_LINE, "activecolor": DIVERGING[-1]}
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
def show_surface(surface: Surface, key: str, *, solid: bool) -> None:
    """A loss over two parameters with the path that training took over it, as a map or to turn."""
    down, along = surface.path
    frame = pd.DataFrame(
        {surface.row_title: _written(down), surface.column_title: _written(along)},
        index=pd.RangeIndex(len(down), name=surface.step_title),
    )
    # Each of the two has its key: one drawn into the other's place would keep its view.
    figure = build_surface(surface, solid=solid)
    _show(surface.title, figure, frame, f"{key}_{'solid' if solid else 'map'}")


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
    heights, flat = _placed(shown.ravel()), shown.ravel()
    low, high = _ends(np.append(heights, 0.0), room=0.12)
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
    return _figure(
        [bars],
        {"title": {"text": axis}, "tickvals": [*range(1, steps + 1)], "range": [0.5, steps + 0.5]},
        {"range": [low, high], "zeroline": True, "nticks": MOST_TICKS},
        left=_label_width(low, high),
        annotations=_marks(unplaced, 0.0, yref="y", yanchor="bottom"),
    )


def build_norms(norms: Array, name: str, axis: str) -> go.Figure:
    """One bar a layer; a norm that is zero or not finite has a mark instead."""
    heights = _placed(norms, log=True)
    bars = {
        "type": "bar",
        "x": [*range(len(norms))],
        "y": heights.tolist(),
        "marker": {"color": COLOURS[0]},
        "hovertemplate": f"{name} = %{{y:.4g}}<br>%{{x}}<extra></extra>",
    }
    unplaced = [(float(i), float(norms[i])) for i, height in enumerate(heights) if not height > 0]
    return _figure(
        [bars],
        {"title": {"text": axis}, "dtick": max(1, math.ceil(len(norms) / 16)), "tick0": 0},
        _log_axis(heights, room=0.1),
        left=POWER,
        annotations=_marks(unplaced, 0.0, yref="paper", yanchor="bottom"),
    )


def build_lines(chart: Lines) -> go.Figure:
    """A curve breaks where its axis has no place for a value, and a mark says which one."""
    log_x, log_y = "x" in chart.log, "y" in chart.log
    x = _placed(np.asarray(chart.x), log=log_x)
    curves = {name: _placed(values, log=log_y) for name, values in chart.curves.items()}
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
    across = _log_axis(x) if log_x else linear
    heights = np.concatenate([*curves.values()])
    up = _log_axis(heights) if log_y else linear
    start = across["range"][0] if log_x else 0.0
    places = [_on_axis(float(at), start, log=log_x) for at in x]
    marks = [
        mark
        for values in chart.curves.values()
        for mark in _marks(
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
    return _figure(
        lines,
        {"title": {"text": chart.x_title}, **across},
        {"title": {"text": chart.y_title}, **up},
        left=POWER if log_y else _label_width(*_ends(heights, room=0.05)),
        annotations=marks,
        shapes=[rule | {"x0": at, "x1": at} for at in (chart.marked,) if at is not None],
        hovermode="x unified",
        showlegend=len(lines) > 1,
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
    )


def build_surface(surface: Surface, *, solid: bool) -> go.Figure:
    """The logarithm of the values, as a map of levels or, if it is solid, in three dimensions.

    What is not finite is as high as the highest that is, and says so when it is pointed at.
    """
    x, y = (_placed(values) for values in (surface.columns, surface.rows))
    logs = _heights(surface.values)
    ticks, names = _log_ticks(float(logs.min()), float(logs.max()))
    said = [
        [glyph(value) or f"{value:.4g}" for value in values] for values in surface.values.tolist()
    ]
    down, along = (_placed(values) for values in surface.path)
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
        "line": {"color": COLOURS[1], "width": 5 if solid else 2},
        "customdata": [*range(len(down))],
        "hovertemplate": f"{surface.step_title} %{{customdata}}<br>"
        f"{surface.row_title} = %{{y:.4g}}<br>{surface.column_title} = %{{x:.4g}}<extra></extra>",
    }
    sizes = [3 if solid else 5] * len(down)
    if sizes:
        sizes[0] = 7 if solid else 14
    walk["marker"] = {"color": COLOURS[1], "size": sizes, "opacity": 1}
    if not solid:
        return _figure(
            [
                {"type": "contour", **look, "ncontours": 14, "line": {"width": 0.5}},
                {"type": "scatter", **walk},
            ],
            {"title": {"text": surface.column_title}, "nticks": MOST_TICKS, "showgrid": False},
            {"title": {"text": surface.row_title}, "nticks": MOST_TICKS, "showgrid": False},
            left=_label_width(*_ends(y, room=0.0)),
            right=COLOUR_BAR,
        )
    above = _heights_below(down, along, y, x, logs) + float(np.ptp(logs)) * 0.02
    walk["z"] = above.tolist()
    axis = {
        "showbackground": False,
        "gridcolor": CHART_LINE,
        "zeroline": False,
        "nticks": 5,
        "tickfont": {"color": CHART_INK, "size": 12},
    }
    font = {"color": CHART_INK, "size": 14}
    return go.Figure(
        [{"type": "surface", **look}, {"type": "scatter3d", **walk}],
        layout={
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


def _figure(
    traces: Sequence[Mapping[str, Any]],
    x: Mapping[str, Any],
    y: Mapping[str, Any],
    *,
    left: int,
    right: int = 16,
    **layout: Any,
) -> go.Figure:
    """A figure with the margins that it needs: where Plotly has to find them, it draws everything
    once more for each that it finds, and asks the browser how large every label is.

    left, right  room for what stands beside the axes, in pixels
    """
    axis = {
        "zeroline": False,
        "automargin": False,
        "exponentformat": "power",
        "tickangle": 0,
        "ticklabeloverflow": "allow",
    }
    title = {"standoff": 8}
    return go.Figure(
        traces,
        layout={
            "template": NO_TEMPLATE,
            "height": HEIGHT,
            "margin": {
                "l": left + (TITLE if "title" in y else 0),
                "r": right,
                "t": 32,
                "b": 24 + TITLE + (LEGEND if layout.get("showlegend") else 0),
                "autoexpand": False,
            },
            "modebar": BUTTONS,
            "dragmode": False,
            "showlegend": False,
            "xaxis": {**axis, **x, "title": {**title, **x.get("title", {})}},
            "yaxis": {**axis, **y, "title": {**title, **y.get("title", {})}},
            **layout,
        },
    )


def _label_width(low: float, high: float) -> int:
    """How wide the labels of a linear axis get, in pixels, at most: from their first digit to the
    last one that differs between two of them. Plotly writes the far ones with a power of ten."""
    last = math.floor(math.log10((high - low) / MOST_TICKS or 1.0))
    first = math.floor(math.log10(max(abs(low), abs(high)) or 1.0))
    if abs(first) > 3:
        return DIGIT * (2 + first - last + len("×10") + len(str(first)))
    return DIGIT * (2 + max(first, 0) + max(-last, 0) + (low < 0))


def _placed(values: Array, *, log: bool = False) -> Array:
    """The values that an axis has a place for; NaN for the others."""
    floats = np.asarray(values, dtype=float)
    there = np.isfinite(floats) & ((floats > 0) | (not log))
    placed: Array = np.where(there, floats.clip(-LARGEST, LARGEST), np.nan)
    return placed


def _ends(values: Array, room: float) -> tuple[float, float]:
    """The lowest and the highest value that there is, with some room at both ends."""
    found = values[np.isfinite(values)]
    low, high = (float(found.min()), float(found.max())) if found.size else (0.0, 1.0)
    gap = (high - low) * room or max(0.5, abs(high) / 1000)
    return low - gap, high + gap


def _log_axis(values: Array, room: float = 0.05) -> dict[str, Any]:
    """A logarithmic axis around values that have a place on it: at least a power of ten long, for
    less would look like more."""
    low, high = _ends(np.log10(values[values > 0]), room)
    short = max(0.0, (1 - high + low) / 2)
    return {
        "type": "log",
        "range": [low - short, high + short],
        "nticks": MOST_TICKS,
        "tickfont": {"size": 10},  # Plotly makes that of powers a quarter larger
    }


def _on_axis(value: float, otherwise: float, *, log: bool) -> float:
    """Where an annotation has to stand for a value; on a logarithmic axis, at its logarithm."""
    if not math.isfinite(value):
        return otherwise
    return math.log10(value) if log else value


def _marks(
    unplaced: Sequence[tuple[float, float]], height: float, **more: Any
) -> list[dict[str, Any]]:
    """A mark where an axis has no place for a value; one for several alike that follow, where
    each of them would have too little room."""
    ground, ink, edge = NONFINITE
    plain = {"y": height, "showarrow": False, "font": {"family": MONO, "size": 11}, **more}
    odd = {"bgcolor": ground, "bordercolor": edge, "borderpad": 2}
    marks: list[dict[str, Any]] = []
    crowded = len(unplaced) > MOST_LABELLED
    for at, value in unplaced:
        text = glyph(value) or f"{value:g}"
        if not (glyph(value) or crowded) or not marks or marks[-1]["name"] != text:
            mark = plain | {"x": at, "text": text, "name": text}
            marks.append(
                mark | odd | {"font": {**plain["font"], "color": ink}} if glyph(value) else mark
            )
    return marks


def _heights(values: Array) -> Array:
    """The logarithms of a surface's values, without holes and without what is too deep to know."""
    floats = np.asarray(values, dtype=float)
    finite = np.isfinite(floats)
    floats = np.where(finite, floats, floats[finite].max(initial=0.0))
    return np.asarray(np.log10(np.maximum(floats, max(float(floats.max()) * DEEPEST, 1e-12))))


def _heights_below(down: Array, along: Array, rows: Array, columns: Array, logs: Array) -> Array:
    """How high a surface is at each step of a path, between its samples as Plotly draws it."""
    each = [np.interp(along, columns, row) for row in logs]
    return np.array([np.interp(d, rows, [row[i] for row in each]) for i, d in enumerate(down)])


def _log_ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Powers of ten between two logarithms; if there are not two, 1, 2 and 5 times one."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    step = max(1, math.ceil(len(powers) / MOST_TICKS))
    whole = [power for power in powers if low <= power <= high and not power % step]
    if len(whole) >= 2:
        return [float(power) for power in whole], [f"10<sup>{power}</sup>" for power in whole]
    exact = [(math.log10(by) + power, by * 10.0**power) for power in powers for by in (1, 2, 5)]
    found = [(at, f"{value:g}") for at, value in exact if low <= at <= high]
    return [at for at, _ in found], [text for _, text in found]
