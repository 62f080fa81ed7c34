"""Cut a large graph to a window of layers that a person can look at."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass

from components.graph_view.layout import Layout

MOST_BOXES = 160


@dataclass(frozen=True, slots=True)
class Window:
    """Layers first..last of .depth, both counted from 0 and shown."""

    first: int
    last: int
    depth: int


def window_around(layout: Layout, lit: Set[int], layer: int | None) -> Window:
    """All layers while they are few; else those from `layer` on, or around the lit nodes."""
    depth = max(layout.layers) + 1
    if len(layout.layers) <= MOST_BOXES:
        return Window(0, depth - 1, depth)
    boxes = Counter(layout.layers)
    if layer is None:
        layer = min((layout.layers[i] for i in lit), default=0)
        layer -= 3 if lit else 0
    first = max(0, min(layer, depth - 1))
    last, shown = first, boxes[first]
    while last + 1 < depth and shown + boxes[last + 1] <= MOST_BOXES:
        last += 1
        shown += boxes[last]
    while first > 0 and shown + boxes[first - 1] <= MOST_BOXES:
        first -= 1
        shown += boxes[first]
    return Window(first, last, depth)
