"""Numbers that change over the turns of a loop, each in a small chart of its own."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

import autograd_explorer as ax
from autograd_explorer.records import Array, PlainView, TensorView, View
from components.charts import Chart, build_chart
from components.charts.axes import BUTTONS, CLEAR, FAINT, NO_TEMPLATE, figure_of, placed
from components.theme import CHART_INK, DIVERGING, MONO
from texts import Say

LEAST = 4  # turns, of which fewer are read as fast in the program
MOST = 3  # charts
_HIGH, _GAP = 130, 34  # px of one, and between two


class Turns(NamedTuple):
    """What a variable was after each turn in which its line is kept."""

    turns: Array
    values: Array


def turns_of(run: ax.Run) -> Mapping[str, Turns]:
    """The numbers that lines of loops assigned and that did not stay the same.

    What a `for` itself counts is left out: it says nothing that the axis does not say.
    """
    lines = run.source.split("\n")
    found: dict[tuple[str, int], list[tuple[int, float]]] = {}
    for statement in run.statements:
        if not lines[statement.line - 1].lstrip().startswith(("for ", "while ")):
            for name, view in statement.assigned.items():
                value = _number(view)
                if value is not None:
                    found.setdefault((name, statement.line), []).append((statement.turn, value))
    long: dict[str, Turns] = {}
    for (name, _), told in found.items():
        turns, values = (np.array(column) for column in zip(*told, strict=True))
        if len(turns) >= LEAST and len(np.unique(values)) > 1:
            long[name] = Turns(turns, values)  # of several lines the last
    return {name: long[name] for name in [*long][:MOST]}


def _number(view: View) -> float | None:
    if isinstance(view, TensorView):
        one = view.values.size == 1 and view.values.dtype.kind in "fiu"
        return float(view.values.reshape(())) if one else None
    if isinstance(view, PlainView) and view.type in ("int", "float"):
        try:
            return float(view.text)
        except ValueError:
            return None
    return None


def chart_of(turns: Mapping[str, Turns], say: Say) -> Chart:
    """One below the other, with their numbers as a table below."""
    every = sorted({int(turn) for one in turns.values() for turn in one.turns})
    columns = {name: dict(zip(one.turns, one.values, strict=True)) for name, one in turns.items()}
    frame = pd.DataFrame(
        {
            name: ["" if turn not in told else f"{told[turn]:.4g}" for turn in every]
            for name, told in columns.items()
        },
        index=pd.Index(every, name=say("turn")),
    )
    title = say("turns_title", names=", ".join(turns))
    return build_chart(title, build_turns(turns, say("turn")), frame)


def build_turns(turns: Mapping[str, Turns], axis: str) -> go.Figure:
    """One below the other, over the same turns; what is not finite leaves a gap."""
    count = len(turns)
    height = count * _HIGH + (count - 1) * _GAP
    font = {"color": CHART_INK, "size": 14}
    line: dict[str, Any] = {"gridcolor": FAINT, "zeroline": False, "tickfont": font}
    layout: dict[str, Any] = {
        "template": NO_TEMPLATE,
        "height": height + 76,
        "margin": {"l": 64, "r": 12, "t": 28, "b": 48},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "modebar": BUTTONS,
        "showlegend": False,
        "xaxis": {**line, "showgrid": False, "title": {"text": axis, "font": font}},
        "annotations": [],
    }
    traces = []
    for place, (name, (at, values)) in enumerate(turns.items()):
        top = 1 - place * (_HIGH + _GAP) / height
        number = str(place + 1) if place else ""
        layout[f"yaxis{number}"] = {
            **line,
            "domain": [max(0.0, top - _HIGH / height), top],
            "nticks": 4,
            "title": {"text": name, "font": {**font, "family": MONO}},
        }
        traces.append(
            {
                "type": "scatter",
                "x": at.tolist(),
                "y": placed(values).tolist(),
                "yaxis": f"y{number}",
                "mode": "lines+markers",
                "line": {"color": DIVERGING[-1], "width": 2},
                "marker": {"size": 4},
                "hovertemplate": f"{axis} %{{x}}<br>{name} = %{{y:.4g}}<extra></extra>",
            }
        )
    layout["xaxis"] |= {"anchor": f"y{count if count > 1 else ''}"}
    return figure_of(traces, layout)
