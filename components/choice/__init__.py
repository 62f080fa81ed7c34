"""Ask for one of several, on a board: what Streamlit has for that fits on none."""

from collections.abc import Callable, Sequence
from typing import Any

from components.assets import register

_mount = register("choice")


def ask_choice(
    key: str,
    label: str,
    options: Sequence[tuple[int, str]],
    chosen: int,
    on_choose: Callable[[Any], object],
) -> None:
    """A list that opens, with the numbers of the options and their words; on_choose is told a
    number, or whatever else a browser sends."""
    _mount(key, {"label": label, "options": options, "chosen": chosen}, choose=on_choose)
