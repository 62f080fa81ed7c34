"""What each call of matplotlib's draws, as records: `plt.plot(…)` is `plot(runtime, axis, …)` here.

Options that only concern the looks of matplotlib's own pictures are taken and not looked at.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograd_explorer.figures import LONGEST, MOST_POINTS, MOST_SERIES, MOST_SIDE, Array, Series
from autograd_explorer.language.library.drawn_values import (
    Categories,
    colour_of,
    dash_of,
    finite,
    kept,
    marker_of,
    numbers,
    palette_of,
    parts_of_format,
    thinned,
)
from autograd_explorer.language.runtime import Runtime

Axis = Mapping[str, Categories]  # of x and of y
_NOTHING = kept(np.zeros(0))


def _first(options: Mapping[str, Any], *names: str) -> Any:
    return next((options[name] for name in names if options.get(name) is not None), None)


def _style(runtime: Runtime, options: Mapping[str, Any], *colours: str) -> dict[str, Any]:
    """The fields of a Series that options such as color="r" and label="loss" set."""
    label, alpha = options.get("label"), finite(options.get("alpha"))
    text = "" if label is None else runtime.texts.of(label)
    low, high = finite(options.get("vmin")), finite(options.get("vmax"))
    return {
        "label": "" if text.startswith("_") else text[:LONGEST],
        "colour": colour_of(_first(options, *(colours or ("color", "c")))),
        "dash": dash_of(_first(options, "linestyle", "ls")),
        "marker": marker_of(options.get("marker")),
        "opacity": 1.0 if alpha is None else min(max(alpha, 0.0), 1.0),
        "low": low,
        "high": high,
        **palette_of(options.get("cmap")),
    }


def _made(
    runtime: Runtime, kind: Any, x: Array, y: Array, z: Array | None, style: dict[str, Any]
) -> Series:
    """A series of points, of which so many are kept as there is room for; z holds what belongs to
    each of them in its last dimension."""
    places = thinned(len(x), MOST_POINTS)
    more = None if z is None else kept(z, ..., places)
    at = runtime.state.line
    return Series(kind, at, len(x), kept(x, places), kept(y, places), more, **style)


def plot(runtime: Runtime, axis: Axis, /, *args: Any, **options: Any) -> list[Series]:
    found: list[Series] = []
    rest = list(args)
    while rest:
        part, rest = rest[:2], rest[2:]
        if rest and isinstance(rest[0], str):
            part.append(rest.pop(0))
        found += _lines(runtime, axis, part, options)
    return found


def _lines(
    runtime: Runtime, axis: Axis, part: list[Any], options: Mapping[str, Any]
) -> list[Series]:
    """One group of x, y and a format string; several series where x or y has columns."""
    written: dict[str, str] = {}
    if len(part) > 1 and isinstance(part[-1], str):
        written = parts_of_format(part.pop())
    if any(value is None for value in part):
        raise ValueError("x, y, and format string must not be None")
    y = np.atleast_1d(numbers(runtime, part[-1], axis["y"]))
    x: Array = np.arange(len(y))
    if len(part) == 2:
        x = np.atleast_1d(numbers(runtime, part[0], axis["x"]))
    if x.shape[0] != y.shape[0]:
        raise ValueError(
            f"x and y must have same first dimension, but have shapes {x.shape} and {y.shape}"
        )
    if x.ndim > 2 or y.ndim > 2:
        raise ValueError(
            f"x and y can be no greater than 2D, but have shapes {x.shape} and {y.shape}"
        )
    x, y = (part[:, np.newaxis] if part.ndim == 1 else part for part in (x, y))
    if x.shape[1] > 1 and y.shape[1] > 1 and x.shape[1] != y.shape[1]:
        raise ValueError(f"x has {x.shape[1]} columns but y has {y.shape[1]} columns")
    made = []
    label = options.get("label")
    for column in range(min(max(x.shape[1], y.shape[1]), MOST_SERIES + 1)):
        own = options
        if isinstance(label, list | tuple):
            own = {**options, "label": label[column] if column < len(label) else None}
        style = _style(runtime, own)
        style |= {name: value for name, value in written.items() if not style[name]}
        xs, ys = x[:, min(column, x.shape[1] - 1)], y[:, min(column, y.shape[1] - 1)]
        made.append(_made(runtime, "line", xs, ys, None, style))
    return made


def step(
    runtime: Runtime, axis: Axis, /, x: Any, y: Any, *args: Any, **options: Any
) -> list[Series]:
    return [one._replace(kind="step") for one in plot(runtime, axis, x, y, *args, **options)]


def scatter(
    runtime: Runtime,
    axis: Axis,
    /,
    x: Any,
    y: Any,
    s: Any = None,
    c: Any = None,
    marker: Any = None,
    cmap: Any = None,
    **options: Any,
) -> list[Series]:
    xs, ys = numbers(runtime, x, axis["x"]).ravel(), numbers(runtime, y, axis["y"]).ravel()
    if xs.size != ys.size:
        raise ValueError("x and y must be the same size")
    given = {**options, "marker": marker, "cmap": cmap}
    style = _style(runtime, {**given, "c": c}, "color", "c", "facecolor")
    shades = None
    if c is not None and not isinstance(c, str) and options.get("color") is None:
        if isinstance(c, list | tuple) and c and all(isinstance(part, str) for part in c):
            colours = {colour_of(part) for part in c}
            style["colour"] = colours.pop() if len(colours) == 1 else ""
        elif not style["colour"] or np.size(c) == xs.size:
            shades = numbers(runtime, c).ravel()
            style["colour"] = ""
            if shades.size != xs.size:
                raise ValueError(
                    f"'c' argument has {shades.size} elements, which is inconsistent with 'x' and "
                    f"'y' with size {xs.size}."
                )
    return [_made(runtime, "points", xs, ys, shades, style)]


def _bars(
    runtime: Runtime, kind: str, along: Categories, given: Any, options: Mapping[str, Any]
) -> list[Series]:
    at, length, width, start, align = given
    parts = [
        numbers(runtime, at, along),
        *(numbers(runtime, one) for one in (length, width, start)),
    ]
    at, length, width, start = np.broadcast_arrays(*(np.atleast_1d(part).ravel() for part in parts))
    if align == "edge":
        at = at + width / 2
    z = np.stack([width, start])
    return [_made(runtime, kind, at, length, z, _style(runtime, options, "color", "facecolor"))]


def bar(
    runtime: Runtime,
    axis: Axis,
    /,
    x: Any,
    height: Any,
    width: Any = 0.8,
    bottom: Any = None,
    *,
    align: Any = "center",
    **options: Any,
) -> list[Series]:
    given = (x, height, width, 0.0 if bottom is None else bottom, align)
    return _bars(runtime, "bars", axis["x"], given, options)


def barh(
    runtime: Runtime,
    axis: Axis,
    /,
    y: Any,
    width: Any,
    height: Any = 0.8,
    left: Any = None,
    *,
    align: Any = "center",
    **options: Any,
) -> list[Series]:
    given = (y, width, height, 0.0 if left is None else left, align)
    return _bars(runtime, "lying_bars", axis["y"], given, options)


def fill_between(
    runtime: Runtime, axis: Axis, /, x: Any, y1: Any, y2: Any = 0, where: Any = None, **options: Any
) -> list[Series]:
    xs = np.atleast_1d(numbers(runtime, x)).ravel()
    edges = [np.atleast_1d(numbers(runtime, edge)).ravel() for edge in (y1, y2)]
    xs, upper, lower = np.broadcast_arrays(xs, *edges)
    if where is not None:
        upper = np.where(numbers(runtime, where).ravel() != 0, upper, np.nan)
    style = _style(runtime, options, "color", "facecolor")
    return [_made(runtime, "band", xs, upper, lower, style)]


def errorbar(
    runtime: Runtime,
    axis: Axis,
    /,
    x: Any,
    y: Any,
    yerr: Any = None,
    xerr: Any = None,
    **options: Any,
) -> list[Series]:
    xs, ys = (np.atleast_1d(numbers(runtime, one)).ravel() for one in (x, y))
    xs, ys = np.broadcast_arrays(xs, ys)
    reach = np.atleast_1d(numbers(runtime, 0 if yerr is None else yerr))
    reach = np.broadcast_to(reach[-1] if reach.ndim == 2 else reach, ys.shape)
    written = {}
    if isinstance(fmt := options.pop("fmt", None), str) and fmt:
        written = parts_of_format(fmt) if fmt != "none" else {"dash": "none"}
    style = _style(runtime, options)
    style |= {name: value for name, value in written.items() if not style[name]}
    return [_made(runtime, "errors", xs, ys, reach, style)]


def _straight(runtime: Runtime, kind: Any, value: Any, options: Mapping[str, Any]) -> list[Series]:
    at = numbers(runtime, value).ravel()[:1]
    x, y = (_NOTHING, kept(at)) if kind == "level" else (kept(at), _NOTHING)
    made = Series(kind, runtime.state.line, 1, x, y, **_style(runtime, options))
    return [made] if at.size and math.isfinite(at[0]) else []


def axhline(
    runtime: Runtime, axis: Axis, /, y: Any = 0, xmin: Any = 0, xmax: Any = 1, **options: Any
) -> list[Series]:
    return _straight(runtime, "level", y, options)


def axvline(
    runtime: Runtime, axis: Axis, /, x: Any = 0, ymin: Any = 0, ymax: Any = 1, **options: Any
) -> list[Series]:
    return _straight(runtime, "upright", x, options)


def _pieces(
    runtime: Runtime, lying: bool, given: tuple[Any, Any, Any], options: dict[str, Any]
) -> list[Series]:
    """Several straight lines as one, with gaps between them."""
    parts = [np.atleast_1d(numbers(runtime, one)).ravel() for one in given]
    at, low, high = np.broadcast_arrays(*parts)
    gap = np.full(len(at), np.nan)
    along = np.stack([low, high, gap], 1).ravel()
    across = np.repeat(at, 3)
    colours = options.pop("colors", None)
    style = _style(runtime, {"color": colours, **options, "label": options.get("label")})
    x, y = (along, across) if lying else (across, along)
    return [_made(runtime, "line", x, y, None, style)]


def hlines(
    runtime: Runtime, axis: Axis, /, y: Any, xmin: Any, xmax: Any, **options: Any
) -> list[Series]:
    return _pieces(runtime, True, (y, xmin, xmax), options)


def vlines(
    runtime: Runtime, axis: Axis, /, x: Any, ymin: Any, ymax: Any, **options: Any
) -> list[Series]:
    return _pieces(runtime, False, (x, ymin, ymax), options)


def text(runtime: Runtime, axis: Axis, /, x: Any, y: Any, s: Any, **options: Any) -> list[Series]:
    left = numbers(runtime, x, axis["x"]).ravel()[:1]
    below = numbers(runtime, y, axis["y"]).ravel()[:1]
    label = {"label": runtime.texts.of(s)[:LONGEST], "colour": colour_of(options.get("color"))}
    return [_made(runtime, "text", left, below, None, label)] if left.size and below.size else []


def annotate(
    runtime: Runtime, axis: Axis, /, text: Any, xy: Any, xytext: Any = None, **options: Any
) -> list[Series]:
    place = numbers(runtime, xy).ravel()
    label = {"label": runtime.texts.of(text)[:LONGEST], "colour": colour_of(options.get("color"))}
    return [_made(runtime, "text", place[:1], place[1:2], None, label)] if place.size == 2 else []


# Images


def _shrunk(values: Array, x: Array, y: Array) -> tuple[Array, Array, Array]:
    down, along = thinned(len(y), MOST_SIDE), thinned(len(x), MOST_SIDE)
    return kept(values[down][:, along]), kept(x, along), kept(y, down)


def imshow(
    runtime: Runtime,
    axis: Axis,
    /,
    image: Any,
    cmap: Any = None,
    **options: Any,
) -> list[Series]:
    values = numbers(runtime, image)
    if values.ndim == 3 and values.shape[-1] == 1:
        values = values[..., 0]
    coloured = values.ndim == 3 and values.shape[-1] in (3, 4)
    if values.ndim != 2 and not coloured:
        raise TypeError(f"Invalid shape {values.shape} for image data")
    rows, columns = values.shape[:2]
    x, y = np.arange(columns, dtype=float), np.arange(rows, dtype=float)
    extent = options.get("extent")
    ends = [finite(end) for end in extent] if isinstance(extent, list | tuple) else []
    if len(ends) == 4 and None not in ends:
        left, right, bottom, top = ends
        first, last = (top, bottom) if options.get("origin", "upper") != "lower" else (bottom, top)
        x, y = _centres(left, right, columns), _centres(first, last, rows)
    count = rows * columns
    if coloured:
        whole = values.dtype.kind in "iu"
        bright = values[..., :3] if whole else np.nan_to_num(values[..., :3]) * 255.0
        values = np.clip(bright, 0, 255)
    z, x, y = _shrunk(values, x, y)
    style = _style(runtime, {**options, "cmap": cmap, "label": None})
    kind: Any = "picture" if coloured else "image"
    return [Series(kind, runtime.state.line, count, x, y, z, **style)] if count else []


def _centres(first: Any, last: Any, count: int) -> Array:
    parts: Array = (np.arange(count) + 0.5) / max(count, 1)
    return np.asarray(first + (last - first) * parts)


def _over_a_grid(
    runtime: Runtime, kind: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> list[Series]:
    """A matrix, with x and y in front of it or without."""
    given = [numbers(runtime, one) for one in args[: 3 if len(args) >= 3 else 1]]
    z = given[-1]
    if z.ndim != 2 or min(z.shape) < (1 if kind == "image" else 2):
        raise TypeError(f"Input z must be at least a (2, 2) shaped array, but has shape {z.shape}")
    x, y = np.arange(z.shape[1], dtype=float), np.arange(z.shape[0], dtype=float)
    if len(given) == 3:
        x, y = given[:2]
        if x.ndim == 2 and y.ndim == 2 and x.size and (x[0] == x[0, 0]).all():
            x, y, z = x.T, y.T, z.T  # a grid of torch.meshgrid's, which counts its rows along x
        x, y = (x[0] if x.ndim == 2 else x), (y[:, 0] if y.ndim == 2 else y)
        if kind == "image" and (len(y), len(x)) == (z.shape[0] + 1, z.shape[1] + 1):
            x, y = (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2  # edges of cells
        if (*y.shape, *x.shape) != z.shape:
            raise TypeError(f"Shapes of x {x.shape}, y {y.shape} and z {z.shape} do not match")
    count = z.size
    z, x, y = _shrunk(z, x, y)
    style = _style(runtime, {**options, "label": None}, "colors")
    return [Series(kind, runtime.state.line, count, x, y, z, **style)]


def contour(runtime: Runtime, axis: Axis, /, *args: Any, **options: Any) -> list[Series]:
    return _over_a_grid(runtime, "contour", args, options)


def contourf(runtime: Runtime, axis: Axis, /, *args: Any, **options: Any) -> list[Series]:
    return _over_a_grid(runtime, "filled_contour", args, options)


def pcolormesh(runtime: Runtime, axis: Axis, /, *args: Any, **options: Any) -> list[Series]:
    return _over_a_grid(runtime, "image", args, options)


BUILDERS: Mapping[str, Callable[..., list[Series]]] = {
    call.__name__: call
    for call in (
        plot, step, scatter, bar, barh, fill_between, errorbar, axhline, axvline, hlines, vlines,
        text, annotate, imshow, contour, contourf, pcolormesh,
    )
} | {
    "semilogx": plot, "semilogy": plot, "loglog": plot, "matshow": imshow, "pcolor": pcolormesh,
}  # fmt: skip
