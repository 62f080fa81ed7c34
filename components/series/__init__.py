"""Numbers at several steps, such as layers or calls: bars, or points that are joined.

A chart that a question is about shows only the steps that the question gives, on a scale that does
not tell the others; once it is answered, the others come one after the other.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

import texts
from autograd_explorer.course.numbers import power_of_ten
from autograd_explorer.records import Array
from components.assets import register
from components.matrix import glyph
from components.page_language import page_language
from components.part import part
from components.prose import folded, show, table

_mount = register("series")

MOST = 8  # names in a panel
MOST_TICKS = 6
_LARGEST, _LEAST = 1e300, 1e-300  # beyond them a scale would have no end, or no length
_AROUND = 4  # powers of ten on both sides of what a question gives


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """.numbers  name → (steps,), the first eight of them are drawn
    .tone     whose colour they have: "b"; "sign" for one of each sign, "back" for gradients
    """

    title: str
    numbers: Mapping[str, Array]
    tone: str = "back"


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Panels on one scale, over the same .steps.

    .log        whether the scale is logarithmic; zero has no place on it, and is named
    .joined     whether points are drawn instead of bars, and joined
    .backwards  whether the last step comes first
    .reach      what the scale reaches at least, in the direction of the numbers
    """

    title: str
    panels: Sequence[Panel]
    steps: Sequence[str]
    axis: str
    log: bool = False
    joined: bool = False
    backwards: bool = False
    reach: float = 0.0


@part()
def show_series(series: Series, key: str, *, known: int | None = None) -> None:
    """Draw it. known: how many steps a question gives, in their order; None for all of them."""
    _mount(key, build_series(series, known))


@part()
def show_numbers(series: Series) -> None:
    """The same as a table, folded away."""
    say = texts.for_page("charts", page_language())
    cells = {
        name: [f"{value:.4g}" if math.isfinite(value) else glyph(value) for value in numbers]
        for panel in series.panels
        for name, numbers in _drawn(panel).items()
    }
    # As objects, and all at once: pandas would look at every cell, and at every column.
    frame = pd.DataFrame(
        np.array([*cells.values()], dtype=object).T,
        pd.Index(series.steps, dtype=object, name=series.axis),
        pd.Index([*cells], dtype=object),
        dtype=object,
    )
    show(folded(say("numbers"), table(frame, series.title)))


def build_series(series: Series, known: int | None = None) -> dict[str, Any]:
    """The chart as plain data: places as shares of its height, from below, and None for numbers
    that have none."""
    count = len(series.steps)
    order = range(count)[::-1] if series.backwards else range(count)
    given = [*order][:known]
    drawn = [_drawn(panel) for panel in series.panels]
    floats = np.array([[*numbers.values()] for numbers in drawn], dtype=float)
    if series.log:
        low, high, ticks = _log_scale(floats[:, :, given], 0 if known is None else _AROUND)
    else:
        low, high, ticks = _linear_scale(floats[:, :, given], series.reach)

    def place(value: float) -> float | None:
        if not math.isfinite(value) or (series.log and value <= 0):
            return None
        at = math.log10(value) if series.log else max(-_LARGEST, min(_LARGEST, value))
        return round((at - low) / (high - low), 4)

    def cell(value: float, tone: str) -> list[Any]:
        number = f"{value:+.3g}" if tone == "sign" and value else f"{value:.3g}"
        return [place(value), glyph(value) or number]

    return {
        "title": series.title,
        "axis": series.axis,
        "steps": [*series.steps],
        "ticks": ticks,
        "base": 0.0 if series.log else place(0.0),
        "panels": [
            {
                "title": panel.title,
                "tone": panel.tone,
                "names": [*numbers],
                # Numbers that a question does not give do not travel to the browser either.
                "cells": [
                    [cell(float(row[step]), panel.tone) for row in numbers.values()]
                    if step in given
                    else None
                    for step in range(count)
                ],
            }
            for panel, numbers in zip(series.panels, drawn, strict=True)
        ],
        "order": [*order],
        "known": known,
        "joined": series.joined,
    }


def _drawn(panel: Panel) -> dict[str, Array]:
    return dict([*panel.numbers.items()][:MOST])


def _linear_scale(numbers: Array, reach: float) -> tuple[float, float, list[tuple[float, str]]]:
    """The ends of a scale with zero on it, and where it has numbers, as shares of its height."""
    found = numbers[np.isfinite(numbers)].clip(-_LARGEST, _LARGEST)
    low, high = (float(found.min(initial=0.0)), float(found.max(initial=0.0)))
    largest = max(-low, high)
    if largest > _LEAST:
        low, high = (end * max(1.0, reach / largest) * 1.12 for end in (low, high))
    else:
        low, high = 0.0, 1.0
    rough = (high - low) / MOST_TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * by for by in (1, 2, 5, 10) if size * by >= rough)
    whole = range(math.ceil(low / step), math.floor(high / step) + 1)
    return low, high, [((i * step - low) / (high - low), f"{i * step:.4g}") for i in whole]


def _log_scale(numbers: Array, around: int) -> tuple[float, float, list[tuple[float, str]]]:
    """The same in powers of ten, with so many of them on both sides of the numbers."""
    found = numbers[np.isfinite(numbers) & (numbers > 0)]
    ends = (float(found.min()), float(found.max())) if found.size else (1.0, 1.0)
    low, high = math.floor(math.log10(ends[0]) - 0.3), math.ceil(math.log10(ends[1]) + 0.1)
    low, high = low - around, high + around
    step = max(1, math.ceil((high - low) / MOST_TICKS))
    powers = [power for power in range(low, high + 1) if not power % step]
    ticks = [((p - low) / (high - low), power_of_ten(p)) for p in powers]
    return float(low), float(high), ticks
