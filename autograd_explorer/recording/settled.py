"""What a traced pass has left, before it becomes records.

Making a record of every node and edge costs as much again as tracing them, and of the many passes
of a training loop few are kept. So all that would be gone later is read at once, into flat lists,
and the records are made from those when somebody asks for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeVar

from autograd_explorer.recording.modules import CallTable, Running
from autograd_explorer.recording.saved import Drafts, Records
from autograd_explorer.records import Array, BackwardGraph, Edge, Node, Shape, shape_of
from autograd_explorer.torch_internals import ages_of, output_shapes

LEAF = "AccumulateGrad"
NOWHERE = -1
_NONE = type(None)

Gradients = tuple[Array | None, ...]
_Record = TypeVar("_Record", Node, Edge)


def spans_of(first: Sequence[int], targets: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Of each node, where its links begin and end."""
    return zip(first, [*first[1:], len(targets)], strict=True)


@dataclass(slots=True, eq=False)
class Settled:
    """A recorded graph and what travelled through it, without its nodes. What is listed for each
    node stands in the order of the nodes.

    .shapes   of a node's outputs, None where the gradients that it received tell them
    .first    the links of a node are those from its first up to the next node's first; for each
              link .targets has the node that it leads to, and .inputs which output of that node
    .only     for each node the only link that leads to it, if there is just one
    .apart    the gradients of links that are not what the node at their end received
    .numbers  by which the engine knows what was recorded later
    .filled   the names of tensors other than leaves whose .grad was filled
    """

    classes: list[str]
    tensors: list[str | None]
    lines: list[int | None]
    shapes: list[tuple[Shape, ...] | None]
    saved: Drafts | Records
    received: list[Gradients | None]
    calls: list[Running | None]
    numbers: list[int]
    first: list[int]
    targets: list[int]
    inputs: list[int]
    only: list[int | None]
    apart: dict[int, Array]
    order: tuple[int, ...]
    captured: bool
    filled: tuple[str, ...]

    @staticmethod
    def shapes_of(
        nodes: Iterable[Any], received: Iterable[Gradients | None]
    ) -> list[tuple[Shape, ...] | None]:
        """.shapes of some nodes."""
        return [
            None if arrived and _NONE not in map(type, arrived) else output_shapes(node)
            for node, arrived in zip(nodes, received, strict=True)
        ]

    def view(self) -> BackwardGraph:
        table = CallTable()
        received_by = self.received
        # A node without shapes has received all that it has outputs for.
        shapes = [
            tuple([shape_of(g) for g in received or () if g is not None])
            if known is None
            else known
            for known, received in zip(self.shapes, received_by, strict=True)
        ]
        rows = zip(
            range(len(self.classes)),
            self.classes,
            ["leaf" if name == LEAF else "operation" for name in self.classes],
            self.tensors,
            self.lines,
            shapes,
            map(self.saved.of, range(len(self.classes))),
            [r or (None,) * len(shape) for r, shape in zip(received_by, shapes, strict=True)],
            ["" if call is None else call.path for call in self.calls],
            repeat(""),
            [-1 if call is None else table.number(call) for call in self.calls],
        )
        return BackwardGraph(
            _records(Node, rows),
            self._edges(),
            self.order,
            self.captured,
            tuple(self._filled()),
            calls=tuple(table.calls),
            ages=ages_of(self.numbers),
        )

    def _filled(self) -> Iterator[str]:
        """The names of leaves whose AccumulateGrad ran, and of tensors with a new retained
        .grad."""
        for i, name in enumerate(self.classes):
            received = self.received[i]
            if name == LEAF and not self.captured and received and received[0] is not None:
                yield (self.tensors[i] or "").partition(",")[0]
        yield from self.filled

    def _edges(self) -> tuple[Edge, ...]:
        only, apart, received_by = self.only, self.apart, self.received
        sources: list[int] = []
        slots: list[int] = []
        for source, (begin, end) in enumerate(spans_of(self.first, self.targets)):
            sources += [source] * (end - begin)
            slots += range(end - begin)
        targets = [None if target == NOWHERE else target for target in self.targets]
        gradients: list[Array | None] = []
        for k, (target, number) in enumerate(zip(targets, self.inputs, strict=True)):
            gradient = apart.get(k)
            if gradient is None and target is not None and only[target] == k:
                received = received_by[target]
                gradient = received[number] if received else None
            gradients.append(gradient)
        return _records(Edge, zip(sources, slots, targets, self.inputs, gradients, strict=True))


def _records(kind: type[_Record], rows: Iterable[tuple[Any, ...]]) -> tuple[_Record, ...]:
    """Named tuples of the rows. This is what kind(*row) calls, without a function of Python's for
    each."""
    return tuple(map(tuple.__new__, repeat(kind), rows))
