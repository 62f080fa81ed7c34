"""Optimizers that race on one map of the loss: paths, curves and matrices, moved by one slider.

Everything is sent at once, and the browser plays it without asking the server. All places are
fractions of the drawing, from 0 at the left and at the bottom to 1; what lies off the map is not.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array
from components.assets import register
from components.charts.axes import log_ticks
from components.matrix import build_matrix, glyph, pack, peak_of
from components.part import part
from texts import Say

_mount = register("descent")

MOST_STOPS = 60  # of the slider
MOST_NUMBERS = 50_000  # of one matrix, at all stops together
_FARTHEST = 20.0  # half breadths of the map: beyond, only the direction of a path is kept
_DECADES = 6  # that the curves are followed, up and down from the first loss
_GREW = 10  # times, from which on every stop has a scale of its own
_LABELS = (
    "figure",
    "play",
    "pause",
    "back",
    "restart",
    "forward",
    "step",
    "off_map",
    "map",
    "curve",
)


@part()
def show_descent(
    race: Mapping[str, ax.Descent],
    chosen: str,
    around: ax.LossMap,
    say: Say,
    key: str,
    *,
    held: bool,
) -> None:
    """Draw the race.

    race    by the optimizer's key, whose name is a word of the lesson; the slider stops where w and
            w.grad are kept
    chosen  whose w and w.grad are shown
    held    only its start is shown, without a bar, until a question is answered; then it plays
    """
    _mount(key, build_descent(race, chosen, around, say) | {"held": held})


def build_descent(
    race: Mapping[str, ax.Descent], chosen: str, around: ax.LossMap, say: Say
) -> dict[str, Any]:
    """The race as static/descent/view.js draws it."""
    stops = list(race[chosen].kept)
    low, high = reach_of([descent.losses for descent in race.values()])
    ticks, names = log_ticks(low, high)
    return {
        "stops": stops,
        "map": pack(around.losses)
        | {
            "peak": peak_of(around.losses),
            "names": around.names,
            "ends": [[f"{side[i]:.2f}" for i in (0, -1)] for side in (around.across, around.up)],
        },
        "ticks": [
            {"at": round((at - low) / (high - low), 4), "power": round(at), "text": text}
            for at, text in zip(ticks, names, strict=True)
        ],
        "racers": [
            {
                "key": key,
                "name": say(f"optimizer_{key}"),
                "chosen": key == chosen,
                "losses": [_said(loss) for loss in descent.losses[stops].tolist()],
                "heights": heights_of(descent.losses, low, high),
                "marks": marks_of(descent.losses),
                **walk_of(descent, around),
            }
            for key, descent in race.items()
        ],
        "matrices": [
            _matrix(name, values, say(f"optimizer_{chosen}"), own=grows(race[chosen]))
            for name, values in (("w", race[chosen].ws), ("w.grad", race[chosen].grads))
        ],
        "labels": {name: say(name) for name in _LABELS},
    }


def stops_of(steps: int, numbers: int) -> list[int]:
    """The steps at which the slider stops, the first and the last among them; fewer where a matrix
    has many numbers."""
    most = max(2, min(MOST_STOPS, steps, MOST_NUMBERS // numbers))
    return [int(step) for step in np.unique(np.linspace(0, steps - 1, most).astype(int))]


def reach_of(losses: list[Array]) -> tuple[float, float]:
    """The lowest and the highest power of ten that the curves are drawn for, a whole one apart at
    least: within some decades of the first loss."""
    values = np.concatenate(losses).astype(float)
    there = np.log10(values[np.isfinite(values) & (values > 0)])
    if not there.size:
        return -1.0, 1.0
    first = losses[0][0]
    middle = math.log10(first) if first > 0 and math.isfinite(first) else float(there[0])
    low = max(float(there.min()), middle - _DECADES)
    high = min(float(there.max()), middle + _DECADES)
    room = max(0.1, (1 - high + low) / 2)
    return low - room, high + room


def heights_of(losses: Array, low: float, high: float) -> list[float | None]:
    """How high each loss stands; just outside where it is too small or too large, None where it is
    not finite."""
    with np.errstate(divide="ignore"):
        heights = (np.log10(losses.astype(float)) - low) / (high - low)
    return [
        round(float(height), 4) if math.isfinite(loss) else None
        for loss, height in zip(losses.tolist(), heights.clip(-0.1, 1.1), strict=True)
    ]


def marks_of(losses: Array) -> list[tuple[int, str]]:
    """Where a loss stops being finite: the first step of each way, and the way."""
    found: dict[str, int] = {}
    for step, loss in enumerate(losses.tolist()):
        if sign := glyph(loss):
            found.setdefault(sign, step)
    return [(step, sign) for sign, step in found.items()]


def walk_of(descent: ax.Descent, around: ax.LossMap) -> dict[str, Any]:
    """The path on the map; what is far off it only by its direction, None where it is not finite.
    And of each step whether it lies off the map."""
    sides = [
        (values.astype(float) - side.mean()) / ((side[-1] - side[0]) / 2)
        for values, side in zip(descent.path.T, (around.across, around.up), strict=True)
    ]
    places = np.stack(sides, axis=-1)
    with np.errstate(invalid="ignore"):
        far = np.abs(places).max(axis=-1, keepdims=True)
        near = places / np.maximum(far / _FARTHEST, 1.0)
    return {
        "path": [
            [round(float(at), 4) for at in place] if np.isfinite(place).all() else None
            for place in (near + 1) / 2
        ],
        "off": [not bool(size <= 1) for size in far[:, 0]],
    }


def grows(descent: ax.Descent) -> bool:
    """Whether the gradient comes to be so large that a scale for all steps would leave the first
    ones without colour."""
    return peak_of(descent.grads) > _GREW * peak_of(descent.grads[0])


def _matrix(name: str, frames: Array, whose: str, *, own: bool) -> dict[str, Any]:
    """One matrix at every stop, on one scale about zero, or on one of its own at each."""
    peaks = [peak_of(frame if own else frames) or 1.0 for frame in frames]
    built = build_matrix(name, frames[0])
    return built | {
        "shape": f"{built['shape']} · {whose}",
        "tone": name.partition(".")[0],
        "peaks": peaks,
        "frames": [pack(frame)["values"] for frame in frames],
    }


def _said(loss: float) -> str:
    return glyph(loss) or f"{loss:.4g}"
