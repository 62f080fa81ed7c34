"""Notes on tensors themselves: what the graph does not tell of them. They die with the tensor."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from torch import Tensor

from autograd_explorer.recording.parts import PLAIN

Cuts = frozenset[int]
NO_CUTS: Cuts = frozenset()


@dataclass(slots=True, eq=False)
class Mark:
    """.line and .statement that made a tensor without a history; .used, the line that last used it
    while it required no gradient; .cuts behind it; .leaf, its number if it is a leaf, which holds
    for the tensor with the id .owner only; .empty, the version at which nothing had been put into
    its memory yet."""

    line: int = 0
    statement: int = 0
    used: int = 0
    cuts: Cuts = NO_CUTS
    leaf: int = -1
    owner: int = 0
    empty: int = -1


def mark_of(tensor: Tensor) -> Mark | None:
    found: Mark | None = getattr(tensor, "_autograd_explorer_mark", None)
    return found


def marked(tensor: Tensor) -> Mark:
    found: Any = getattr(tensor, "_autograd_explorer_mark", None)
    if found is None:
        found = tensor._autograd_explorer_mark = Mark()  # type: ignore[attr-defined]
    return found  # type: ignore[no-any-return]


class Cut:
    """A place where a value lost the history of what it was made from."""

    __slots__ = ("at", "cause", "leaves", "line", "operation", "statement")

    def __init__(
        self, cause: str, line: int, at: int, operation: str, leaves: Cuts, statement: int
    ) -> None:
        self.cause, self.line, self.at, self.operation = cause, line, at, operation
        self.leaves, self.statement = leaves, statement


class Reader(Protocol):
    """.line that is being executed."""

    @property
    def line(self) -> int: ...


def note_used(values: Iterable[Any], reader: Reader) -> None:
    """Tensors without a history were used; the line is asked only where there is one."""
    for value in values:
        if value.__class__ in PLAIN and not value.requires_grad:
            marked(value).used = reader.line


def note_made(tensor: Tensor, line: int, statement: Callable[[], int]) -> None:
    """A tensor without a history was made."""
    mark = marked(tensor)
    if not mark.line:
        mark.line, mark.statement = line, statement()
