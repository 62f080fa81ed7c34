"""What matplotlib makes of data, colours and format strings.

Nothing here is matplotlib's: it is not installed. Where a program gives what matplotlib would not
take, the error is the one that matplotlib or NumPy raises, in its words.
"""

import math
import re
from collections import deque
from typing import Any

import numpy as np

from autograd_explorer.figures import (
    DASHES,
    LONGEST,
    MARKERS,
    MOST_TICKS,
    PALETTES,
    Array,
)
from autograd_explorer.language.library.numpy_names import given_to
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import VIEWS

_CYCLE = (
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
    "#bcbd22", "#17becf",
)  # fmt: skip
_CYCLE_NAMES = "blue orange green red purple brown pink gray olive cyan".split()
_COLOURS = {
    **{f"tab:{name}": colour for name, colour in zip(_CYCLE_NAMES, _CYCLE, strict=True)},
    **{f"c{place}": colour for place, colour in enumerate(_CYCLE)},
    **{
        name: f"#{colour}"
        for name, colour in (
            pair.split("=")
            for pair in """
            b=0000ff g=008000 r=ff0000 c=00bfbf m=bf00bf y=bfbf00 k=000000 w=ffffff
            black=000000 blue=0000ff brown=a52a2a chocolate=d2691e coral=ff7f50 crimson=dc143c
            cyan=00ffff darkblue=00008b darkgreen=006400 darkorange=ff8c00 darkred=8b0000
            dodgerblue=1e90ff firebrick=b22222 forestgreen=228b22 fuchsia=ff00ff gold=ffd700
            gray=808080 green=008000 grey=808080 hotpink=ff69b4 indigo=4b0082 khaki=f0e68c
            lightblue=add8e6 lightgray=d3d3d3 lightgreen=90ee90 lightgrey=d3d3d3 lime=00ff00
            limegreen=32cd32 magenta=ff00ff maroon=800000 navy=000080 olive=808000 orange=ffa500
            orangered=ff4500 orchid=da70d6 pink=ffc0cb plum=dda0dd purple=800080 red=ff0000
            royalblue=4169e1 salmon=fa8072 seagreen=2e8b57 sienna=a0522d silver=c0c0c0
            skyblue=87ceeb slateblue=6a5acd steelblue=4682b4 tan=d2b48c teal=008080 tomato=ff6347
            turquoise=40e0d0 violet=ee82ee wheat=f5deb3 white=ffffff yellow=ffff00
            """.split()
        )
    },
}
_DASHES = {
    "-": "solid", "--": "dashed", "-.": "dashdot", ":": "dotted", "": "none", " ": "none",
    "None": "none",
}  # fmt: skip
_PALETTES = {
    "gray": "gray", "grey": "gray", "greys": "gray_r", "binary": "gray_r", "bwr": "coolwarm",
    "seismic": "coolwarm", "rdbu": "coolwarm_r", "rdbu_r": "coolwarm", "rainbow": "jet",
    "turbo": "jet", "afmhot": "hot",
}  # fmt: skip


class Categories:
    """Texts on an axis: the first stands at 0, the next at 1."""

    def __init__(self) -> None:
        self.names: dict[str, float] = {}

    def place(self, name: Any) -> float:
        text = str(name)[:LONGEST]
        if text not in self.names and len(self.names) >= MOST_TICKS:
            return math.nan
        return self.names.setdefault(text, float(len(self.names)))


def numbers(runtime: Runtime, value: Any, categories: Categories | None = None) -> Array:
    """Data as an array of numbers, of any shape."""
    if isinstance(value, (*VIEWS, deque)):
        value = runtime.walking.items(value)
    if categories is not None:
        if isinstance(value, str):
            return np.array(categories.place(value))
        if isinstance(value, (list, tuple)) and any(isinstance(part, str) for part in value):
            runtime.budget.weigh(value)
            return np.array([categories.place(part) for part in value])
    given = given_to(runtime, value)
    runtime.budget.check_elements(_count(given))
    runtime.budget.check_time()
    if isinstance(given, np.ndarray):
        return given.real if given.dtype.kind == "c" else given
    return np.asarray(given, dtype=float)


