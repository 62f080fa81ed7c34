"""The figures that a program draws with matplotlib.pyplot, as numbers and texts.

Plain data, as in records.py. The bounds stand here because both sides need them: the drawing keeps
to them, and what comes from another process is checked against them.
"""

import math
import re
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

MOST_FIGURES = 12
MOST_AXES, MOST_AXES_OF_RUN = 16, 24
MOST_SERIES = 64
MOST_POINTS = 5000  # of a series
MOST_SIDE = 100  # rows and columns of an image
MOST_TICKS = 60
MOST_SKIPPED = 8
LONGEST = 160  # characters of a title or a label
MOST_SIZE = 10**9  # of a line's number or a count

Kind = Literal[
    "line", "step", "points", "bars", "lying_bars", "band", "errors", "level", "upright", "image",
    "picture", "contour", "filled_contour", "text",
]  # fmt: skip
Dash = Literal["", "solid", "dashed", "dotted", "dashdot", "none"]
Scale = Literal["linear", "log"]
Palette = Literal[
    "viridis", "plasma", "inferno", "magma", "cividis", "gray", "jet", "hot", "coolwarm", "blues",
    "reds", "greens",
]  # fmt: skip
MARKERS = frozenset(".,ov^<>12348spP*hHxXDd+|_")
_COLOUR = re.compile("#[0-9a-f]{6}")


class Series(NamedTuple):
    """What one call drew.

    .line   of the program, on which the call stands
    .given  how many points it was given; of an image, elements. More than there are here where they
            were thinned out evenly
    .x, .y  where the points are; of bars, where they stand and how long they are; of a level or an
            upright, one of them holds its place; of an image, the centres of its columns and rows
    .z      of an image or a contour the matrix, of a picture rows, columns and red, green and blue
            up to 255; of bars their widths and where they begin; of a band its other edge; of
            errors how far they reach; of points the numbers that colour them, if any
    .dash, .marker, .colour  "" where the program leaves the choice to matplotlib
    .palette, .reversed, .low, .high  which colours stand for which numbers of .z
    """

    kind: Kind
    line: int
    given: int
    x: Array
    y: Array
    z: Array | None = None
    label: str = ""
    colour: str = ""
    dash: Dash = ""
    marker: str = ""
    opacity: float = 1.0
    palette: Palette = "viridis"
    reversed: bool = False
    low: float | None = None
    high: float | None = None


class Axes(NamedTuple):
    """.x_limits  what the program set: two numbers, or none
    .x_ticks   places that it set, each with a name in .x_names; categories are such too
    .equal     a step is as long on both axes; .bare without axes; .downward with y from the top
    .left_out  series that there was no room for
    """

    title: str
    x_label: str
    y_label: str
    x_scale: Scale
    y_scale: Scale
    x_limits: tuple[float, ...]
    y_limits: tuple[float, ...]
    x_ticks: tuple[float, ...]
    x_names: tuple[str, ...]
    y_ticks: tuple[float, ...]
    y_names: tuple[str, ...]
    legend: bool
    equal: bool
    bare: bool
    downward: bool
    series: tuple[Series, ...]
    left_out: int


class Skipped(NamedTuple):
    """A call that is taken and not drawn, such as "quiver", and its line."""

    name: str
    line: int


class Figure(NamedTuple):
    """.number   how many figures had been drawn, this one included: of very many, the first and the
              last are kept
    .line     that showed it, or that drew last
    .columns  side by side, of its axes, which come row by row
    .left_out  axes that there was no room for
    """

    number: int
    line: int
    title: str
    columns: int
    axes: tuple[Axes, ...]
    skipped: tuple[Skipped, ...]
    left_out: int


def hold(figures: Iterable[Figure]) -> bool:
    """Whether figures keep to the bounds, and their arrays fit together."""
    figures = tuple(figures)
    many = len(figures) > MOST_FIGURES or sum(len(f.axes) for f in figures) > MOST_AXES_OF_RUN
    return not many and all(map(_figure_holds, figures))


def _figure_holds(figure: Figure) -> bool:
    sizes = (figure.number, figure.line, figure.columns)
    return (
        all(1 <= size <= MOST_SIZE for size in sizes)
        and 0 <= figure.left_out <= MOST_SIZE
        and len(figure.axes) <= MOST_AXES
        and len(figure.skipped) <= MOST_SKIPPED
        and all(_short(one.name) and 1 <= one.line <= MOST_SIZE for one in figure.skipped)
        and _short(figure.title)
        and all(map(_axes_hold, figure.axes))
    )


def _axes_hold(axes: Axes) -> bool:
    ticks = ((axes.x_ticks, axes.x_names), (axes.y_ticks, axes.y_names))
    limits = (axes.x_limits, axes.y_limits)
    return (
        len(axes.series) <= MOST_SERIES
        and 0 <= axes.left_out <= MOST_SIZE
        and all(map(_short, (axes.title, axes.x_label, axes.y_label)))
        and all(len(pair) in (0, 2) and all(map(math.isfinite, pair)) for pair in limits)
        and all(
            len(places) == len(names) <= MOST_TICKS
            and all(map(math.isfinite, places))
            and all(map(_short, names))
            for places, names in ticks
        )
        and all(map(_series_holds, axes.series))
    )


def _series_holds(series: Series) -> bool:
    ends = (series.low, series.high)
    return (
        1 <= series.line <= MOST_SIZE
        and 0 <= series.given <= MOST_SIZE
        and _short(series.label)
        and (series.colour == "" or _COLOUR.fullmatch(series.colour) is not None)
        and (series.marker in ("", "none") or series.marker in MARKERS)
        and 0.0 <= series.opacity <= 1.0
        and all(end is None or math.isfinite(end) for end in ends)
        and all(part is None or part.dtype == float for part in (series.x, series.y, series.z))
        and _shapes_fit(series)
    )


def _shapes_fit(series: Series) -> bool:
    x, y = series.x.shape, series.y.shape
    z = None if series.z is None else series.z.shape
    match series.kind:
        case "image" | "contour" | "filled_contour":
            return z == (*y, *x) and max(z, default=0) <= MOST_SIDE and len(z) == 2
        case "picture":
            return z == (*y, *x, 3) and max(z) <= MOST_SIDE and len(z) == 3
        case "level" | "upright":
            return (x, y, z) == (
                ((0,), (1,), None) if series.kind == "level" else ((1,), (0,), None)
            )
        case "bars" | "lying_bars":
            fits = z == (2, *x)
        case "band" | "errors":
            fits = z == x
        case "points":
            fits = z in (None, x)
        case _:
            fits = z is None
    return fits and x == y and len(x) == 1 and x[0] <= MOST_POINTS


def _short(text: str) -> bool:
    return len(text) <= LONGEST


DASHES: frozenset[str] = frozenset(get_args(Dash))
PALETTES: frozenset[str] = frozenset(get_args(Palette))
