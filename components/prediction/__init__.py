"""Show the loss, large, and what it measures: the prediction σ(z) against y, output by output."""

from typing import Any

import numpy as np

from autograd_explorer.records import Array
from components.assets import register
from components.matrix import glyph
from components.part import part
from texts import Say

_mount = register("prediction")


@part()
def show_prediction(loss: Array, predicted: Array, wanted: Array, say: Say, key: str) -> None:
    """Draw one bar an output: σ(z) filled from 0, y as a mark."""
    _mount(key, build_prediction(loss, predicted, wanted, say))


def build_prediction(loss: Array, predicted: Array, wanted: Array, say: Say) -> dict[str, Any]:
    """The loss as printed, and (height of the bar, y, σ(z) as printed) for each output."""
    farthest = int(np.argmax(abs(predicted - wanted)))
    return {
        "loss": f"{float(loss):.4f}",
        "outputs": [
            [round(float(np.nan_to_num(p)), 4), float(y), glyph(float(p)) or f"{float(p):.4f}"]
            for p, y in zip(predicted, wanted, strict=True)
        ],
        "labels": {key: say(key) for key in ("predicted", "wanted", "output")},
        "meaning": say(
            "loss_meaning",
            output=farthest,
            predicted=f"{predicted[farthest]:.4f}",
            wanted=f"{wanted[farthest]:g}",
        )
        if len(wanted) > 1
        else say("loss_meaning_single", predicted=f"{predicted[0]:.4f}", wanted=f"{wanted[0]:g}"),
    }
