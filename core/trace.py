"""trace_backward: the recorded graph, with the real gradient on every edge.

Autograd keeps its graph in C++ nodes that Python can see: `grad_fn`, `next_functions`, the
`_saved_*` attributes, `_input_metadata`. We walk those, hang a hook on every node, and let
PyTorch run the one real backward pass.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from typing import Any

import torch
from torch import Tensor

from core.errors import NothingRecorded, NotScalar
from core.views import Array, BackwardGraph, Edge, Node, Saved, Shape, array_of, name_of

_DEEP = 10_000

Gradients = tuple[Array | None, ...]


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
    graph = RecordedGraph(output.grad_fn, names or {}, lines or {})
    with graph.listening():
        torch.autograd.backward(output, gradient, retain_graph=retain_graph)
    return graph.view()


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

    Saved tensors are read here, before backward frees them.
    """

    def __init__(self, root: Any, names: Mapping[str, Tensor], lines: Mapping[Any, int]) -> None:
        self.root = root
        self.nodes: list[Any] = [root]
        self.ids: dict[Any, int] = {root: 0}
        self._links: list[tuple[int, int, int | None, int]] = []
        for source, node in enumerate(self.nodes):  # grows while we walk it: no recursion
            for slot, (target, input_nr) in enumerate(node.next_functions):
                if target is not None and target not in self.ids:
                    self.ids[target] = len(self.nodes)
                    self.nodes.append(target)
                place = None if target is None else self.ids[target]
                self._links.append((source, slot, place, input_nr))
        if len(self.nodes) > _DEEP:
            # Once Python has seen a chain of some 50,000 nodes, freeing it node by node from the
            # root overflows the C stack (torch 2.13). A list that the root owns, and that is
            # emptied from the root's end, holds each node until its user is gone.
            root.metadata[__name__] = self.nodes[:0:-1]
        self._names = names
        self._lines = lines
        self._saved = [_saved_by(node) for node in self.nodes]
        self._received: list[Gradients | None] = [None] * len(self.nodes)
        self._sent: list[Gradients] = [()] * len(self.nodes)
        self._order: list[int] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note what every node receives and sends while the block runs a backward."""
        note = self._note
        handles = [node.register_hook(partial(note, i)) for i, node in enumerate(self.nodes)]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    def _note(
        self,
        position: int,
        sent: tuple[Tensor | None, ...],
        received: tuple[Tensor | None, ...],
    ) -> None:
        self._order.append(position)
        # Copied at once: the engine may add into these very tensors afterwards.
        self._received[position] = _arrays(received)
        self._sent[position] = _arrays(sent)

    def view(self) -> BackwardGraph:
        """Everything seen so far, as plain data."""
        made_by = self._names_of_results()
        nodes = []
        for i, node in enumerate(self.nodes):
            name = name_of(node)
            variable = node.variable if name == "AccumulateGrad" else None
            shapes = _shapes_of(node)
            nodes.append(
                Node(
                    i,
                    name,
                    "operation" if variable is None else "leaf",
                    made_by.get(node if variable is None else id(variable)),
                    self._lines.get(node),
                    shapes,
                    self._saved[i],
                    self._received[i] or (None,) * len(shapes),
                )
            )
        edges = []
        for source, slot, target, input_nr in self._links:
            sent = self._sent[source]
            travelled = target is not None and slot < len(sent)
            edges.append(Edge(source, slot, target, input_nr, sent[slot] if travelled else None))
        return BackwardGraph(tuple(nodes), tuple(edges), tuple(self._order))

    def _names_of_results(self) -> dict[Any, str]:
        """Name by grad_fn for recorded tensors, by identity for leaves."""
        found: dict[Any, list[str]] = {}
        for name, tensor in self._names.items():
            key = id(tensor) if tensor.grad_fn is None else tensor.grad_fn
            found.setdefault(key, []).append(name)
        return {key: ", ".join(several) for key, several in found.items()}


def _arrays(tensors: tuple[Tensor | None, ...]) -> Gradients:
    return tuple([None if tensor is None else array_of(tensor) for tensor in tensors])


def _shapes_of(node: Any) -> tuple[Shape, ...]:
    return tuple([tuple(output.shape) for output in node._input_metadata])


@cache
def _saved_attributes(node_type: Any) -> tuple[tuple[str, str], ...]:
    """The `_saved_*` attributes of a node class, each with its name in derivatives.yaml.

    Listing a class's attributes costs more than everything else done for a node.
    """
    return tuple(
        (name, name.removeprefix("_saved_"))
        for name in dir(node_type)
        if name.startswith("_saved_")
    )


def _saved_by(node: Any) -> tuple[Saved, ...]:
    kept = []
    for attribute, label in _saved_attributes(node.__class__):
        try:
            value = getattr(node, attribute)
        except RuntimeError:  # freed by an earlier backward, or modified in place since
            kept.append(Saved(label, None, "", 0, False))
        else:
            kept.append(_saved(label, value))
    if isinstance(node, torch.autograd.function.BackwardCFunction):
        kept += _saved_by_custom_function(node)
    return tuple(kept)


def _saved_by_custom_function(node: Any) -> list[Saved]:
    try:
        tensors = node.saved_tensors
    except RuntimeError:
        return [Saved("saved_tensors", None, "", 0, False)]
    return [_saved(f"saved_tensors[{i}]", tensor) for i, tensor in enumerate(tensors)]


def _saved(label: str, value: object) -> Saved:
    if isinstance(value, Tensor):
        return Saved(label, array_of(value), "", value.nbytes, True)
    if isinstance(value, tuple) and any(isinstance(item, Tensor) for item in value):
        tensors = [item for item in value if isinstance(item, Tensor)]
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in tensors)
        return Saved(label, None, shapes, sum(tensor.nbytes for tensor in tensors), True)
    return _saved_plain(label, repr(value))


@lru_cache(maxsize=4096)
def _saved_plain(label: str, text: str) -> Saved:
    """Layers of one kind save the same numbers: one record serves them all."""
    return Saved(label, None, text, 0, True)