def _count(given: Any) -> int:
    if isinstance(given, list | tuple):
        return sum(map(_count, given))
    return given.size if isinstance(given, np.ndarray) else 1


def thinned(count: int, most: int) -> Any:
    """Which of so many points are kept."""
    return np.linspace(0, count - 1, most).astype(int) if count > most else slice(None)


def kept(values: Array, *places: Any) -> Array:
    """A copy of some of the values, which nobody can write to and which is the record's own."""
    copy = np.array(values[places] if places else values, dtype=float)
    copy.flags.writeable = False
    return copy


def finite(value: Any) -> float | None:
    """A number that an axis has a place for."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def colour_of(value: Any) -> str:
    """A colour as "#rrggbb"; "" for what is none that we know."""
    if isinstance(value, str):
        name = value.strip().lower()[:20]
        if name in _COLOURS:
            return _COLOURS[name]
        if re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?", name):
            return name[:7]
        if re.fullmatch(r"#[0-9a-f]{3}", name):
            return "#" + "".join(digit * 2 for digit in name[1:])
        grey = finite(name) if re.fullmatch(r"[0-9.]+", name) else None
        return _hex((grey,) * 3) if grey is not None else ""
    if isinstance(value, np.ndarray):
        value = value.ravel().tolist() if value.size in (3, 4) else ()
    if isinstance(value, tuple | list) and len(value) in (3, 4):
        parts = [finite(part) for part in value if isinstance(part, int | float | np.number)]
        return _hex(tuple(p for p in parts[:3] if p is not None))
    return ""


def _hex(parts: tuple[float, ...]) -> str:
    if len(parts) != 3 or not all(0 <= part <= 1 for part in parts):
        return ""
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def dash_of(value: Any) -> Any:
    if not isinstance(value, str):
        return ""
    found = _DASHES.get(value, value.lower())
    return found if found in DASHES else ""


def marker_of(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return value if value in MARKERS else "none" if value in ("", " ", "None", "none") else ""


def palette_of(value: Any) -> dict[str, Any]:
    """The fields of a Series for a colormap; for one that we do not have, viridis."""
    name = value.lower()[:20] if isinstance(value, str) else ""
    name = _PALETTES.get(name, _PALETTES.get(name.removesuffix("_r"), name.removesuffix("_r")) + (
        "_r" if name.endswith("_r") else ""
    ))  # fmt: skip
    known = name.removesuffix("_r")
    turned = name.count("_r") % 2 == 1
    return {"palette": known, "reversed": turned} if known in PALETTES else {}


def parts_of_format(text: str) -> dict[str, str]:
    """What a format string such as "r--o" says.

    Raises:  ValueError, in matplotlib's words
    """
    found: dict[str, str] = {}
    whole = colour_of(text)
    if whole and len(text) > 1 and not re.fullmatch(r"[0-9.]+", text):
        return {"colour": whole}
    rest = text
    while rest:
        dash = next((d for d in ("--", "-.", "-", ":") if rest.startswith(d)), "")
        cycle = re.match(r"C[0-9]", rest)
        if dash:
            name, value, length = "dash", _DASHES[dash], len(dash)
        elif cycle:
            name, value, length = "colour", colour_of(cycle[0]), 2
        elif rest[0] in "bgrcmykw":
            name, value, length = "colour", colour_of(rest[0]), 1
        elif rest[0] in MARKERS:
            name, value, length = "marker", rest[0], 1
        else:
            raise ValueError(
                f"{text[:40]!r} is not a valid format string (unrecognized character {rest[0]!r})"
            )
        if name in found:
            many = {"dash": "linestyle", "colour": "color", "marker": "marker"}[name]
            raise ValueError(f"{text[:40]!r} is not a valid format string (two {many} symbols)")
        found[name], rest = value, rest[length:]
    if "marker" in found and "dash" not in found:
        found["dash"] = "none"
    return found
