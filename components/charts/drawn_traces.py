"""Axes that a program drew on, as a chart of Plotly: a trace for each series."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.colors import diverging, sequential

from autograd_explorer.figures import Array, Axes, Series
from components.charts.axes import (
    BUTTONS,
    CLEAR,
    FAINT,
    HEIGHT,
    NO_TEMPLATE,
    figure_of,
    placed,
)
from components.theme import CHART_INK

IMAGES = frozenset({"image", "picture", "contour", "filled_contour"})
LOW = 240  # px of a chart of which many stand side by side
_CYCLE = (
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
    "#bcbd22", "#17becf",
)  # fmt: skip
# What tells series apart for whom colours do not, where the program has not chosen it.
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up")
_PATTERNS = ("", "/", "x", ".", "-", "+")
_DASH_OF = {"solid": "solid", "dashed": "dash", "dotted": "dot", "dashdot": "dashdot"}
_SYMBOL_OF = {
    "o": "circle", ".": "circle", ",": "circle", "s": "square", "D": "diamond", "d": "diamond-tall",
    "x": "x", "X": "x", "+": "cross", "P": "cross", "^": "triangle-up", "v": "triangle-down",
    "<": "triangle-left", ">": "triangle-right", "*": "star", "p": "pentagon", "h": "hexagon",
    "H": "hexagon2", "8": "octagon", "|": "line-ns-open", "_": "line-ew-open",
}  # fmt: skip
_PALETTES = {
    "viridis": sequential.Viridis, "plasma": sequential.Plasma, "inferno": sequential.Inferno,
    "magma": sequential.Magma, "cividis": sequential.Cividis, "gray": sequential.gray,
    "jet": sequential.Jet, "hot": sequential.Hot, "coolwarm": diverging.RdBu_r,
    "blues": sequential.Blues, "reds": sequential.Reds, "greens": sequential.Greens,
}  # fmt: skip
# Between these luminances a colour has a contrast of three with both grounds.
_DARKEST, _LIGHTEST = 0.13, 0.28
_MARGIN = {"l": 56, "r": 12, "t": 28, "b": 48}
_FEW = 8  # columns of an image whose cells have room for their numbers
_SYMBOLS_OF_TEX = dict(
    pair.split("=")
    for pair in """
    alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε eta=η theta=θ kappa=κ lambda=λ mu=μ nu=ν
    xi=ξ pi=π rho=ρ sigma=σ tau=τ phi=φ varphi=φ chi=χ psi=ψ omega=ω Delta=Δ Sigma=Σ Omega=Ω
    nabla=∇ partial=∂ cdot=· times=× leq=≤ geq=≥ infty=∞ approx=≈ pm=±
    """.split()
)


def build_axes(axes: Axes, *, low: bool = False) -> go.Figure:
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    cycle = 0
    for series in axes.series:
        colour = series.colour or _CYCLE[cycle % len(_CYCLE)]
        mine = [one for one in axes.series if one.kind == series.kind]
        place = next(i for i, one in enumerate(mine) if one is series)
        if series.kind in ("level", "upright"):
            shapes.append(_straight(series, _on_both(series.colour or CHART_INK)))
            continue
        if series.kind not in IMAGES and not series.colour:
            cycle += 1
        made = _MAKERS[series.kind](series, _on_both(colour), place if len(mine) > 1 else 0)
        for trace in made:
            trace |= {"name": plain(series.label), "opacity": series.opacity}
            if series.kind not in IMAGES:
                named = bool(series.label) and series.kind != "text"
                trace["showlegend"] = named and trace is made[-1]
        traces += made
    if low or axes.bare or any(one.kind == "text" for one in axes.series):
        for trace in traces:
            trace.pop("texttemplate", None)
    scales = [trace for trace in traces if trace.get("showscale")]
    for trace in scales[:-1] if not axes.bare else scales:
        trace["showscale"] = False
    return figure_of(traces, _layout(axes, shapes, LOW if low else HEIGHT))


def _layout(axes: Axes, shapes: list[dict[str, Any]], height: int) -> dict[str, Any]:
    x = _axis(axes.x_label, axes.x_scale, axes.x_limits, (axes.x_ticks, axes.x_names))
    y = _axis(axes.y_label, axes.y_scale, axes.y_limits, (axes.y_ticks, axes.y_names))
    if axes.downward:
        y |= {"range": y["range"][::-1]} if "range" in y else {"autorange": "reversed"}
    if axes.equal:
        y |= {"scaleanchor": "x", "constrain": "domain"}
        x |= {"constrain": "domain"}
    if any(one.kind in IMAGES for one in axes.series):
        x["showgrid"] = y["showgrid"] = False
    if axes.bare:
        x["visible"] = y["visible"] = False
    return {
        "template": NO_TEMPLATE,
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8} if axes.bare else _MARGIN,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "modebar": BUTTONS,
        "barmode": "overlay",
        "showlegend": axes.legend,
        "legend": {
            "orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "bgcolor": CLEAR,
            "font": {"color": CHART_INK, "size": 14}, "itemwidth": 40,
        },
        "shapes": shapes,
        "xaxis": x,
        "yaxis": y,
    }  # fmt: skip


def _axis(
    label: str, scale: str, limits: tuple[float, ...], ticks: tuple[tuple[float, ...], Any]
) -> dict[str, Any]:
    font = {"color": CHART_INK, "size": 14}
    axis: dict[str, Any] = {
        "type": scale,
        "gridcolor": FAINT,
        "zeroline": False,
        "tickfont": {**font, "size": 13},
        "automargin": True,
        "nticks": 6,
        "title": {"text": plain(label), "font": font},
    }
    if scale == "log":
        axis |= {"dtick": 1, "exponentformat": "power"}
        limits = tuple(float(np.log10(end)) for end in limits if end > 0)
    if len(limits) == 2 and limits[0] != limits[1]:
        axis["range"] = [*limits]
    if ticks[0]:
        axis |= {"tickvals": [*ticks[0]], "ticktext": [plain(name) for name in ticks[1]]}
    return axis


# Series


def _numbers(values: Array) -> list[float]:
    made: list[float] = placed(values).tolist()
    return made


_HOVER = "%{x:.5~g}, %{y:.5~g}"


def _line(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    marked = series.marker not in ("", "none")
    lone = series.x.size == 1
    lined = series.dash != "none"
    mode = "lines+markers" if lined and (marked or lone) else "lines" if lined else "markers"
    dash = _DASH_OF.get(series.dash) or _DASHES[place % len(_DASHES)]
    trace: dict[str, Any] = {
        "type": "scatter",
        "x": _numbers(series.x),
        "y": _numbers(series.y),
        "mode": mode,
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "size": 7, "symbol": _symbol(series, place)},
        "hovertemplate": _HOVER,
    }
    if series.kind == "step":
        trace["line"]["shape"] = "vh"
    if series.kind == "errors" and series.z is not None:
        trace["error_y"] = {"type": "data", "array": _numbers(series.z), "color": colour}
    return [trace]


def _symbol(series: Series, place: int) -> str:
    return _SYMBOL_OF.get(series.marker) or _SYMBOLS[place % len(_SYMBOLS)]


def _points(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    marker: dict[str, Any] = {"color": colour, "size": 8, "symbol": _symbol(series, place)}
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": _numbers(series.x),
        "y": _numbers(series.y),
        "marker": marker,
        "hovertemplate": _HOVER,
    }
    if series.z is not None:
        marker |= {"color": _numbers(series.z), **_coloured(series), "showscale": True}
        marker["line"] = {"width": 1, "color": CHART_INK}
        kinds = np.unique(series.z)
        if 1 < len(kinds) <= len(_SYMBOLS) and np.isfinite(kinds).all():
            marker["symbol"] = [_SYMBOLS[i] for i in np.searchsorted(kinds, series.z)]
            marker["colorbar"] |= {"tickvals": kinds.tolist()}
        trace["hovertemplate"] = _HOVER + ": %{marker.color:.5~g}"
    return [trace]


def _bars(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    widths, starts = series.z if series.z is not None else np.zeros((2, series.x.size))
    lying = series.kind == "lying_bars"
    along, across = ("y", "x") if lying else ("x", "y")
    return [
        {
            "type": "bar",
            "orientation": "h" if lying else "v",
            along: _numbers(series.x),
            across: _numbers(series.y),
            "width": _numbers(np.abs(widths)),
            "base": _numbers(starts),
            "marker": {
                "color": colour,
                "pattern": {"shape": _PATTERNS[place % len(_PATTERNS)]},
                "line": {"width": 1, "color": CHART_INK},
            },
            "hovertemplate": _HOVER,
        }
    ]


def _band(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    lower = series.z if series.z is not None else series.y
    edge = {"type": "scatter", "mode": "lines", "x": _numbers(series.x), "hovertemplate": _HOVER}
    look = {"line": {"width": 1, "color": colour, "dash": "dot"}}
    fill = f"rgba({','.join(map(str, _parts(colour)))},0.4)"
    return [
        {**edge, **look, "y": _numbers(lower)},
        {**edge, **look, "y": _numbers(series.y), "fill": "tonexty", "fillcolor": fill},
    ]


def _text(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": _numbers(series.x),
            "y": _numbers(series.y),
            "text": [plain(series.label)],
            "textposition": "top right",
            "textfont": {"color": CHART_INK, "size": 14},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]


def _image(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    values = series.z if series.z is not None else np.zeros((0, 0))
    trace: dict[str, Any] = {
        "x": _numbers(series.x),
        "y": _numbers(series.y),
        "z": placed(values).tolist(),
        **_coloured(series, "z"),
        "showscale": True,
        "hovertemplate": _HOVER + ": %{z:.5~g}",
    }
    if series.kind == "image":
        trace |= {"type": "heatmap", "hoverongaps": False}
        if values.shape[1] <= _FEW:
            trace |= {"texttemplate": "%{z:.3~g}", "textfont": {"size": 13}}
        return [trace]
    filled = series.kind == "filled_contour"
    if not filled:
        trace["colorscale"] = [[at, _on_both(one)] for at, one in trace["colorscale"]]
    trace |= {"type": "contour", "ncontours": 15, "line": {"width": 1 if filled else 2}}
    trace["contours"] = {
        "coloring": "fill" if filled else "lines",
        "showlabels": not filled,
        "labelfont": {"size": 13, "color": CHART_INK},
    }
    return [trace]


def _picture(series: Series, colour: str, place: int) -> list[dict[str, Any]]:
    values = series.z if series.z is not None else np.zeros((0, 0, 3))
    whole = np.nan_to_num(values).clip(0, 255).astype(int)
    trace: dict[str, Any] = {"type": "image", "z": whole.tolist(), "colormodel": "rgb"}
    for name, at in (("x", series.x), ("y", series.y)):
        trace |= {
            f"{name}0": float(at[0]),
            f"d{name}": float(at[1] - at[0]) if at.size > 1 else 1.0,
        }
    return [{**trace, "hovertemplate": "%{x}, %{y}: %{z}"}]


def _straight(series: Series, colour: str) -> dict[str, Any]:
    lying = series.kind == "level"
    at = float(placed(series.y if lying else series.x)[0])
    along, across = ("x", "y") if lying else ("y", "x")
    return {
        "type": "line",
        f"{along}ref": f"{along} domain",
        f"{along}0": 0,
        f"{along}1": 1,
        f"{across}0": at,
        f"{across}1": at,
        "line": {"color": colour, "width": 2, "dash": _DASH_OF.get(series.dash, "solid")},
        "opacity": series.opacity,
        "name": plain(series.label),
        "showlegend": bool(series.label),
    }


_MAKERS = {
    "line": _line, "step": _line, "errors": _line, "points": _points, "bars": _bars,
    "lying_bars": _bars, "band": _band, "text": _text, "image": _image, "contour": _image,
    "filled_contour": _image, "picture": _picture,
}  # fmt: skip


def _coloured(series: Series, letter: str = "c") -> Mapping[str, Any]:
    """Which colours stand for which numbers; letter as Plotly has it, in cmin or zmin."""
    colours = _PALETTES[series.palette]
    ends = {f"{letter}min": series.low, f"{letter}max": series.high}
    both = series.low is not None and series.high is not None
    return {
        "colorscale": [[i / (len(colours) - 1), one] for i, one in enumerate(colours)],
        "reversescale": series.reversed,
        "colorbar": {"thickness": 12, "outlinewidth": 0, "tickfont": {"color": CHART_INK}},
        **(ends if both else {}),
    }


# Words and colours


def readable(text: str) -> str:
    """A title without TeX: "$\\theta_1$" is θ_1."""
    return re.sub(r"\$([^$]*)\$", lambda found: _without_tex(found[1]), text)


def _without_tex(text: str) -> str:
    named = re.sub(r"\\([A-Za-z]+)", lambda found: _SYMBOLS_OF_TEX.get(found[1], ""), text)
    return re.sub(r"[{}\\]", "", named)


def plain(text: str) -> str:
    """A program's words as Plotly shows them letter by letter: it takes some of HTML."""
    return escape(readable(text), quote=False).replace("\n", "<br>")


def _parts(colour: str) -> list[int]:
    """Red, green and blue of "#rrggbb", or of "rgb(0, 12, 255)" as Plotly's palettes have it."""
    if colour.startswith("#"):
        return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return [*map(int, colour[4:-1].split(","))]


def _on_both(colour: str) -> str:
    """A colour of the same hue that can be seen on both grounds."""
    parts = np.array(_parts(colour)) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light = float(linear @ [0.2126, 0.7152, 0.0722])
    if light > _LIGHTEST:
        linear = linear * (_LIGHTEST / light)
    elif light < _DARKEST:
        linear = linear + (1 - linear) * ((_DARKEST - light) / (1 - light))
    back = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(part * 255):02x}" for part in back)
