"""trace_backward: the recorded graph, with the real gradient on every edge.

Autograd keeps its graph in C++ nodes that Python can see: `grad_fn`, `next_functions`, the
`_saved_*` attributes, `_input_metadata`. We walk those, hang a hook on every node, and let
PyTorch run the one real backward pass.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, Protocol

import torch
from torch import Tensor

from autograd_explorer.errors import NothingRecorded, NotScalar
from autograd_explorer.recording.graph_walks import node_of
from autograd_explorer.recording.listening import COPY, FOLLOW, HOLD, LEAVE, Plan, Plans, plan_of
from autograd_explorer.recording.node_tags import line_of_leaf, notes_of
from autograd_explorer.recording.saved import saved_by_all
from autograd_explorer.recording.settled import LEAF, NOWHERE, Gradients, Settled, spans_of
from autograd_explorer.recording.snapshot import array_of
from autograd_explorer.recording.summaries import Copier
from autograd_explorer.records import Array, BackwardGraph
from autograd_explorer.torch_internals import has_hooks, names_of, numbers_of

_DEEP = 10_000
_CHECKED = 64  # nodes, after which their number is checked

Tensors = tuple[Tensor | None, ...]


class Watch(Protocol):
    """Counts the nodes, edges and bytes of a trace; raises if there are too many."""

    def check_nodes(self, count: int) -> None: ...

    def check_edges(self, count: int) -> None: ...

    def keep(self, count: int) -> None: ...


class _Unwatched:
    def check_nodes(self, count: int) -> None:
        pass

    check_edges = keep = check_nodes


def trace_backward(
    output: Tensor,
    *,
    gradient: Tensor | None = None,
    names: Mapping[str, Tensor] | None = None,
    lines: Mapping[Any, int] | None = None,
    retain_graph: bool = False,
) -> BackwardGraph:
    """Run backward from a tensor and keep what every node received and sent.

    This is a real backward: leaves get their .grad, saved tensors are freed.

    Shapes:  gradient like output; may be left out when output has one element
    names:   variables to recognise; lines: grad_fn → line that recorded it
    Raises:  NothingRecorded, when output has no grad_fn
             NotScalar, when output has several elements and gradient is None
             whatever PyTorch raises; the hooks are gone by then
    """
    if output.grad_fn is None:
        raise NothingRecorded("output has no grad_fn")
    if gradient is None and output.numel() != 1:
        raise NotScalar(tuple(output.shape))
    with uncollected():
        graph = RecordedGraph(output.grad_fn, names or {}, lines or {})
        with graph.listening():
            torch.autograd.backward(output, gradient, retain_graph=retain_graph)
        return graph.view()


@contextmanager
def uncollected() -> Iterator[None]:
    """The block makes thousands of records, none of which is garbage: Python's collector does not
    walk over them again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def record_graph(
    output: Tensor,
    *,
    names: Mapping[str, Tensor] | None = None,
    lines: Mapping[Any, int] | None = None,
) -> BackwardGraph:
    """The graph behind a tensor as it stands, without running backward.

    Raises:  NothingRecorded, when output has no grad_fn
    """
    if output.grad_fn is None:
        raise NothingRecorded("output has no grad_fn")
    return RecordedGraph(output.grad_fn, names or {}, lines or {}).view()


