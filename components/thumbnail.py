"""A lesson's sketch as a picture in SVG, as broad as a card and without a word."""

from collections.abc import Iterable, Sequence

import numpy as np

from autograd_explorer.course.sketch import Bars, Curve, Graph, Grid, Path, Sketch
from autograd_explorer.records import Array
from components.graph_view.layout import lay_out
from components.theme import DIVERGING, HEIGHTS

WIDTH, HEIGHT = 320, 112
_MARGIN = 16
_MOST_CELLS = 24  # a side; what is larger is sampled


def thumbnail(sketch: Sketch) -> str:
    """The picture, decoration beside the card's words."""
    drawn = {Graph: _graph, Bars: _bars, Curve: _curve, Grid: _grid, Path: _path}[type(sketch)]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f"{''.join(drawn(sketch))}</svg>"  # type: ignore[operator]  # each draws its own kind
    )


def _graph(sketch: Graph) -> Iterable[str]:
    """Boxes from the leaves on the left to the root on the right, as the large drawing has them."""
    nodes = sketch.graph.nodes
    links = [(edge.source, edge.target) for edge in sketch.graph.edges if edge.target is not None]
    placed = lay_out(len(nodes), links)
    across = _scaled([-float(layer) for layer in placed.layers], 44, WIDTH - 44)
    down = _scaled(placed.slots, 22, HEIGHT - 22)
    breadth = min(56.0, 0.62 * (WIDTH - 88) / max(max(placed.layers), 1))
    kind = "shadow" if sketch.shadow else "back" if sketch.back else "line"
    for source, target in links:
        yield _line([across[source], across[target]], [down[source], down[target]], kind)
    for node in nodes:
        colour = f" of-{node.tensor}" if node.tensor in ("w", "b", "z", "x", "loss") else ""
        round_ = 11 if node.kind == "leaf" else 4
        left, top = across[node.id] - breadth / 2, down[node.id] - 11
        yield (
            f'<rect class="box {"shadow" if sketch.shadow else ""}{colour}" x="{left:.1f}"'
            f' y="{top:.1f}" width="{breadth:.1f}" height="22" rx="{round_}"/>'
        )


def _bars(sketch: Bars) -> Iterable[str]:
    heights = np.nan_to_num(np.abs(np.asarray(sketch.heights, dtype=float)), posinf=0.0)
    tallest = float(heights.max()) or 1.0
    step = min(48.0, (WIDTH - 2 * _MARGIN) / len(heights))
    left = (WIDTH - step * len(heights)) / 2
    for i, height in enumerate(heights / tallest * (HEIGHT - 2 * _MARGIN)):
        yield (
            f'<rect class="bar" x="{left + i * step + 0.15 * step:.1f}"'
            f' y="{HEIGHT - _MARGIN - height:.1f}" width="{0.7 * step:.1f}"'
            f' height="{height:.1f}" rx="2"/>'
        )


def _curve(sketch: Curve) -> Iterable[str]:
    across = _scaled(sketch.x, 2 * _MARGIN, WIDTH - 2 * _MARGIN)
    up = _scaled(-np.asarray(sketch.y), _MARGIN, HEIGHT - _MARGIN)
    yield _line(across, up, "curve")
    if sketch.at is None:
        return
    x, y = across[sketch.at], up[sketch.at]
    if sketch.slope is not None:
        right = (WIDTH - 4 * _MARGIN) / float(np.ptp(sketch.x) or 1)
        rise = (HEIGHT - 2 * _MARGIN) / float(np.ptp(sketch.y) or 1)
        down = -sketch.slope * rise / right
        reach = 70 / float(np.hypot(1, down))
        yield _line([x - reach, x + reach], [y - reach * down, y + reach * down], "back")
    yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'


def _grid(sketch: Grid) -> Iterable[str]:
    values = _sampled(np.nan_to_num(np.atleast_2d(sketch.values)))
    rows, columns = values.shape
    peak = float(np.abs(values).max()) or 1.0
    side = min(24.0, (HEIGHT - 2 * _MARGIN) / rows, (WIDTH - 2 * _MARGIN) / columns)
    left, top = (WIDTH - side * columns) / 2, (HEIGHT - side * rows) / 2
    for (i, j), value in np.ndenumerate(values):
        colour = DIVERGING[round((value / peak + 1) / 2 * (len(DIVERGING) - 1))]
        yield (
            f'<rect x="{left + j * side:.1f}" y="{top + i * side:.1f}" width="{side - 1:.1f}"'
            f' height="{side - 1:.1f}" fill="{colour}"/>'
        )


def _path(sketch: Path) -> Iterable[str]:
    rows, columns = sketch.values.shape
    heights = np.sqrt(np.maximum(np.nan_to_num(sketch.values, posinf=1e30), 0.0))
    shares = (heights - heights.min()) / (float(np.ptp(heights)) or 1.0)
    across, down = WIDTH / columns, HEIGHT / rows
    for (i, j), share in np.ndenumerate(shares):
        yield (
            f'<rect x="{j * across:.1f}" y="{HEIGHT - (i + 1) * down:.1f}"'
            f' width="{across + 0.5:.1f}" height="{down + 0.5:.1f}"'
            f' fill="{HEIGHTS[round(float(share) * (len(HEIGHTS) - 1))]}"/>'
        )
    ups, along = sketch.path
    xs = np.interp(along, sketch.columns, np.linspace(0, WIDTH, columns))
    ys = np.interp(ups, sketch.rows, np.linspace(HEIGHT, 0, rows))
    yield _line(xs, ys, "walk")
    yield f'<circle class="dot" cx="{xs[-1]:.1f}" cy="{ys[-1]:.1f}" r="6"/>'


def _line(xs: Sequence[float] | Array, ys: Sequence[float] | Array, kind: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    return f'<polyline class="{kind}" points="{points}"/>'


def _scaled(values: Sequence[float] | Array, low: float, high: float) -> list[float]:
    """Spread over a range; in its middle where all are the same."""
    told = np.nan_to_num(np.asarray(values, dtype=float), posinf=0.0, neginf=0.0)
    spread = float(np.ptp(told))
    if not spread:
        return [(low + high) / 2] * len(told)
    scaled: list[float] = (low + (told - told.min()) / spread * (high - low)).tolist()
    return scaled


def _sampled(values: Array) -> Array:
    rows, columns = (max(1, -(-size // _MOST_CELLS)) for size in values.shape)
    return values[::rows, ::columns]
