"""A surface to inspect: by Plotly, with the numbers as a table below.

`build_*` makes a figure, `show_*` puts it on the page, where it stands by itself: it is an element
of Streamlit, so it has no place on a board. What a reader drags is drawn by components of ours.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple
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
    NO_TEMPLATE,
    figure_of,
    heights_below,
    log_ticks,
    placed,
    surface_heights,
)
from components.matrix import glyph
from components.page_language import page_language
from components.part import part
from components.prose import folded, heading, note, show, table
from components.theme import CHART_INK, CHART_LINE, DIVERGING, HEIGHTS

MOST_ROWS = 24  # of the table below a chart
PATH = DIVERGING[0]
COLOUR_BAR = 72  # pixels that a chart leaves for it
# Dragging over a chart moves the page, as a finger means it; the bar of buttons zooms and saves.
CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


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
def show_surface(surface: Surface, key: str) -> None:
    """A loss over two parameters with the path that training took over it, to turn."""
    down, along = surface.path
    frame = pd.DataFrame(
        {surface.row_title: written(down), surface.column_title: written(along)},
        index=pd.RangeIndex(len(down), name=surface.step_title),
    )
    show_chart(build_chart(surface.title, build_surface(surface), frame), key)


class Chart(NamedTuple):
    """A heading, if there is a .title, the .figure, what is said of it .aloud, and the prose that
    stands .below it."""

    title: str
    figure: go.Figure
    aloud: str
    below: str


def build_chart(title: str, figure: go.Figure, frame: pd.DataFrame, aloud: str = "") -> Chart:
    """A chart with its numbers, of many some, as a table below.

    aloud  what is said of the chart to who does not see it, if more than its title and its axes
    """
    say = texts.for_page("charts", page_language())
    shown = frame
    if len(frame) > MOST_ROWS:
        shown = frame.iloc[np.linspace(0, len(frame) - 1, MOST_ROWS).astype(int)]
    figure.layout.datarevision = _revision(figure)
    marks = any(mark.bgcolor for mark in figure.layout.annotations)
    few = note(say("few", shown=len(shown), count=len(frame))) if len(shown) < len(frame) else ""
    aloud = aloud or _read_aloud(title, figure)
    numbers = folded(say("numbers"), table(shown, title or aloud), few)
    return Chart(title, figure, aloud, (note(say("marks")) if marks else "") + numbers)


def show_chart(chart: Chart, key: str) -> None:
    if chart.title:
        show(heading(chart.title, 3))
    st.plotly_chart(chart.figure, key=key, config=CONFIG, alt=chart.aloud)
    with board(f"{key}_numbers"):
        show(chart.below)


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


def written(values: Array) -> list[str]:
    """Numbers as the table below a chart has them."""
    return [f"{value:.4g}" if math.isfinite(value) else glyph(value) for value in values.tolist()]


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
        "line": {"color": PATH, "width": 5},
        "customdata": [*range(len(down))],
        "hovertemplate": f"{surface.step_title} %{{customdata}}<br>"
        f"{surface.row_title} = %{{y:.4g}}<br>{surface.column_title} = %{{x:.4g}}<extra></extra>",
    }
    sizes = [7 if step == 0 else 3 for step in range(len(down))]
    walk["marker"] = {"color": PATH, "size": sizes, "opacity": 1}
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
