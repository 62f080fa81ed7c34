"""Curves, bars and a surface: drawn whole by a small component, for they follow the finger.

Python works out the places, as shares of the plot from its left and its bottom; the component
only draws. Plotly took ten times as long in the browser.
"""

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd_explorer.records import Array
from components.assets import register
from components.matrix import glyph
from components.part import part

_mount = register("charts")

MOST = 8  # bars in a group
MOST_LABELLED = 18
MOST_TICKS = 6
LEVELS = 12  # of a surface
LARGEST = 8e307  # further apart than twice this, two numbers have no distance
DEEPEST = 1e-3  # of its highest value: further down, the valley between two samples is unknown


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


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from .low to .high, whose powers of ten are apart evenly where it is .log"""

    low: float
    high: float
    log: bool = False

    @classmethod
    def around(cls, values: Any, *, log: bool = False, room: float = 0.05) -> "Axis":
        """The axis that holds the finite values, with some room at both ends.

        A logarithmic one is at least a power of ten long: less would look like more.
        """
        found = np.asarray(values, dtype=float)
        found = found[np.isfinite(found) & ((found > 0) | (not log))].clip(-LARGEST, LARGEST)
        if log:
            found = np.log10(found)
        low, high = (float(found.min()), float(found.max())) if found.size else (0.0, 1.0)
        gap = (high - low) * room or max(0.5, abs(high) / 1000)
        if log:
            gap = max(gap, (1 - high + low) / 2)
        return cls(low - gap, high + gap, log)

    def place(self, value: float) -> float | None:
        """Where a value stands, from 0 to 1; None where the axis has no place for it."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return None
        shown = math.log10(value) if self.log else max(-LARGEST, min(value, LARGEST))
        return round((shown - self.low) / (self.high - self.low), 5)

    def ticks(self) -> list[tuple[float, str]]:
        """Places and labels; on a logarithmic axis at powers of ten, or if it is too short for two
        of them at 1, 2 and 5 times one."""
        span = self.high - self.low
        if self.log and math.floor(self.high) - math.ceil(self.low) < 1:
            powers = range(math.floor(self.low), math.ceil(self.high))
            exact = [
                (math.log10(by) + power, f"{by}e{power}") for power in powers for by in (1, 2, 5)
            ]
            return [
                (round((mark - self.low) / span, 5), text)
                for mark, text in exact
                if self.low <= mark <= self.high
            ]
        step = 10.0 ** math.floor(math.log10(span / MOST_TICKS))
        if self.log:
            step = max(1.0, step)
        step = next(step * by for by in (1, 2, 5, 10, 20) if span / (step * by) <= MOST_TICKS)
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        marks = [step * i for i in range(first, last + 1)]
        return [
            (round((mark - self.low) / span, 5), f"10^{mark:.0f}" if self.log else f"{mark:.4g}")
            for mark in marks
        ]


@part()
def show_bars(rows: Sequence[Array], title: str, axis: str, key: str) -> None:
    """How a vector's numbers stand after each of several steps, as groups of bars."""
    _mount(key, build_bars(rows, title, axis))


@part()
def show_lines(chart: Lines, key: str) -> None:
    """Curves over one axis, each with a dash of its own."""
    _mount(key, build_lines(chart))


@part()
def show_norms(norms: Array, title: str, axis: str, key: str) -> None:
    """One bar a layer, on a logarithmic scale."""
    _mount(key, build_norms(norms, title, axis))


@part()
def show_surface(surface: Surface, key: str) -> None:
    """A loss over two parameters, with the path that training took over it."""
    _mount(key, build_surface(surface))


def build_bars(rows: Sequence[Array], title: str, axis: str) -> dict[str, Any]:
    """One group a step; one bar an element of the vectors (n,), the first eight of them.

    Raises:  ValueError, when there is no step
    """
    if not rows:
        raise ValueError("no rows")
    shown = np.array([row[:MOST] for row in rows], dtype=float)
    steps, count = shown.shape
    y = Axis.around([0.0, *shown.flat], room=0.12)
    zero = y.place(0.0) or 0.0
    bars, labels, unplaced = [], [], []
    for step, row in enumerate(shown):
        for i, value in enumerate(row):
            left = (step + 0.1 + 0.8 * i / count) / steps
            top = y.place(float(value))
            if top is None:
                unplaced.append((left + 0.4 / count / steps, float(value)))
                continue
            bars.append([left, zero, 0.8 / count / steps * 0.92, top, int(value < 0)])
            labels.append([left + 0.4 / count / steps, top, f"{value:+.3f}", int(value < 0)])
    return {
        "title": title,
        "x": {"title": axis, "ticks": [((i + 0.5) / steps, str(i + 1)) for i in range(steps)]},
        "y": {"title": "", "ticks": y.ticks()},
        "bars": bars,
        "labels": labels if len(labels) <= MOST_LABELLED else [],
        "marks": _marks(unplaced, zero),
        "zero": zero,
    }


