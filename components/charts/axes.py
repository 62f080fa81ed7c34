"""What a chart of Plotly stands on: its axes, and heights where a number has none."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from autograd_explorer.records import Array
from components.theme import CHART_LINE, DIVERGING

MOST_TICKS = 6
LARGEST = 1e300  # what is larger is drawn there: beyond 1e304 Plotly takes it for no number
DEEPEST = 1e-3  # of its highest value: further down, the valley between two samples is unknown
CLEAR = "rgba(0,0,0,0)"
HEIGHT = 340
FAINT = "rgba(125,135,148,0.3)"  # lines that only help the eye, on both grounds
# The browser's part of Streamlit has fonts and colours for both themes. Its part here would put
# another 3 kB into each chart, for colours of traces, which we give.
NO_TEMPLATE = "none"
BUTTONS = {"bgcolor": CLEAR, "color": CHART_LINE, "activecolor": DIVERGING[-1]}


def figure_of(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> go.Figure:
    """A figure of Plotly that does not look at each value again, for that takes nine tenths of the
    time; the tests have it look at every kind of chart that we make."""
    return go.Figure(traces, layout=layout, _validate=False)


def placed(values: Array) -> Array:
    """The values that an axis has a place for; NaN for the others."""
    floats = np.asarray(values, dtype=float)
    placed: Array = np.where(np.isfinite(floats), floats.clip(-LARGEST, LARGEST), np.nan)
    return placed


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
