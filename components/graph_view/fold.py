"""Chains of nodes that only re-arrange numbers, each drawn as one box until a reader opens it."""

import math
import re
from collections.abc import Sequence

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array
from components.graph_view.layout import Link

MOST_UNFOLDED = 12  # boxes; a graph that has no more is drawn as it is
# Which of these really only re-arranged is seen from the numbers: a hook may change a gradient
# on its way, and expand sums unless the shapes hold equally many numbers.
_RESHAPES = {
    "View", "UnsafeView", "ReshapeAlias", "Transpose", "T", "Permute", "Expand", "Clone",
    "Squeeze", "Unsqueeze", "Alias",
}  # fmt: skip
_MOST_SORTED = 65_536  # numbers; larger gradients have to be equal in order as well


def chains(
    nodes: Sequence[ax.Node], links: Sequence[Link], edges: Sequence[ax.Edge]
) -> list[list[int]]:
    """The chains of at least two nodes that fold, each from the root's side on.

    nodes  which are the first boxes
    links  between boxes, and edges, what each of them stands for
    """
    entering: dict[int, list[int]] = {}
    leaving: dict[int, list[int]] = {}
    for k, (source, target) in enumerate(links):
        entering.setdefault(target, []).append(k)
        leaving.setdefault(source, []).append(k)

    def folds(box: int) -> bool:
        came, left = entering.get(box, []), leaving.get(box, [])
        if len(came) != 1 or len(left) != 1:
            return False
        behind = links[left[0]][1]
        return behind < len(nodes) and _only_rearranges(
            nodes[box], nodes[behind], edges[came[0]], edges[left[0]]
        )

    before = {box: links[entering[box][0]][0] for box in range(len(nodes)) if folds(box)}
    behind = {box: links[leaving[box][0]][1] for box in before}
    found = []
    for box in before:
        if before[box] in before:
            continue
        chain = [box]
        while behind[chain[-1]] in behind:
            chain.append(behind[chain[-1]])
        if len(chain) > 1:
            found.append(chain)
    return found


def _only_rearranges(node: ax.Node, behind: ax.Node, came: ax.Edge, left: ax.Edge) -> bool:
    if re.sub(r"Backward\d*$", "", node.name) not in _RESHAPES:
        return False
    if came.gradient is not None and left.gradient is not None:
        return _same_numbers(came.gradient, left.gradient)
    if came.gradient is not None or left.gradient is not None:
        return False
    shapes = node.shapes[came.input_nr], behind.shapes[left.input_nr]
    return math.prod(shapes[0]) == math.prod(shapes[1])


def _same_numbers(one: Array, two: Array) -> bool:
    if one.size != two.size or one.dtype != two.dtype:
        return False
    one, two = one.ravel(), two.ravel()
    if np.array_equal(one, two, equal_nan=True):
        return True
    return one.size <= _MOST_SORTED and np.array_equal(np.sort(one), np.sort(two), equal_nan=True)
