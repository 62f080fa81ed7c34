"""What a program drew with matplotlib.pyplot, as charts of Plotly."""

from collections.abc import Callable, Iterator, Mapping
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

import autograd_explorer as ax
import texts
from autograd_explorer.figures import Array, Axes, Figure, Series
from components.board import board, slide
from components.charts import build_chart, show_chart, written
from components.charts.drawn_traces import IMAGES, build_axes, readable
from components.page_language import page_language
from components.part import part
from components.prose import choice, heading, note, show
from texts import Say

SMALL = 3  # so many axes side by side are pictures rather than charts
_SHARES = {3: 31, 4: 23}  # of a row, in percent, by how many stand side by side
_MOST_COLUMNS = 12  # of a matrix as a table


def show_drawn(run: ax.Run, choose: Callable[[object], None]) -> None:
    """The figures, each with the line that showed it, which can be chosen."""
    say = texts.for_page("charts", page_language())
    for figure in run.figures:
        with slide(f"drawn-{figure.number}"):
            _show_one(run, figure, say, choose)


@part()
def _show_one(run: ax.Run, figure: Figure, say: Say, choose: Callable[[object], None]) -> None:
    key = f"drawn_{figure.number}"
    with board(f"{key}_top", choose=choose):
        if figure is run.figures[0]:
            show(heading(say("drawn_title")))
        button = choice(say("drawn_line", line=figure.line), f"line-{figure.line}")
        name = say("drawn_figure", number=figure.number) if len(run.figures) > 1 else ""
        words = escape(" ".join(filter(None, [name, readable(figure.title)])))
        small = figure.columns >= SMALL
        charts = f"{key}_{'small' if small else 'large'}"
        look = build_look(charts, figure.columns)
        show(f"<p>{f'<b>{words}</b> ' if words else ''}{button}</p>{look}")
    if figure.axes:
        with st.container(key=charts, horizontal=True):
            for place, axes in enumerate(figure.axes):
                with st.container(key=f"{key}_{place}"):
                    chart = build_axes(axes, low=small)
                    frame = build_numbers(axes, say)
                    title, aloud = readable(axes.title), spoken(axes, say)
                    show_chart(build_chart(title, chart, frame, aloud), f"{key}_{place}_chart")
    with board(f"{key}_notes"):
        show("".join(note(words) for words in dict.fromkeys(_notes(run, figure, say))))


def build_look(key: str, columns: int) -> str:
    """The style of a container whose charts stand side by side where there is room."""
    large = "flex: 1 1 360px; min-width: min(100%, 300px); max-width: 760px"
    small = f"flex: 0 1 max(150px, {_SHARES.get(columns, 18)}%); min-width: 150px"
    return (
        f"<style>.st-key-{key} {{ flex-wrap: wrap !important; gap: 16px; }}"
        f" .st-key-{key} > * {{ {small if columns >= SMALL else large}; }}</style>"
    )


def _notes(run: ax.Run, figure: Figure, say: Say) -> Iterator[str]:
    """What of a figure is not as the program asked for it."""
    for axes in figure.axes:
        for series in axes.series:
            x, y = series.x.size, series.y.size
            drawn = x * y if series.kind in IMAGES else max(x, y)
            if drawn < series.given:
                given, kept = f"{series.given:,}", f"{drawn:,}"
                yield say("drawn_thinned", line=series.line, given=given, kept=kept)
    left_out = sum(axes.left_out for axes in figure.axes)
    if left_out:
        yield say("drawn_series_left_out", count=left_out)
    if figure.left_out:
        yield say("drawn_axes_left_out", count=figure.left_out)
    if figure.skipped:
        each = [say("drawn_call", name=one.name, line=one.line) for one in figure.skipped]
        yield say("drawn_skipped", calls=say("drawn_comma").join(each))
    last = run.figures[-1]
    if figure is last and last.number > len(run.figures):
        yield say("drawn_figures_left_out", count=last.number, first=len(run.figures) - 1)


def spoken(axes: Axes, say: Say) -> str:
    """A chart in words: what was drawn, how many points, and from where to where."""
    parts = [readable(axes.title)] if axes.title else []
    for label, name in ((axes.x_label, "drawn_x"), (axes.y_label, "drawn_y")):
        parts += [say(name, name=readable(label))] if label else []
    for series in axes.series:
        kind = say(f"drawn_{series.kind}_kind")
        named = f"{kind} {readable(series.label)}" if series.label else kind
        if series.kind == "text":
            parts.append(named)
            continue
        if series.kind in ("level", "upright"):
            at = series.y if series.kind == "level" else series.x
            parts.append(say("drawn_at", what=named, at=written(at)[0]))
        elif series.z is not None and series.kind in IMAGES:
            rows, columns = series.z.shape[:2]
            low, high = _ends(series.z)
            parts.append(
                say("drawn_matrix", what=named, rows=rows, columns=columns, low=low, high=high)
            )
        else:
            (x_low, x_high), (y_low, y_high) = _ends(series.x), _ends(series.y)
            ends = {"x_low": x_low, "x_high": x_high, "y_low": y_low, "y_high": y_high}
            parts.append(say("drawn_points_of", what=named, count=f"{series.given:,}", **ends))
    return say("drawn_stop").join(parts)


def _ends(values: Array) -> tuple[str, str]:
    finite = values[np.isfinite(values)]
    ends = np.array([finite.min(), finite.max()] if finite.size else [np.nan, np.nan])
    low, high = written(ends)
    return low, high


def build_numbers(axes: Axes, say: Say) -> pd.DataFrame:
    """The numbers of all that has points; of an image alone, its matrix."""
    drawn = [one for one in axes.series if one.x.size or one.y.size]
    points = [one for one in drawn if one.kind not in (*IMAGES, "text")]
    images = [one for one in drawn if one.kind in IMAGES and one.z is not None]
    if images and not points:
        return _matrix(images[0])
    names, xs, ys = [], [], []
    for place, series in enumerate(points, start=1):
        many = max(series.x.size, series.y.size)
        names += [readable(series.label) or f"{say(f'drawn_{series.kind}_kind')} {place}"] * many
        xs += _told(series.x, many, dict(zip(axes.x_ticks, axes.x_names, strict=True)))
        ys += _told(series.y, many, dict(zip(axes.y_ticks, axes.y_names, strict=True)))
    x, y = readable(axes.x_label) or "x", readable(axes.y_label) or "y"
    columns = {x: xs, y if y != x else f"{y} (y)": ys}
    if len(points) > 1:
        columns = {say("drawn_series"): names} | columns
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(xs) + 1))


def _told(values: Array, many: int, names: Mapping[float, str]) -> list[str]:
    if not values.size:
        return [""] * many  # a level has no x
    plain = written(values)
    return [readable(names[v]) if v in names else t for v, t in zip(values, plain, strict=True)]


def _matrix(series: Series) -> pd.DataFrame:
    values = series.z if series.z is not None else np.zeros((0, 0))
    if values.ndim == 3:  # of red, green and blue, how bright they are together
        values = values.mean(axis=2)
    count = values.shape[1]
    shown = np.linspace(0, count - 1, min(count, _MOST_COLUMNS)).astype(int)
    columns = [f"{series.x[place]:.4g}" for place in shown]
    rows = [written(row[shown]) for row in values]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(written(series.y)))
