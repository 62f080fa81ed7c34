"""Notes on tensors themselves: what the graph does not tell of them. They die with the tensor."""

from dataclasses import dataclass
from typing import Any

from torch import Tensor

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
