"""A statement as it is kept while the program runs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from autograd_explorer.records import View

LIGHT = 1000  # bytes of an execution that assigns a number or two


class Draft(NamedTuple):
    """A Statement without the ids of its nodes, which are given when the run has ended."""

    number: int
    line: int
    end_line: int
    turn: int
    assigned: Mapping[str, View]
    printed: str
    backwards: Sequence[int]
    size: int


def is_kept(turn: int) -> bool:
    """Whether an execution of a line is kept that is not its last: the first hundred are, then
    every tenth, from a thousand on every hundredth and so on, to see how a loss falls."""
    return turn <= 100 or (turn % 10 == 0 and turn % 10 ** (len(str(turn - 1)) - 2) == 0)
