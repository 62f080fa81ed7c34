"""A statement as it is kept while the program runs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from autograd_explorer.records import View


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
