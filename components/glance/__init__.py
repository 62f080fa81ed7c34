"""The loss and w.grad at a glance: on a small screen they stay in sight while a dial moves."""

from typing import Any

import autograd_explorer as ax
from components.assets import register
from components.matrix import glyph, pack, peak_of, shape_text
from components.part import part

_mount = register("glance")


@part()
def show_glance(run: ax.Run, key: str) -> None:
    """Draw the bar; on a large screen it is not there."""
    _mount(key, build_glance(run))


def build_glance(run: ax.Run) -> dict[str, Any]:
    """The loss as printed, and w.grad as components/matrix.py packs it, or None."""
    w, loss = run.tensor("w"), float(run.tensor("loss").values)
    drawn = None
    if w.grad is not None:
        drawn = {"shape": shape_text(w.shape), "peak": peak_of(w.grad) or 1.0, **pack(w.grad)}
    return {"loss": glyph(loss) or f"{loss:.4f}", "gradient": drawn}
