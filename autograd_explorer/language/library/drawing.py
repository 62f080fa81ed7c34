"""What a program draws: its figures, their axes, and what its calls put on them.

library/written/pyplot.py knows which figure and which axes are the current ones; it calls the
functions below with their numbers. They keep what is drawn as records, within the bounds of
figures.py. Each takes the Runtime as its first argument.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.figures import (
    LONGEST,
    MOST_AXES,
    MOST_AXES_OF_RUN,
    MOST_FIGURES,
    MOST_SERIES,
    MOST_SKIPPED,
    MOST_TICKS,
    Axes,
    Figure,
    Series,
    Skipped,
)
from autograd_explorer.language.library.drawn_series import BUILDERS
from autograd_explorer.language.library.drawn_values import Categories, finite, kept, numbers
from autograd_explorer.language.runtime import Runtime

_MOST_OPEN = 20  # figures that nobody has shown or closed


@dataclass(slots=True, eq=False)
class _Axes:
    """Axes that a program draws on."""

    place: int
    texts: dict[str, str] = field(default_factory=dict)
    scales: dict[str, Any] = field(default_factory=lambda: {"x": "linear", "y": "linear"})
    limits: dict[str, tuple[float, ...]] = field(default_factory=dict)
    ticks: dict[str, tuple[tuple[float, ...], tuple[str, ...]]] = field(default_factory=dict)
    categories: dict[str, Categories] = field(
        default_factory=lambda: {"x": Categories(), "y": Categories()}
    )
    flags: set[str] = field(default_factory=set)
    series: list[Series] = field(default_factory=list)
    left_out: int = 0

    def end(self, axis: str, which: Callable[..., Any]) -> float:
        """The least or the greatest number that is drawn along an axis."""
        drawn = [one.x if axis == "x" else one.y for one in self.series]
        numbers = [values[np.isfinite(values)] for values in drawn]
        return float(which([which(values) for values in numbers if values.size], default=0.0))

    def record(self) -> Axes:
        x_ticks, y_ticks = map(self._ticks, "xy")
        return Axes(
            title=self.texts.get("title", ""),
            x_label=self.texts.get("xlabel", ""),
            y_label=self.texts.get("ylabel", ""),
            x_scale=self.scales["x"],
            y_scale=self.scales["y"],
            x_limits=self.limits.get("x", ()),
            y_limits=self.limits.get("y", ()),
            x_ticks=x_ticks[0],
            x_names=x_ticks[1],
            y_ticks=y_ticks[0],
            y_names=y_ticks[1],
            legend="legend" in self.flags,
            equal="equal" in self.flags,
            bare="bare" in self.flags,
            downward="downward" in self.flags,
            series=tuple(self.series),
            left_out=self.left_out,
        )

    def _ticks(self, axis: str) -> tuple[tuple[float, ...], tuple[str, ...]]:
        names = self.categories[axis].names
        return self.ticks.get(axis) or (tuple(names.values()), tuple(names))


@dataclass(slots=True, eq=False)
class _Figure:
    """.line  that drew last"""

    line: int
    columns: int = 1
    title: str = ""
    axes: list[_Axes] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    left_out: int = 0

    def record(self, number: int, line: int, room: int) -> Figure | None:
        """None where nothing has been drawn."""
        used = [one for one in sorted(self.axes, key=lambda axes: axes.place) if one.series]
        if not used and not self.skipped:
            return None
        return Figure(
            number,
            line,
            self.title,
            self.columns,
            tuple(axes.record() for axes in used[:room]),
            tuple(Skipped(name, line) for name, line in self.skipped.items()),
            self.left_out + len(used[room:]),
        )


class Drawing:
    """All that one program draws. Figures and axes have numbers, by which pyplot.py knows them."""

    def __init__(self) -> None:
        self.figures: dict[int, _Figure] = {}
        self.axes: dict[int, tuple[_Figure, _Axes]] = {}
        self._next = 0
        self._kept: list[Figure] = []
        self._shown = 0

    def number(self) -> int:
        self._next += 1
        return self._next

    def keep(self, figure: _Figure, line: int) -> None:
        """Keep a figure as it is now. Of very many the first stay, and the last."""
        if len(self._kept) == MOST_FIGURES:
            del self._kept[-1]
        room = MOST_AXES_OF_RUN - sum(len(one.axes) for one in self._kept)
        record = figure.record(self._shown + 1, line, room)
        if record is not None:
            self._shown += 1
            self._kept.append(record)

    def close(self, number: int) -> None:
        gone = self.figures.pop(number, None)
        self.axes = {key: pair for key, pair in self.axes.items() if pair[0] is not gone}

    def finish(self) -> tuple[Figure, ...]:
        """What was drawn. A figure that was never shown counts as well."""
        for figure in self.figures.values():
            self.keep(figure, figure.line)
        self.figures.clear()
        return tuple(self._kept)


def _of(runtime: Runtime) -> Drawing:
    if runtime.belongings.drawing is None:
        runtime.belongings.drawing = Drawing()
    drawing: Drawing = runtime.belongings.drawing
    return drawing


def _axes_of(runtime: Runtime, number: Any) -> tuple[_Figure, _Axes] | None:
    """The axes with a number; None for those of a figure that was closed, or had no room."""
    if type(number) is not int:
        raise Refused("call", "matplotlib.axes.Axes")
    found = _of(runtime).axes.get(number)
    if found is not None:
        found[0].line = runtime.state.line
    return found


def open_figure(runtime: Runtime) -> int:
    drawing = _of(runtime)
    number = drawing.number()
    if len(drawing.figures) < _MOST_OPEN:
        drawing.figures[number] = _Figure(runtime.state.line)
    return number


def open_axes(runtime: Runtime, figure: Any, columns: Any, place: Any) -> int:
    """New axes, at a place that is counted row by row."""
    drawing = _of(runtime)
    number = drawing.number()
    owner = drawing.figures.get(figure) if type(figure) is int else None
    if owner is not None:
        if len(owner.axes) < MOST_AXES:
            axes = _Axes(place if type(place) is int else 0)
            owner.axes.append(axes)
            drawing.axes[number] = owner, axes
        else:
            owner.left_out += 1
        owner.columns = max(owner.columns, min(columns if type(columns) is int else 1, MOST_AXES))
    return number


def draw(runtime: Runtime, axes: Any, name: str, args: Any, options: Any) -> list[int]:
    """What a call of that name draws. Returns its places among the series."""
    found = _axes_of(runtime, axes)
    draft = found[1] if found is not None else _Axes(0)
    made = BUILDERS[name](runtime, draft.categories, *args, **options)
    room = MOST_SERIES - len(draft.series)
    draft.left_out += len(made[room:])
    first = len(draft.series)
    for series in made[:room]:
        runtime.budget.count_bytes(
            sum(part.nbytes for part in (series.x, series.y, series.z) if part is not None)
        )
        draft.series.append(series)
    if name in ("imshow", "matshow") and made:
        draft.flags |= {"equal"} if options.get("origin") == "lower" else {"equal", "downward"}
    for axis in "xy":
        if name in ("loglog", f"semilog{axis}"):
            draft.scales[axis] = "log"
    return [*range(first, len(draft.series))]


def redraw(runtime: Runtime, axes: Any, place: Any, x: Any, y: Any) -> None:
    """Line2D.set_data: x or y may be None, for what they were."""
    found = _axes_of(runtime, axes)
    if found is None or type(place) is not int or not 0 <= place < len(found[1].series):
        return
    before = found[1].series[place]
    given = [
        old if new is None else numbers(runtime, new) for new, old in ((x, before.x), (y, before.y))
    ]
    made = BUILDERS["plot"](runtime, found[1].categories, *given)[0]
    found[1].series[place] = before._replace(line=made.line, given=made.given, x=made.x, y=made.y)


def write(runtime: Runtime, axes: Any, name: str, text: Any) -> None:
    """A title, "xlabel" or "ylabel"."""
    found = _axes_of(runtime, axes)
    if found is not None:
        found[1].texts[name] = _text(runtime, text)


def write_above(runtime: Runtime, figure: Any, text: Any) -> None:
    """A figure's own title."""
    owner = _of(runtime).figures.get(figure) if type(figure) is int else None
    if owner is not None:
        owner.title = _text(runtime, text)


