"""Notes on recorded nodes: which line of the program made them, and the like.

Every node of PyTorch's graph has a dictionary, `metadata`, for notes of its users. A note in it is
freed with its node, so it does not keep the graph alive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from autograd_explorer.recording.modules import Running

_NOTE = "autograd_explorer.note"


@dataclass(slots=True)
class Note:
    """.line and .statement that recorded the node; .depth, the number of operations in a row that
    lead to it; .name, the variable that its result was assigned to; .ran, the number of the last
    backward pass that went through it, and .place, its id there; .used, called when an operation
    takes its result; .call, of the module that was running."""

    line: int
    statement: int
    depth: int
    name: str | None = None
    ran: int | None = None
    place: int = 0
    used: Callable[[], None] | None = None
    call: Running | None = None


def note_of(node: Any) -> Note | None:
    found: Note | None = node.metadata.get(_NOTE)
    return found


def put_note(node: Any, note: Note) -> None:
    node.metadata[_NOTE] = note


def note_new(
    node: Any,
    line: int,
    statement: int,
    check: Callable[[int], None],
    call: Running | None = None,
) -> None:
    """Note a node that has none yet, and whatever it leads to that has none either. `check` is told
    of each depth."""
    depth = 1
    for other, _ in node.next_functions:  # nearly always, all of these have a note
        if other is not None:
            note = note_of(other)
            if note is None:
                note_all(node, line, statement, check, call)
                return
            if note.depth >= depth:
                depth = note.depth + 1
            if note.used is not None:
                note.used()
    check(depth)
    put_note(node, Note(line, statement, depth, call=call))


def note_all(
    root: Any,
    line: int,
    statement: int,
    check: Callable[[int], None],
    call: Running | None = None,
) -> None:
    """Note every node that this one leads to and that has no note yet, the deepest first. `check`
    is told of each depth."""
    stack = [root]
    while stack:
        node = stack[-1]
        if note_of(node) is not None:
            stack.pop()
            continue
        notes = [note_of(other) for other, _ in node.next_functions if other is not None]
        if None in notes:
            stack += [
                other
                for other, _ in node.next_functions
                if other is not None and note_of(other) is None
            ]
            continue
        depth = 1 + max((note.depth for note in notes if note is not None), default=0)
        check(depth)
        put_note(node, Note(line, statement, depth, call=call))
        for note in notes:
            if note is not None and note.used is not None:
                note.used()
        stack.pop()


def line_of_leaf(tensor: Tensor) -> int | None:
    """The line that made a tensor without a node."""
    return getattr(tensor, "_made_on_line", None)


def note_leaf(tensor: Tensor, line: int) -> None:
    if tensor.requires_grad and line_of_leaf(tensor) is None:
        tensor._made_on_line = line  # type: ignore[attr-defined]
