"""Draw groups of signed matrices; zero is always the neutral colour.

The group shares one scale, from −peak to +peak. What follows the finger is drawn by a small
component of ours; `build_enlarged` gives the same matrix to Plotly, to zoom into and to save.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from autograd_explorer.records import Array
from components.assets import register
from components.matrix import glyph, pack, peak_of, real, shape_text
from components.part import part
from components.selection import Selection
from components.theme import DIVERGING, INK_ON_CELL, NONFINITE
from texts import Say

_mount = register("heatmaps")

LARGEST_WITH_NUMBERS = 16


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix to draw.

    .name        as code spells it: "w.grad"
    .tone        whose identity colour the name takes: "w"
    .values      (rows, cols), or (cols,) for a vector, which is drawn as one row;
                 None is drawn as an empty frame that says None
    .shape       as PyTorch gives it
    .row_labels  one a row, or none
    .selectable  whether a cell can be chosen, as "cell-w.grad-1-2"
    .enlargeable whether it can be chosen to be shown large
    .upright     whether a vector stands as a column, beside the rows that it multiplies
    .draggable   whether its numbers can be dragged, which static/grab.js tells the page
    """

    name: str
    tone: str
    values: Array | None
    shape: tuple[int, ...]
    row_labels: tuple[str, ...] = ()
    selectable: bool = False
    enlargeable: bool = False
    draggable: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Matrices on one scale, stacked so that their columns line up.

    .narrow  whether one column is all that it needs room for
    """

    title: str
    matrices: tuple[Matrix, ...]
    narrow: bool = False

    @property
    def peak(self) -> float:
        """The largest finite magnitude; 1 if there is none, for zeros still need a scale."""
        peaks = [peak_of(matrix.values) for matrix in self.matrices if matrix.values is not None]
        return max(peaks, default=0.0) or 1.0


@part()
def show_heatmaps(
    groups: Sequence[Group],
    say: Say,
    key: str,
    *,
    selection: Selection | None = None,
    on_select: Callable[[Any], object] = lambda _: None,
    enlarged: str | None = None,
    on_enlarge: Callable[[Any], object] = lambda _: None,
) -> None:
    """Draw groups side by side; on a narrow screen one below the other.

    selection   the chosen cell, if it is one; on_select is told a cell of a .selectable matrix
    enlarged    the matrix that is shown large; on_enlarge is told an .enlargeable one by name
    """
    large = any(matrix.enlargeable for group in groups for matrix in group.matrices)
    _mount(
        key,
        selection=on_select,
        enlarge=on_enlarge,
        data={
            "groups": [build_group(group) for group in groups],
            "selection": selection.text if selection else "",
            "enlarged": enlarged or "",
            "labels": {
                name: say(name) for name in ("help", "none", *(("enlarge",) if large else ()))
            },
        },
    )


def build_group(group: Group) -> dict[str, Any]:
    """A group as plain data; its values as components/matrix.py packs them."""
    built = {"title": group.title, "peak": group.peak, "matrices": [*map(_build, group.matrices)]}
    return built | {"narrow": True} if group.narrow else built


def _build(matrix: Matrix) -> dict[str, Any]:
    built: dict[str, Any] = {
        "name": matrix.name,
        "tone": matrix.tone,
        "shape": shape_text(matrix.shape),
        "row_labels": matrix.row_labels,
        "selectable": matrix.selectable,
        "enlargeable": matrix.enlargeable and matrix.values is not None,
        "vector": len(matrix.shape) < 2,
        **({"draggable": True} if matrix.draggable else {}),
        "values": None,
    }
    if matrix.values is None:
        # The frame that says None is as large as the matrix would be.
        rows, cols = (1, *matrix.shape)[-2:]
        return built | {"rows": rows, "cols": cols}
    return built | pack(matrix.values[:, None] if matrix.upright else matrix.values)


def build_enlarged(matrix: Matrix, peak: float) -> go.Figure:
    """The matrix as a Plotly chart with exact values on hover.

    Raises:  ValueError, when there are no values
    """
    if matrix.values is None:
        raise ValueError(f"{matrix.name} has no values")
    cells = np.atleast_2d(real(matrix.values))
    scale = [[i / (len(DIVERGING) - 1), colour] for i, colour in enumerate(DIVERGING)]
    heatmap = go.Heatmap(
        z=cells,
        zmin=-peak,
        zmax=peak,
        colorscale=scale,
        xgap=1,
        ygap=1,
        hovertemplate=f"{matrix.name}[%{{y}}, %{{x}}] = %{{z:+.8g}}<extra></extra>",
    )
    # Cell text is what makes a large Plotly heatmap slow: 12 times at 64×64.
    if max(cells.shape) <= LARGEST_WITH_NUMBERS:
        heatmap.update(texttemplate="%{z:+.4f}", textfont={"color": INK_ON_CELL})
    return go.Figure(
        [heatmap, *_marked(matrix.name, cells)],
        layout={
            "height": min(620, 160 + 28 * len(cells)),
            "margin": {"l": 40, "r": 8, "t": 24, "b": 32},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {"side": "top", "dtick": max(1, cells.shape[1] // 16), "showgrid": False},
            "yaxis": {
                "autorange": "reversed",
                "dtick": max(1, cells.shape[0] // 16),
                "showgrid": False,
                "zeroline": False,
            },
        },
    )


def _marked(name: str, cells: Array) -> list[go.Heatmap]:
    """The cells that are not finite, which Plotly leaves empty, on top of the others."""
    odd = ~np.isfinite(cells)
    if not odd.any():
        return []
    ground, ink, _ = NONFINITE
    return [
        go.Heatmap(
            z=np.where(odd, 0.0, np.nan),
            text=[[glyph(value) for value in row] for row in cells.astype(np.float64)],
            texttemplate="%{text}",
            textfont={"color": ink},
            colorscale=[[0, ground], [1, ground]],
            showscale=False,
            xgap=1,
            ygap=1,
            hovertemplate=f"{name}[%{{y}}, %{{x}}] = %{{text}}<extra></extra>",
        )
    ]
