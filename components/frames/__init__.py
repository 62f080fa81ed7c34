"""Matrices over time. They play in the browser, without a round trip."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograd_explorer.records import Array
from components.assets import register
from components.matrix import build_matrix, pack, peak_of
from components.part import part
from texts import Say

_mount = register("frames")

MOST = 12


@part()
def show_frames(matrices: Mapping[str, Array], say: Say, key: str) -> None:
    """Matrices (steps, rows, columns) side by side, with a slider for the step."""
    labels = {name: say(name) for name in ("play", "stop_playing", "step")}
    _mount(key, build_frames(matrices) | {"labels": labels})


def build_frames(matrices: Mapping[str, Array]) -> dict[str, Any]:
    """At most twelve steps, the first and the last among them; each matrix on a scale of its own
    about zero, the same for all steps."""
    steps = min(len(frames) for frames in matrices.values())
    chosen = np.unique(np.linspace(0, steps - 1, min(MOST, steps)).astype(int))
    return {
        "steps": [int(step) for step in chosen],
        "matrices": [
            # The scale is that of all steps; of each step only the values travel.
            build_matrix(name, frames[0])
            | {
                "tone": name.partition(".")[0],
                "peak": peak_of(frames) or 1.0,
                "frames": [pack(frames[step])["values"] for step in chosen],
            }
            for name, frames in matrices.items()
        ],
    }
