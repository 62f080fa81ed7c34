"""Questions to a live graph."""

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor

from autograd_explorer.recording.marks import mark_of
from autograd_explorer.recording.node_tags import note_of


def node_of(tensor: Tensor) -> Any:
    """tensor.grad_fn, or None where PyTorch refuses to tell: of a view that was made under no_grad,
    once its base has been changed in place."""
    try:
        return tensor.grad_fn
    except RuntimeError:
        return None


def line_that_made(tensor: Tensor) -> int:
    """0 where that is not known."""
    node = node_of(tensor)
    if node is not None:
        note = note_of(node)
        return 0 if note is None else note.line
    mark = mark_of(tensor)
    return 0 if mark is None else mark.line


def lines_behind(root: Any) -> list[tuple[int, int]]:
    """Statement and line of each operation in a graph, in the order in which they ran."""
    notes = [note_of(node) for node in nodes_behind([root]) if not is_of_leaf(node)]
    return sorted((note.statement, note.line) for note in notes if note is not None)


def leads_to(roots: Iterable[Tensor], tensor: Tensor) -> bool:
    """Whether the node that made a tensor is in the graph of one of these."""
    starts = [node for node in map(node_of, roots) if node is not None]
    wanted = node_of(tensor)
    return any(node is wanted for node in nodes_behind(starts))


def is_leaf(tensor: Tensor) -> bool:
    """tensor.is_leaf, where PyTorch may refuse to tell, as above."""
    return node_of(tensor) is None


def is_of_leaf(node: Any) -> bool:
    """Whether a node adds into the .grad of a leaf."""
    name: str = node.__class__.__name__
    return name == "AccumulateGrad"


def nodes_behind(
    roots: Iterable[Any], check: Callable[[int], object] = lambda count: None
) -> list[Any]:
    """All nodes of the graphs behind some, and these. `check` is told how many there are so far."""
    nodes = list(dict.fromkeys(roots))
    seen = set(nodes)
    for node in nodes:  # grows while we walk it
        check(len(nodes))
        for other, _ in node.next_functions:
            if other is not None and other not in seen:
                seen.add(other)
                nodes.append(other)
    return nodes
