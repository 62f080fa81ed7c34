"""The part of a run's budget that the recorder uses."""

from typing import Protocol

from autograd_explorer.errors import ProgramError, StopRun


class Room(Protocol):
    """How much a recorder may keep, and how large its graphs may be. Its methods raise
    LimitReached.

    .most_whole  elements of a tensor of which all values are kept; .has_large, whether there has
                 been a larger one
    """

    kept_bytes: int
    most_whole: int
    has_large: bool
    stopped: ProgramError | StopRun | None

    @property
    def most_kept(self) -> int: ...

    def keep(self, count: int) -> None: ...

    def count_kept(self, count: int) -> None: ...

    def check_time(self) -> None: ...

    def check_graph(self, depth: int) -> None: ...

    def check_nodes(self, count: int) -> None: ...

    def check_edges(self, count: int) -> None: ...


class Remaining:
    """A budget without time limit, for recording the last state of a run that was stopped."""

    def __init__(self, budget: Room) -> None:
        self.check_nodes = budget.check_nodes
        self.check_edges = budget.check_edges
        self.keep = budget.count_kept


class Witness(Protocol):
    """What is told at once where a program stands, for the case that its process ends there."""

    def at(self, line: int) -> None: ...

    def printed(self, text: str) -> None: ...

    def over(self) -> None: ...
