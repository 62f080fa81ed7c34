"""trace_backward: the recorded graph, with the real gradient on every edge.

Autograd keeps its graph in C++ nodes that Python can see: `grad_fn`, `next_functions`, the
`_saved_*` attributes, `_input_metadata`. We walk those, hang a hook on every node, and let
PyTorch run the one real backward pass.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal, Protocol

import torch
from torch import Tensor

from autograd_explorer.errors import NothingRecorded, NotScalar
from autograd_explorer.recording.modules import CallTable
from autograd_explorer.recording.node_tags import line_of_leaf, note_of
from autograd_explorer.recording.saved import saved_by
from autograd_explorer.recording.snapshot import array_of
from autograd_explorer.records import Array, BackwardGraph, Edge, Node, Shape, shape_of
from autograd_explorer.torch_internals import ages_of, has_hooks, name_of, output_shapes

_DEEP = 10_000
_NOWHERE = -1
_COPY, _HOLD, _LEAVE = range(3)

Gradients = tuple[Array | None, ...]
Tensors = tuple[Tensor | None, ...]


class Watch(Protocol):
    """Counts the nodes, edges and bytes of a trace; raises if there are too many."""

    def check_nodes(self, count: int) -> None: ...

    def check_edges(self, count: int) -> None: ...

    def keep(self, count: int) -> None: ...


class _Unwatched:
    def check_nodes(self, count: int) -> None:
        pass

    def check_edges(self, count: int) -> None:
        pass

    def keep(self, count: int) -> None:
        pass


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
    read_saved False where reading a saved tensor would run an unpack hook of the program;
               "without hooks" has each asked whether it would
    copy       what is kept of a tensor: all of its values, or less
    .nodes     with what is known of each: .classes their names, .notes on them, .saved, .received
               gradients
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
        read_saved: bool | Literal["without hooks"] = True,
        copy: Callable[[Tensor], Array] = array_of,
    ) -> None:
        self.root = root
        self._watch = watch = watch or _Unwatched()
        self.capturing = capturing
        self.nodes: list[Any] = [root]
        self.ids: dict[Any, int] = {root: 0}
        # The links of a node are those from _first[node] up to the next node's first. These are
        # flat lists of numbers, because with a tuple for each link Python's garbage collector would
        # have many more objects to visit.
        self._first: list[int] = []
        self._targets: list[int] = []
        self._numbers: list[int] = []
        for node in self.nodes:  # grows while we walk it: a queue, not a recursion
            watch.check_nodes(len(self.nodes))
            watch.check_edges(len(self._targets))
            self._first.append(len(self._targets))
            for target, input_nr in node.next_functions:
                if target is not None and target not in self.ids:
                    self.ids[target] = len(self.nodes)
                    self.nodes.append(target)
                self._targets.append(_NOWHERE if target is None else self.ids[target])
                self._numbers.append(input_nr)
        if len(self.nodes) > _DEEP:
            # Once Python has seen a chain of some 50,000 nodes, freeing it node by node from the
            # root overflows the C stack (torch 2.13). A list that the root owns, and that is
            # emptied from the root's end, holds each node until its user is gone.
            root.metadata[__name__] = self.nodes[:0:-1]
        self.names = names
        self._lines = lines
        self.classes = [name_of(node) for node in self.nodes]
        self.notes = [note_of(node) for node in self.nodes]
        self._copy = copy
        self.saved = [
            saved_by(node, watch.keep, copy, read_saved is True) if read_saved else ()
            for node in self.nodes
        ]
        self._kept = {name: tensor.grad for name, tensor in names.items() if tensor.retains_grad}
        self.received: list[Gradients | None] = [None] * len(self.nodes)
        self._order: list[int] = []
        # Most nodes are reached by one edge, and the gradient on that edge is the one that arrives,
        # so one copy serves both. _only[node] is that edge; _apart has the gradients of all others.
        self._only = self._only_edges()
        self._apart: dict[int, Array] = {}

    def _only_edges(self) -> list[int | None]:
        """For each node the only link that leads to it, if there is just one."""
        only: list[int | None] = [None] * len(self.nodes)
        seen = [False] * len(self.nodes)
        seen[0] = True  # no edge brings the gradient that the root starts with
        for k, target in enumerate(self._targets):
            if target != _NOWHERE:
                only[target] = None if seen[target] else k
                seen[target] = True
        return only

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note what every node receives and sends while the block runs a backward."""
        note = self._note_taker()
        handles = [node.register_hook(partial(note, i)) for i, node in enumerate(self.nodes)]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    def _note_taker(self) -> Callable[[int, Tensors, Tensors], None]:
        order, received_by, apart = self._order, self.received, self._apart
        spend, copy = self._watch.keep, self._copy
        first, only, keep = self._first, self._only, self._ways_to_keep()
        on_the_way: dict[int | None, Tensor] = {}  # link → the gradient sent on it

        def note(position: int, sent: Tensors, received: Tensors) -> None:
            order.append(position)
            arrays: list[Array | None] = []
            size = 0
            expected = on_the_way.pop(only[position], None)
            for tensor in received:
                if tensor is None:
                    arrays.append(None)
                    continue
                array = copy(tensor)
                arrays.append(array)
                size += array.nbytes
                if tensor is expected:
                    expected = None
            received_by[position] = tuple(arrays)
            spend(size)
            if expected is not None:  # a hook on a tensor has replaced the gradient that was sent
                apart[only[position]] = copy(expected)  # type: ignore[index]
            link = first[position]
            for tensor in sent:
                if tensor is not None:
                    if keep[link] == _HOLD:
                        on_the_way[link] = tensor
                    elif keep[link] == _COPY:
                        # Copied now, as the engine may add other gradients into this tensor.
                        apart[link] = copy(tensor)
                link += 1

        return note

    def _ways_to_keep(self) -> list[int]:
        """For each link, what to do with a gradient that is sent on it: hold, copy or leave it.

        A gradient that is sent to a leaf is not held, because a second reference to it makes
        AccumulateGrad clone it. It is also what the leaf receives, unless the leaf has hooks, in
        which case it is copied.
        """
        ways = []
        for k, target in enumerate(self._targets):
            if target == _NOWHERE:
                ways.append(_LEAVE)
            elif self.capturing or self._only[target] != k:
                ways.append(_COPY)
            elif self.classes[target] != "AccumulateGrad":
                ways.append(_HOLD)
            else:
                ways.append(_COPY if has_hooks(self.nodes[target].variable) else _LEAVE)
        return ways

    def view(self) -> BackwardGraph:
        """Everything seen so far, as plain data."""
        made_by = self._names_of_results()
        table = CallTable()
        nodes: list[Node] = []
        new = tuple.__new__  # what Node(…) calls, by way of a function
        known = zip(self.nodes, self.classes, self.notes, self.received, self.saved, strict=True)
        for i, (node, name, note, received, saved) in enumerate(known):
            leaf = node.variable if name == "AccumulateGrad" else None
            tensor = made_by.get(node if leaf is None else id(leaf))
            shapes = _shapes_of(node, received)
            line = self._lines.get(node) if self._lines else None
            module, call = "", -1
            if note is not None:
                tensor = tensor or note.name
                if line is None:
                    line = (leaf is not None and line_of_leaf(leaf)) or note.line
                if note.call is not None:
                    module, call = note.call.path, table.number(note.call)
            kind = "operation" if leaf is None else "leaf"
            upstream = received or (None,) * len(shapes)
            fields = i, name, kind, tensor, line, shapes, saved, upstream, module, "", call
            nodes.append(new(Node, fields))
        return BackwardGraph(
            tuple(nodes),
            tuple(self._edges(nodes)),
            tuple(self._order),
            self.capturing,
            tuple(self._filled(nodes)),
            calls=tuple(table.calls),
            ages=ages_of(self.nodes),
        )

    def _filled(self, nodes: list[Node]) -> Iterator[str]:
        """The names of leaves whose AccumulateGrad ran, and of tensors with a new retained
        .grad."""
        for node in nodes:
            if node.kind == "leaf" and not self.capturing and node.upstream[0] is not None:
                yield (node.tensor or "").partition(",")[0]
        for name, before in self._kept.items():
            if self.names[name].grad is not before:
                yield name

    def leaves(self) -> Iterator[tuple[int, Tensor]]:
        """The leaves that are added into, each with its node's number."""
        for i, name in enumerate(self.classes):
            if name == "AccumulateGrad":
                yield i, self.nodes[i].variable

    def links(self) -> Iterator[tuple[int, int]]:
        """From which node to which an edge leads."""
        ends = [*self._first[1:], len(self._targets)]
        for source, (begin, end) in enumerate(zip(self._first, ends, strict=True)):
            for target in self._targets[begin:end]:
                if target != _NOWHERE:
                    yield source, target

    def _edges(self, nodes: list[Node]) -> Iterator[Edge]:
        ends = [*self._first[1:], len(self._targets)]
        new = tuple.__new__  # what Edge(…) calls, by way of a function
        for source, (begin, end) in enumerate(zip(self._first, ends, strict=True)):
            for k in range(begin, end):
                target, number = self._targets[k], self._numbers[k]
                gradient = self._apart.get(k)
                if target == _NOWHERE:
                    yield new(Edge, (source, k - begin, None, number, None))
                    continue
                if gradient is None and self._only[target] == k:
                    gradient = nodes[target].upstream[number]
                yield new(Edge, (source, k - begin, target, number, gradient))

    def _names_of_results(self) -> dict[Any, str]:
        """The names of tensors, by their grad_fn; those of leaves, by the id of the leaf."""
        found: dict[Any, list[str]] = {}
        for name, tensor in self.names.items():
            key = id(tensor) if tensor.grad_fn is None else tensor.grad_fn
            found.setdefault(key, []).append(name)
        return {key: ", ".join(several) for key, several in found.items()}


def _shapes_of(node: Any, received: Gradients | None) -> tuple[Shape, ...]:
    """Shapes of a node's forward outputs; an upstream gradient has its output's shape."""
    if received:
        if len(received) == 1 and received[0] is not None:
            return (shape_of(received[0]),)
        shapes = [shape_of(gradient) for gradient in received if gradient is not None]
        if len(shapes) == len(received):
            return tuple(shapes)
    return output_shapes(node)
