"""The loss, and something to grab: one number, the loss over it, and a step of training.

The curve is on the page before a finger moves: while one number is dragged all others stand still,
so the dot rolls along a curve that is there, and the browser waits for nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import autograd_explorer as ax
from autograd_explorer.course.changes import LARGEST, MOST_STEPS, RATES
from components.assets import register
from components.matrix import glyph
from components.part import part
from texts import Say

_mount = register("probe")
_LABELS = (
    "loss", "slope", "no_slope_data", "no_slope_off", "number", "step", "rate", "steps",
    "most_steps", "afresh", "curve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Probed:
    """The number that can be grabbed.

    .name, .place  as the program spells them: "w" and (2, 0)
    .curve         the loss over it
    .steps         training steps taken so far
    .changed       whether any number is not as it was drawn
    .rate          of the next step
    .trains        whether a step can be taken: backward() filled the gradients in
    .large         whether it is a figure of its own, with scales, and not about training
    .held          whether it stands still, without its slope, because a question about it is open
    """

    name: str
    place: tuple[int, ...]
    curve: ax.LossCurve
    steps: int
    changed: bool
    rate: float
    trains: bool
    large: bool = False
    held: bool = False


@part()
def show_probe(
    probed: Probed,
    say: Say,
    key: str,
    *,
    on_grab: Callable[[Any], object],
    on_step: Callable[[Any], object],
    on_rate: Callable[[Any], object],
    on_afresh: Callable[[Any], object],
) -> None:
    """Draw the loss and its curve; on_grab is told a number's place and value while it moves."""
    _mount(
        key,
        build_probe(probed, say),
        grab=on_grab,
        step=on_step,
        rate=on_rate,
        afresh=on_afresh,
    )


def build_probe(probed: Probed, say: Say) -> dict[str, Any]:
    """The curve as numbers of six digits; what is not finite is None and leaves a gap."""
    curve = probed.curve
    return {
        "name": probed.name,
        "place": probed.place,
        "value": curve.value,
        "loss": glyph(curve.loss) or f"{curve.loss:.4f}",
        "height": _sent(curve.loss),
        "slope": None if curve.slope is None or probed.held else _sent(curve.slope),
        "low": float(curve.values[0]),
        "high": float(curve.values[-1]),
        "losses": [_sent(float(loss)) for loss in curve.losses],
        "largest": LARGEST,
        "steps": probed.steps,
        "most_steps": MOST_STEPS,
        "changed": probed.changed,
        "trains": probed.trains,
        "large": probed.large,
        "held": probed.held,
        "rate": f"{probed.rate:g}",
        "rates": [f"{rate:g}" for rate in RATES],
        "labels": {name: say(name) for name in _LABELS},
    }


def _sent(number: float) -> float | None:
    return None if glyph(number) else float(f"{number:.6g}")