def _text(runtime: Runtime, value: Any) -> str:
    return "" if value is None else runtime.texts.of(value)[:LONGEST]


def limit(runtime: Runtime, axes: Any, axis: str, low: Any, high: Any) -> None:
    """The ends of an axis; one that is None stays where the data are."""
    found = _axes_of(runtime, axes)
    if found is None or (low is None and high is None):
        return
    ends = [
        given if (given := finite(end)) is not None else found[1].end(axis, which)
        for end, which in ((low, min), (high, max))
    ]
    found[1].limits[axis] = tuple(ends)


def scale(runtime: Runtime, axes: Any, axis: str, name: Any) -> None:
    found = _axes_of(runtime, axes)
    if found is not None and name in ("linear", "log"):
        found[1].scales[axis] = name
    elif found is not None:
        skip(runtime, axes, f"set_{axis}scale")


def mark(runtime: Runtime, axes: Any, axis: str, places: Any, names: Any) -> None:
    """Ticks, with names or without; places may be None, for 0, 1, 2 and so on."""
    found = _axes_of(runtime, axes)
    if found is None:
        return
    texts = None if names is None else [_text(runtime, one) for one in list(names)[:MOST_TICKS]]
    at = range(len(texts or ())) if places is None else kept(numbers(runtime, places).ravel())
    ends = [finite(one) for one in at[:MOST_TICKS]]
    if texts is None:
        texts = [f"{one:g}" for one in ends if one is not None]
    pairs = [(one, text) for one, text in zip(ends, texts, strict=False) if one is not None]
    found[1].ticks[axis] = tuple(one for one, _ in pairs), tuple(text for _, text in pairs)


