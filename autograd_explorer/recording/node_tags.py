"""Notes on recorded nodes: which line of the program made them, and the like.

Every node of PyTorch's graph has a dictionary, `metadata`, for notes of its users. A note in it is
freed with its node, so it does not keep the graph alive.
"""

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor

from autograd_explorer.recording.modules import Running

_NOTE = "autograd_explorer.note"


class Note:
    """.line and .statement that recorded the node; .depth, the number of operations in a row that
    lead to it, 0 where nobody asks for that; .name, the variable that its result was assigned to;
    .ran, the number of the last backward pass that went through it, and .place, its id there;
    .used, called when an operation takes its result; .call, of the module that was running."""

    # What few notes have stands here once: each operation makes several notes.
    name: str | None = None
    ran: int | None = None
    place = 0
    used: Callable[[], None] | None = None

    def __init__(self, line: int, statement: int, depth: int, call: Running | None) -> None:
        self.line, self.statement, self.depth, self.call = line, statement, depth, call


def note_of(node: Any) -> Note | None:
    found: Note | None = node.metadata.get(_NOTE)
    return found


def notes_of(nodes: Iterable[Any]) -> list[Note | None]:
    """note_of() of each."""
    return [node.metadata.get(_NOTE) for node in nodes]


def note_all_new(root: Any, line: int, statement: int, call: Running | None) -> None:
    """note_new() without depths, which takes each node once. The root has no note yet."""
    root.metadata[_NOTE] = Note(line, statement, 0, call)
    queue = [root]
    of_leaf: Note | None = None
    for node in queue:
        for other, _ in node.next_functions:
            if other is not None:
                metadata = other.metadata
                note = metadata.get(_NOTE)
                if note is not None:
                    if note.used is not None:
                        note.used()
                elif other.next_functions:
                    metadata[_NOTE] = Note(line, statement, 0, call)
                    queue.append(other)
                else:  # of a leaf; nothing is ever said of one alone
                    of_leaf = metadata[_NOTE] = of_leaf or Note(line, statement, 0, call)


def note_new(
    root: Any,
    line: int,
    statement: int,
    check: Callable[[int], None],
    call: Running | None = None,
) -> None:
    """Note a node that has no note yet, and whatever it leads to that has none either, the deepest
    first. `check` is told of each depth."""
    stack = [root]
    while stack:
        node = stack[-1]
        metadata = node.metadata
        if _NOTE in metadata:
            stack.pop()
            continue
        depth, waiting, told = 1, len(stack), None
        for other, _ in node.next_functions:
            if other is not None:
                beyond = other.metadata
                note = beyond.get(_NOTE)
                if note is None:
                    if other.next_functions:
                        stack.append(other)
                        continue
                    note = beyond[_NOTE] = Note(line, statement, 1, call=call)  # as of each leaf
                if note.depth >= depth:
                    depth = note.depth + 1
                if note.used is not None:
                    told = [*(told or ()), note.used]
        if len(stack) > waiting:
            continue
        check(depth)
        metadata[_NOTE] = Note(line, statement, depth, call)
        for used in told or ():
            used()
        stack.pop()


def line_of_leaf(tensor: Tensor) -> int | None:
    """The line that made a tensor without a node."""
    return getattr(tensor, "_autograd_explorer_line", None)


def note_leaf(tensor: Tensor, line: int) -> None:
    if tensor.requires_grad and line_of_leaf(tensor) is None:
        tensor._autograd_explorer_line = line  # type: ignore[attr-defined]
