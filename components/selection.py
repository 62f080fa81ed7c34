"""What a reader can choose of a page, as drawings report it and as the address spells it."""

import re
from dataclasses import dataclass

_FORMS = {
    "node": r"node-(\d{1,6})",
    "edge": r"edge-(\d{1,6})-(\d{1,4})",
    "line": r"line-(\d{1,5})",
    "cell": r"cell-([wb](?=\.grad)|[wbx](?=-))(?:\.grad)?-(\d{1,2})-(\d{1,2})",
}
EXAMPLES = "node-0, edge-0-0, line-1, cell-w.grad-0-0"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader has chosen.

    .kind     "node", "edge", "line" or "cell"
    .numbers  the node's id; the edge's source and slot; the line; the cell's row and column
    .name     the tensor that holds the cell, or whose gradient does: "w", "b" or "x"
    .text     as the address spells it
    """

    kind: str
    numbers: tuple[int, ...]
    name: str
    text: str


def selection_from(text: str) -> Selection | None:
    """What a text selects; whether that exists is for the page to see."""
    for kind, form in _FORMS.items():
        found = re.fullmatch(form, text, re.ASCII)
        if found is not None:
            parts = list(found.groups())
            name = parts.pop(0) if kind == "cell" else ""
            return Selection(kind, tuple(map(int, parts)), name, text)
    return None