def flag(runtime: Runtime, axes: Any, name: str, on: Any = True) -> None:
    """ "legend", "equal", "bare" or "downward"."""
    found = _axes_of(runtime, axes)
    if found is not None:
        (found[1].flags.add if on else found[1].flags.discard)(name)


def name_series(runtime: Runtime, axes: Any, names: Any, first: Any = 0) -> None:
    """The names that legend() or set_label() gives, in the order of the series."""
    found = _axes_of(runtime, axes)
    if found is None or type(first) is not int or not isinstance(names, list | tuple):
        return
    for place, name in enumerate(names[:MOST_SERIES], max(first, 0)):
        if place < len(found[1].series):
            old = found[1].series[place]
            found[1].series[place] = old._replace(label=_text(runtime, name))


def clear(runtime: Runtime, axes: Any) -> None:
    found = _axes_of(runtime, axes)
    if found is not None:
        fresh = _Axes(found[1].place)
        figure = found[0]
        figure.axes[figure.axes.index(found[1])] = fresh
        _of(runtime).axes[axes] = figure, fresh


def skip(runtime: Runtime, axes: Any, name: Any) -> None:
    """A call that is not drawn."""
    found = _axes_of(runtime, axes)
    if found is not None and len(found[0].skipped) < MOST_SKIPPED:
        found[0].skipped.setdefault(str(name)[:LONGEST], runtime.state.line)


def show(runtime: Runtime, figure: Any, close: Any) -> None:
    """Keep a figure as it is now; it may be closed with that."""
    drawing = _of(runtime)
    shown = drawing.figures.get(figure) if type(figure) is int else None
    if shown is not None:
        drawing.keep(shown, runtime.state.line)
        if close:
            drawing.close(figure)


def close(runtime: Runtime, figure: Any) -> None:
    _of(runtime).close(figure)


FUNCTIONS = {
    f"_{call.__name__}": call
    for call in (
        open_figure, open_axes, draw, redraw, write, write_above, limit, scale, mark, flag,
        name_series, clear, skip, show, close,
    )
}  # fmt: skip
