"""Ask for a Problem: dials that the page follows while they are dragged.

Streamlit's own slider reports on release only; here the browser's range input reports at most
every 50 ms, and once more, "settled", when it is let go.
"""

from collections.abc import Sequence
from dataclasses import asdict

import autograd_explorer as ax
from autograd_explorer.course.problem import DIMENSIONS, SEEDS, X_FILLS, Y_FILLS
from components import address
from components.assets import register
from texts import Say

SMALL_SEEDS = 99
PRESETS = {
    # Found by trying all 32-bit seeds for one that prints the article's digits.
    "article": ax.Problem(seed=2782469188),
    "tutorial": ax.Problem(seed=42),
}

# Lessons always record, unless recording is what they are about.
NO_SWITCH = ("recording", "presets")

_mount = register("dials")


def ask_problem(
    problem: ax.Problem, say: Say, *, hidden: Sequence[str] = (), folded: bool = False
) -> None:
    """Show the dials at a problem; a change reaches the address through write_dials.

    hidden  dials that would change nothing here, or for which a lesson has ways of its own
    folded  on a phone they stand behind a line, and leave the screen to what the page shows
    """
    unseen = {*hidden, *address.left_out()}
    if unseen >= {*address.ALL_CONTROLS} - {"choices"}:
        return
    _mount(
        address.WIDGET,
        **{address.MOVE: lambda _: None},  # read by current_problem and write_dials
        data={
            "values": asdict(problem),
            "hidden": sorted(unseen),
            "folded": folded,
            "ranges": {
                "n_in": [DIMENSIONS.start, DIMENSIONS.stop - 1],
                "n_out": [DIMENSIONS.start, DIMENSIONS.stop - 1],
                "seed": [SEEDS.start, SEEDS.stop - 1],
            },
            "small_seeds": SMALL_SEEDS,
            "fills": {
                "x": [[fill, say(f"x_{fill}")] for fill in X_FILLS],
                "y": [[fill, say(f"y_{fill}")] for fill in Y_FILLS],
            },
            "presets": [
                {
                    "label": say(f"preset_{name}"),
                    "note": say(f"preset_{name}_note"),
                    "values": asdict(preset),
                }
                for name, preset in PRESETS.items()
            ],
            "labels": {
                key: say(key)
                for key in (
                    "dials",
                    "n_in",
                    "n_out",
                    "n_in_long",
                    "n_out_long",
                    "seed",
                    "seed_type",
                    "seed_other",
                    "x",
                    "y",
                    "recording",
                    "recording_on",
                    "recording_off",
                    "presets",
                    "preset_none",
                )
            },
        },
    )