class RecordedGraph:
    """The live nodes behind one grad_fn, in breadth-first order.

    Saved tensors are read here, before backward frees them. The line of a node that is not in
    `lines` is read from its note.

    capturing  True for torch.autograd.grad. It returns the gradients that are sent to a leaf, and
               AccumulateGrad does not run; so they are kept when they are sent
    everywhere True where the pass goes to every leaf, and `inputs` of backward() does not say to
               which it goes
    unaltered  True where no hook of somebody else's replaces a gradient; may still be set later
    read_saved False where reading a saved tensor would run an unpack hook of the program
    copy       what is kept of a tensor: all of its values, or less
    copier     where given, it copies, in place of `copy`; records of what is saved are made later,
               no bytes are counted, and no unpack hook is called
    plans      what is known of the passes before
    .nodes     with what is known of each: .classes their names, .numbers as numbers_of() has them,
               .notes on them, .saved, .received gradients
    .hooked    the leaves' nodes on which the program has put hooks itself, as far as it is known
    .names     the tensors that a variable leads to
    """

    def __init__(
        self,
        root: Any,
        names: Mapping[str, Tensor],
        lines: Mapping[Any, int],
        *,
        watch: Watch | None = None,
        capturing: bool = False,
        everywhere: bool = False,
        unaltered: bool = False,
        read_saved: bool = True,
        copy: Callable[[Tensor], Array] = array_of,
        copier: Copier | None = None,
        plans: Plans | None = None,
    ) -> None:
        self.root = root
        self._watch = watch = watch or _Unwatched()
        self.capturing, self._everywhere, self.unaltered = capturing, everywhere, unaltered
        self.nodes: list[Any] = [root]
        self.ids: dict[Any, int] = {root: 0}
        # The links of a node are those from _first[node] up to the next node's first. These are
        # flat lists of numbers, because with a tuple for each link Python's garbage collector would
        # have many more objects to visit.
        self._first: list[int] = []
        self._targets: list[int] = []
        self._numbers: list[int] = []
        # Most nodes are reached by one edge, whose gradient is the one that arrives, so one copy
        # serves both. _only[node] is that edge, if any; _apart has the gradients of all others.
        self._only: list[int | None] = [None]
        self._apart: dict[int, Array] = {}
        nodes, ids, first, only = self.nodes, self.ids, self._first, self._only
        targets, numbers = self._targets, self._numbers
        for node in nodes:  # grows while we walk it: a queue, not a recursion
            if not len(first) % _CHECKED:
                watch.check_nodes(len(nodes))
                watch.check_edges(len(targets))
            first.append(len(targets))
            for target, input_nr in node.next_functions:
                if target is None:
                    position = NOWHERE
                elif (position := ids.get(target, NOWHERE)) == NOWHERE:
                    position = ids[target] = len(nodes)
                    nodes.append(target)
                    only.append(len(targets))
                else:
                    only[position] = None
                targets.append(position)
                numbers.append(input_nr)
        watch.check_nodes(len(nodes))
        watch.check_edges(len(targets))
        if len(self.nodes) > _DEEP:
            # Once Python has seen a chain of some 50,000 nodes, freeing it node by node from the
            # root overflows the C stack (torch 2.13). A list that the root owns, and that is
            # emptied from the root's end, holds each node until its user is gone.
            root.metadata[__name__] = self.nodes[:0:-1]
        self.names = names
        self._lines = lines
        self.classes, self.numbers = names_of(nodes), numbers_of(nodes)
        self.notes = notes_of(nodes)
        self._leaves = [
            (i, nodes[i].variable) for i, name in enumerate(self.classes) if name == LEAF
        ]
        self.hooked: set[int] = set()
        self._plans = plans
        self._copy, self._copier = copier or copy, copier
        self.saved = saved_by_all(nodes, watch.keep, self._copy, copier, read_saved)
        self._kept = {name: tensor.grad for name, tensor in names.items() if tensor.retains_grad}
        self.received: list[Gradients | None] = [None] * len(self.nodes)
        self._order: list[int] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note what every node receives and sends while the block runs a backward."""
        if self._everywhere and self.unaltered:
            find = plan_of if self._plans is None else self._plans.plan_of
            graph = (self.nodes, self._first, self._targets, self._only, self._leaves)
            plan = find(*graph, self.numbers)
            if plan is not None:
                with self._following(plan):
                    yield
                return
        keep = self._ways_to_keep()
        followed = {t for t, way in zip(self._targets, keep, strict=True) if way == FOLLOW}
        note = self._note_taker(keep)
        handles = [
            node.register_hook(partial(note, i))
            for i, node in enumerate(self.nodes)
            if i not in followed
        ]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    @contextmanager
    def _following(self, plan: Plan) -> Iterator[None]:
        copier, nodes, received = self._copier, self.nodes, self.received
        keep = self._counted if copier is None else copier.hold
        note = self._note_by_plan(plan, keep)
        handles = [nodes[i].register_hook(partial(note, i)) for i in plan.heard]
        try:
            yield
            for i, leaf in plan.read:
                received[i] = (keep(leaf.grad),)
            self._order[:] = plan.order
        finally:
            for handle in handles:
                handle.remove()
            if copier is not None:
                arrived = [i for i, gradients in enumerate(received) if gradients]
                copies = iter(copier.all([g for i in arrived for g in received[i] or ()]))
                for i in arrived:
                    received[i] = tuple(islice(copies, len(received[i] or ())))

    def _counted(self, gradient: Tensor | None) -> Array | None:
        """A copy, whose bytes are counted."""
        if gradient is None:
            return None
        array = self._copy(gradient)
        self._watch.keep(array.nbytes)
        return array

    def _note_by_plan(self, plan: Plan, keep: Any) -> Callable[[int, Tensors, Tensors], None]:
        order, received_by, apart = self._order, self.received, self._apart
        copy, first, targets = self._copy, self._first, self._targets
        told, ways = plan.told, plan.ways

        def note(position: int, sent: Tensors, received: Tensors) -> None:
            order.append(position)
            if not told[position]:
                received_by[position] = tuple([keep(tensor) for tensor in received])
            arrived, arrays = received[0], received_by[position]
            for link, tensor in enumerate(sent, first[position]):
                way = ways[link]
                if way == FOLLOW:
                    if arrays is not None and tensor is arrived:  # as an addition does
                        received_by[targets[link]] = arrays[:1]
                    else:
                        received_by[targets[link]] = (keep(tensor),)
                elif way == COPY and tensor is not None:
                    apart[link] = copy(tensor)

        return note

    def _note_taker(self, keep: list[int]) -> Callable[[int, Tensors, Tensors], None]:
        order, received_by, apart = self._order, self.received, self._apart
        counted, copy, targets = self._counted, self._copy, self._targets
        first, only = self._first, self._only
        on_the_way: dict[int | None, Tensor] = {}  # link → the gradient sent on it

        def note(position: int, sent: Tensors, received: Tensors) -> None:
            order.append(position)
            expected = on_the_way.pop(only[position], None)
            arrays: list[Array | None] = []
            for tensor in received:
                arrays.append(counted(tensor))
                if tensor is expected:
                    expected = None
            received_by[position] = tuple(arrays)
            if expected is not None:  # a hook on a tensor has replaced the gradient that was sent
                apart[only[position]] = copy(expected)  # type: ignore[index]
            link = first[position]
            for tensor in sent:
                way = keep[link]
                if way == FOLLOW:
                    leaf = targets[link]
                    order.append(leaf)
                    received_by[leaf] = (counted(tensor),)
                elif tensor is not None:
                    if way == HOLD:
                        on_the_way[link] = tensor
                    elif way == COPY:
                        # Copied now, as the engine may add other gradients into this tensor.
                        apart[link] = copy(tensor)
                link += 1

        return note

    def _ways_to_keep(self) -> list[int]:
        """For each link, what to do with a gradient that is sent on it: hold, copy or leave it, or
        follow it to a leaf.

        A gradient that is sent to a leaf is not held, because a second reference to it makes
        AccumulateGrad clone it. It is also what the leaf receives, unless the leaf has hooks, in
        which case it is copied. AccumulateGrad runs as soon as it can: if a node leads to one leaf
        alone, it does so directly after the node, and need not be listened to. Of a linear layer's
        five nodes that spares two their hooks.
        """
        targets, only, leaves = self._targets, self._only, dict(self._leaves)
        ways = []
        for begin, end in spans_of(self._first, targets):
            to_leaf = None  # the link to the only leaf; -1 where there are several
            for k in range(begin, end):
                target = targets[k]
                if target == NOWHERE:
                    ways.append(LEAVE)
                elif target not in leaves:
                    ways.append(COPY if self.capturing or only[target] != k else HOLD)
                else:
                    is_whole = only[target] == k and target not in self.hooked
                    is_whole = is_whole and not has_hooks(leaves[target])
                    ways.append(COPY if self.capturing or not is_whole else LEAVE)
                    to_leaf = k if to_leaf is None else -1
            if self._everywhere and to_leaf not in (None, -1) and ways[to_leaf] == LEAVE:
                ways[to_leaf] = FOLLOW
        return ways

    def view(self) -> BackwardGraph:
        """Everything seen so far, as plain data."""
        return self.settle().view()

    def settle(self) -> Settled:
        """Everything seen so far, without the nodes."""
        made_by = self._names_of_results()
        notes, received = self.notes, self.received
        tensors = [None if note is None else note.name for note in notes]
        lines = [None if note is None else note.line for note in notes]
        for key, name in made_by.items():
            position = self.ids.get(key)
            if position is not None:
                tensors[position] = name
        for i, leaf in self.leaves():
            tensors[i] = made_by.get(id(leaf)) or tensors[i]
            if lines[i] is not None:
                lines[i] = line_of_leaf(leaf) or lines[i]
        for node, line in self._lines.items():
            if node in self.ids:
                lines[self.ids[node]] = line
        return Settled(
            self.classes,
            tensors,
            lines,
            Settled.shapes_of(self.nodes, received),
            self.saved,
            list(received),
            [None if note is None else note.call for note in notes],
            self.numbers,
            self._first,
            self._targets,
            self._numbers,
            self._only,
            dict(self._apart),
            tuple(self._order),
            self.capturing,
            tuple([name for name, old in self._kept.items() if self.names[name].grad is not old]),
        )

    def leaves(self) -> Iterable[tuple[int, Tensor]]:
        """The leaves that are added into, each with its node's number."""
        return self._leaves

    def links(self) -> Iterator[tuple[int, int]]:
        """From which node to which an edge leads."""
        for source, (begin, end) in enumerate(spans_of(self._first, self._targets)):
            for target in self._targets[begin:end]:
                if target != NOWHERE:
                    yield source, target

    def _names_of_results(self) -> dict[Any, str]:
        """The names of tensors, by their grad_fn; those of leaves, by the id of the leaf."""
        found: dict[Any, str] = {}
        for name, tensor in self.names.items():
            node = node_of(tensor)
            key = id(tensor) if node is None else node
            found[key] = f"{found[key]}, {name}" if key in found else name
        return found
