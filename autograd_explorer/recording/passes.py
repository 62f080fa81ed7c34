"""A graph that is kept, and which statements recorded its nodes."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograd_explorer.recording.trace import RecordedGraph
from autograd_explorer.records import BackwardGraph


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """.graph, the numbers of the statements that recorded its nodes (0 where that is not known),
    and the .size in bytes of what a backward left in it."""

    graph: BackwardGraph
    owners: tuple[int, ...]
    size: int

    def placed(self, kept: Sequence[int]) -> BackwardGraph:
        """The graph with .recorded; kept are the numbers of the statements that were kept."""
        last = len(kept) - 1
        at = [min(bisect_left(kept, owner), last) for owner in self.owners] if kept else []
        return replace(self.graph, recorded=tuple(at))


def pass_of(traced: RecordedGraph, size: int = 0) -> Pass:
    owners = tuple([0 if note is None else note.statement for note in traced.notes])
    return Pass(traced.view(), owners, size)