def _marks(unplaced: Sequence[tuple[float, float]], height: float) -> list[list[Any]]:
    """A mark where an axis has no place for a value; one for several alike that follow, where
    each of them would have too little room."""
    marks: list[list[Any]] = []
    crowded = len(unplaced) > MOST_LABELLED
    for at, value in unplaced:
        text = glyph(value) or f"{value:g}"
        if not (glyph(value) or crowded) or not marks or marks[-1][2] != text:
            marks.append([at, height, text])
    return marks


def build_norms(norms: Array, title: str, axis: str) -> dict[str, Any]:
    """One bar a layer; a norm that is zero or not finite has a mark instead."""
    y = Axis.around(norms, log=True, room=0.1)
    count = len(norms)
    tops = [y.place(float(norm)) for norm in norms]
    every = max(1, math.ceil(count / 16))
    return {
        "title": title,
        "x": {
            "title": axis,
            "ticks": [((i + 0.5) / count, str(i)) for i in range(0, count, every)],
        },
        "y": {"title": "", "ticks": y.ticks()},
        "bars": [
            [(i + 0.1) / count, 0.0, 0.8 / count, top, 0]
            for i, top in enumerate(tops)
            if top is not None
        ],
        "marks": _marks(
            [((i + 0.5) / count, float(norms[i])) for i, top in enumerate(tops) if top is None], 0.0
        ),
    }


def build_lines(chart: Lines) -> dict[str, Any]:
    """A curve breaks where its axis has no place for a value, and a mark says which one."""
    x = Axis.around(chart.x, log="x" in chart.log)
    y = Axis.around(np.concatenate([*chart.curves.values()]), log="y" in chart.log)
    return {
        "title": chart.title,
        "x": {"title": chart.x_title, "ticks": x.ticks()},
        "y": {"title": chart.y_title, "ticks": y.ticks()},
        "curves": [
            {
                "name": name if len(chart.curves) > 1 else "",
                "points": [
                    [x.place(float(at)), y.place(float(value))]
                    for at, value in zip(chart.x, values, strict=True)
                ],
            }
            for name, values in chart.curves.items()
        ],
        "marks": [
            mark
            for values in chart.curves.values()
            for mark in _marks(
                [
                    (x.place(float(at)) or 0.0, float(value))
                    for at, value in zip(chart.x, values, strict=True)
                    if y.place(float(value)) is None
                ],
                1.0,
            )
        ],
        "marked": None if chart.marked is None else x.place(chart.marked),
    }


def build_surface(surface: Surface) -> dict[str, Any]:
    """The logarithm of the values, as bytes, the row at the bottom first; what is not finite is as
    high as the highest that is."""
    x, y = (Axis.around(values, room=0.0) for values in (surface.columns, surface.rows))
    values = surface.values.astype(float)
    finite = np.isfinite(values)
    values = np.where(finite, values, values[finite].max(initial=0.0))
    logs = np.log10(np.maximum(values, max(values.max() * DEEPEST, 1e-12)))
    span = float(logs.max() - logs.min()) or 1.0
    shades = np.round((logs - logs.min()) / span * 255).astype(np.uint8)
    down, along = surface.path
    return {
        "title": surface.title,
        "x": {"title": surface.column_title, "ticks": x.ticks()},
        "y": {"title": surface.row_title, "ticks": y.ticks()},
        "surface": {
            "rows": shades.shape[0],
            "cols": shades.shape[1],
            "levels": LEVELS,
            "shades": base64.b64encode(shades.tobytes()).decode("ascii"),
        },
        "curves": [
            {
                "name": "",
                "starts": True,
                "points": [
                    [x.place(float(column)), y.place(float(row))]
                    for row, column in zip(down, along, strict=True)
                ],
            }
        ],
    }
