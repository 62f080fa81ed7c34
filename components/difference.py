"""Two versions of a program side by side, with what was taken away and what was put there."""

from collections.abc import Iterable
from html import escape
from typing import Literal

Line = tuple[int, str] | None
Side = Literal["before", "after"]
_SIGNS = {"before": ("−", "del"), "after": ("+", "ins")}


def difference(rows: Iterable[tuple[Line, Line, bool]], before: str, after: str) -> str:
    """Whole lines, each with its number; a sign stands at what differs. On a narrow screen one
    version stands below the other.

    rows  of each row the line before, the line after, and whether they differ
    """
    listed = list(rows)
    left = _side("before", before, [(old, changed) for old, _, changed in listed])
    right = _side("after", after, [(new, changed) for _, new, changed in listed])
    return f'<div class="difference">{left}{right}</div>'


def _side(side: Side, caption: str, lines: Iterable[tuple[Line, bool]]) -> str:
    drawn = "".join(_line(side, line, changed) for line, changed in lines)
    return f"<figure><figcaption>{escape(caption)}</figcaption><ol>{drawn}</ol></figure>"


def _line(side: Side, line: Line, changed: bool) -> str:
    if line is None:
        return '<li class="gap" aria-hidden="true"></li>'
    number, text = line
    sign, tag = _SIGNS[side] if changed else ("", "span")
    return (
        f'<li class="{side if changed else "same"}"><span class="at">{number}</span>'
        f'<span class="sign" aria-hidden="true">{sign}</span>'
        f"<{tag}><code>{escape(text, quote=False) or ' '}</code></{tag}></li>"
    )
