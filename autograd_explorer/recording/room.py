"""How much a recorder may keep, as far as it asks."""

from typing import Protocol

from autograd_explorer.errors import LimitReached


class Room(Protocol):
    """How much a recorder may keep, and how far it may go. Its methods raise LimitReached."""

    kept_bytes: int
    stopped: LimitReached | None

    @property
    def most_kept(self) -> int: ...

    def keep(self, count: int) -> None: ...

    def count_kept(self, count: int) -> None: ...

    def check_time(self) -> None: ...

    def check_graph(self, depth: int) -> None: ...

    def check_nodes(self, count: int) -> None: ...

    def check_edges(self, count: int) -> None: ...


class Remaining:
    """The budget without its clock: what a stopped run did is still worth showing."""

    def __init__(self, budget: Room) -> None:
        self.check_nodes = budget.check_nodes
        self.check_edges = budget.check_edges
        self.keep = budget.count_kept
