"""The frame of a flat chart; where numbers stand on its axes, or marks for those that cannot."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from autograd_explorer.records import Array
from components.matrix import glyph
from components.theme import CHART_LINE, DIVERGING, MONO, NONFINITE

MOST_LABELLED = 18
MOST_TICKS = 6
LARGEST = 1e300  # what is larger is drawn there: beyond 1e304 Plotly takes it for no number
DEEPEST = 1e-3  # of its highest value: further down, the valley between two samples is unknown
DIGIT, POWER = 8, 44  # pixels for a digit beside an axis, and for a power of ten
CLEAR = "rgba(0,0,0,0)"
HEIGHT = 340
TITLE, LEGEND = 28, 28  # pixels that a chart leaves for each
# The browser's part of Streamlit has fonts and colours for both themes. Its part here would put
# another 3 kB into each chart, for colours of traces, which we give.
NO_TEMPLATE = "none"
BUTTONS = {"bgcolor": CLEAR, "color": CHART_LINE, "activecolor": DIVERGING[-1]}


def flat_figure(
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
    return figure_of(
        traces,
        {
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


def figure_of(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> go.Figure:
    """A figure of Plotly that does not look at each value again, for that takes nine tenths of the
    time; the tests have it look at every kind of chart that we make."""
    return go.Figure(traces, layout=layout, _validate=False)


def label_width(low: float, high: float) -> int:
    """How wide the labels of a linear axis get, in pixels, at most: from their first digit to the
    last one that differs between two of them. Plotly writes the far ones with a power of ten."""
    last = math.floor(math.log10((high - low) / MOST_TICKS or 1.0))
    first = math.floor(math.log10(max(abs(low), abs(high)) or 1.0))
    if abs(first) > 3:
        return DIGIT * (2 + first - last + len("×10") + len(str(first)))
    return DIGIT * (2 + max(first, 0) + max(-last, 0) + (low < 0))


def placed(values: Array, *, log: bool = False) -> Array:
    """The values that an axis has a place for; NaN for the others."""
    floats = np.asarray(values, dtype=float)
    there = np.isfinite(floats) & ((floats > 0) | (not log))
    placed: Array = np.where(there, floats.clip(-LARGEST, LARGEST), np.nan)
    return placed


def ends(values: Array, room: float) -> tuple[float, float]:
    """The lowest and the highest value that there is, with some room at both ends."""
    found = values[np.isfinite(values)]
    low, high = (float(found.min()), float(found.max())) if found.size else (0.0, 1.0)
    gap = (high - low) * room or max(0.5, abs(high) / 1000)
    return low - gap, high + gap


def log_axis(values: Array, room: float = 0.05) -> dict[str, Any]:
    """A logarithmic axis around values that have a place on it: at least a power of ten long, for
    less would look like more."""
    low, high = ends(np.log10(values[values > 0]), room)
    short = max(0.0, (1 - high + low) / 2)
    return {
        "type": "log",
        "range": [low - short, high + short],
        "nticks": MOST_TICKS,
        "tickfont": {"size": 10},  # Plotly makes that of powers a quarter larger
    }


def on_axis(value: float, otherwise: float, *, log: bool) -> float:
    """Where an annotation has to stand for a value; on a logarithmic axis, at its logarithm."""
    if not math.isfinite(value):
        return otherwise
    return math.log10(value) if log else value


def marks_of(
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


def surface_heights(values: Array) -> Array:
    """The logarithms of a surface's values, without holes and without what is too deep to know."""
    floats = np.asarray(values, dtype=float)
    finite = np.isfinite(floats)
    floats = np.where(finite, floats, floats[finite].max(initial=0.0))
    return np.asarray(np.log10(np.maximum(floats, max(float(floats.max()) * DEEPEST, 1e-12))))


def heights_below(down: Array, along: Array, rows: Array, columns: Array, logs: Array) -> Array:
    """How high a surface is at each step of a path, between its samples as Plotly draws it."""
    each = [np.interp(along, columns, row) for row in logs]
    return np.array([np.interp(d, rows, [row[i] for row in each]) for i, d in enumerate(down)])


def log_ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Powers of ten between two logarithms; if there are not two, 1, 2 and 5 times one."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    step = max(1, math.ceil(len(powers) / MOST_TICKS))
    whole = [power for power in powers if low <= power <= high and not power % step]
    if len(whole) >= 2:
        return [float(power) for power in whole], [f"10<sup>{power}</sup>" for power in whole]
    exact = [(math.log10(by) + power, by * 10.0**power) for power in powers for by in (1, 2, 5)]
    found = [(at, f"{value:g}") for at, value in exact if low <= at <= high]
    return [at for at, _ in found], [text for _, text in found]
