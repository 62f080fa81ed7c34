"""A graph that is kept, and which statements recorded its nodes."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from autograd_explorer.recording.settled import Settled
from autograd_explorer.recording.trace import RecordedGraph
from autograd_explorer.records import BackwardGraph


class Pass:
    """.graph, made when it is asked for first; the numbers of the statements that recorded its
    nodes (0 where that is not known), the .size in bytes of what a backward left in it, and of the
    .root its name and line."""

    def __init__(self, settled: Settled, owners: tuple[int, ...], size: int = 0) -> None:
        self._settled = settled
        self.root = settled.tensors[0], settled.lines[0]
        self.owners, self.size = owners, size

    @cached_property
    def graph(self) -> BackwardGraph:
        settled: Settled = self.__dict__.pop("_settled")
        return settled.view()

    def placed(self, kept: Sequence[int], owners: Sequence[int] | None = None) -> BackwardGraph:
        """The graph with .recorded; kept are the numbers of the statements that were kept, and
        owners, where given, stand for its own."""
        last, owners = len(kept) - 1, self.owners if owners is None else owners
        if not kept:
            return replace(self.graph, recorded=())
        at = {owner: min(bisect_left(kept, owner), last) for owner in set(owners)}
        return replace(self.graph, recorded=tuple([at[owner] for owner in owners]))


def pass_of(traced: RecordedGraph, size: int = 0) -> Pass:
    owners = tuple([0 if note is None else note.statement for note in traced.notes])
    return Pass(traced.settle(), owners, size)
