"""Frozen records of what a run did: the only things that cross core's edge.

Plain data throughout: numbers, strings, tuples, and read-only NumPy arrays that nobody else
holds. No record keeps a tensor, a graph or a device alive.

Records that a trace makes by the thousand are named tuples, which are made three times as fast
as frozen dataclasses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch._functorch.pyfunctorch import temporarily_clear_interpreter_stack

# Characters of a value that is not a tensor, in a view.
_DESCRIBED = 120
# Their repr is short and runs nobody's code.
_PLAIN = frozenset({bool, int, float, type(None), torch.dtype, torch.Size, torch.device, range})

Array = np.ndarray[Any, np.dtype[Any]]
Shape = tuple[int, ...]

# NumPy has no such types; the wider one holds every one of their values exactly.
_WIDER = {
    getattr(torch, name): wider
    for name, wider in (
        ("bfloat16", torch.float32),
        ("float8_e4m3fn", torch.float32),
        ("float8_e4m3fnuz", torch.float32),
        ("float8_e5m2", torch.float32),
        ("float8_e5m2fnuz", torch.float32),
        ("complex32", torch.complex64),
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class TensorView:
    """A tensor as it was at one moment.

    .values   array of .shape; .grad likewise, or None where .grad is None
    .dtype    as PyTorch prints it, such as "torch.float32"
    .grad_fn  the node's name, such as "AddBackward0", or None
    .version  how often the tensor was modified in place
    """

    shape: Shape
    dtype: str
    values: Array
    requires_grad: bool
    is_leaf: bool
    grad: Array | None
    grad_fn: str | None
    version: int


@dataclass(frozen=True, slots=True)
class PlainView:
    """A value that is not a tensor: its type's name and its repr."""

    type: str
    text: str


View = TensorView | PlainView


class Saved(NamedTuple):
    """One thing a node kept for its backward formula.

    .name    as derivatives.yaml calls it: "self", "mat2", "dim"; "indices[0]" of a list
    .values  array for a tensor that was still held when it was read, else None
    .plain   anything that is not a tensor: a number, a tuple, a string, None
    .nbytes  bytes the tensor's elements take, 0 for anything else
    .held    False once backward has freed it
    .storage  where a tensor's memory begins, to tell whether two share it; else 0
    """

    name: str
    values: Array | None
    plain: Any
    nbytes: int
    held: bool
    storage: int = 0


class Node(NamedTuple):
    """One autograd node.

    .id        its position in BackwardGraph.nodes; the root is 0
    .name      PyTorch's name, "MmBackward0"; "AccumulateGrad" without its C++ prefix
    .kind      "leaf" for the node that adds into a leaf's .grad, else "operation"
    .tensor    the variable it made (or, for a leaf, adds into), if a name is known
    .line      the line that recorded it; for a leaf, the line that made the leaf
    .shapes    shapes of its forward outputs, which its upstream gradients share
    .upstream  upstream gradients, one an output; None where nothing arrived
    """

    id: int
    name: str
    kind: Literal["operation", "leaf"]
    tensor: str | None
    line: int | None
    shapes: tuple[Shape, ...]
    saved: tuple[Saved, ...]
    upstream: tuple[Array | None, ...]


class Edge(NamedTuple):
    """What one node hands to the next during backward.

    .source, .slot      the sending node and which of its forward inputs this belongs to
    .target, .input_nr  the receiving node and which of its outputs the gradient is for;
                        target is None for an input that needs no gradient
    .gradient           what travelled, or None if nothing did
    """

    source: int
    slot: int
    target: int | None
    input_nr: int
    gradient: Array | None


@dataclass(frozen=True, slots=True, eq=False)
class BackwardGraph:
    """A recorded graph, and what one backward pass sent through it.

    .nodes  root first, then in breadth-first order
    .edges  every slot of every node, in the order of the nodes
    .order  node ids as the engine ran them; empty when backward did not run
    .captured  torch.autograd.grad handed the gradients back, and filled no .grad of a leaf
    .filled  the tensors into whose .grad this pass added: leaves, and whatever retains its own;
             "" for one without a name
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    order: tuple[int, ...]
    captured: bool = False
    filled: tuple[str, ...] = ()

    @property
    def saved_bytes(self) -> int:
        """Bytes of all tensors held for backward. What is saved is a reference, not a copy: memory
        that several nodes refer to counts once."""
        held: dict[object, int] = {}
        for node in self.nodes:
            for saved in node.saved:
                place = saved.storage or (node.id, saved.name)
                held[place] = max(held.get(place, 0), saved.nbytes)
        return sum(held.values())


@dataclass(frozen=True, slots=True)
class Heard:
    """A warning that plain Python would have printed: .line where, .type its class, such as
    "UserWarning", .message PyTorch's (or Python's) own words."""

    line: int
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a program stopped.

    .line, .column  where, both counted from 1
    .type           the exception's class name: "RuntimeError", or our own "Refused"
    .message        PyTorch's (or Python's) own words; for our own stops, the thing concerned
    .kind           "torch" the program raised it, "refused" outside the language,
                    "limit" a cap was reached, "syntax" not Python
    .key            for "refused" and "limit": what was refused, or which field of Limits
    """

    line: int
    column: int
    type: str
    message: str
    kind: Literal["torch", "refused", "limit", "syntax"]
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What one executed statement did.

    .assigned   what it set, each as it was right after: a variable, an attribute as "w.grad", and
                for an item all that it is part of
    .printed    what it printed, newlines included
    .nodes      ids, in Run.graph, of the nodes it recorded
    .backwards  positions in Run.backwards of those it ran
    .turn       1 for the first execution of this statement, 2 for the second, …
    """

    line: int
    end_line: int
    assigned: Mapping[str, View]
    printed: str
    nodes: tuple[int, ...]
    backwards: tuple[int, ...] = ()
    turn: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Everything a program did.

    .statements  in the order in which they began; of a line that ran many times, the first
                 executions and the last
    .variables   every variable at the end
    .printed     all that print wrote, exactly as Python would have printed it
    .backwards   one graph for each backward() or autograd.grad() that ran; of very many, the
                 first and the last
    .graph       the graph behind the last tensor with a grad_fn, or None
    .error       why it stopped early, or None
    .warnings    what PyTorch and Python warned of, the first hundred
    """

    source: str
    statements: tuple[Statement, ...]
    variables: Mapping[str, View]
    printed: str
    backwards: tuple[BackwardGraph, ...]
    graph: BackwardGraph | None
    error: Failure | None
    warnings: tuple[Heard, ...] = ()

    def tensor(self, name: str) -> TensorView:
        """The variable as a tensor.

        Raises:  KeyError, when the program set no such tensor
        """
        view = self.variables[name]
        if not isinstance(view, TensorView):
            raise KeyError(name)
        return view


def array_of(tensor: Tensor) -> Array:
    """Copy a tensor's values into a read-only array that shares nothing with it."""
    plain = tensor.detach() if tensor.requires_grad else tensor
    try:
        array: Array = plain.numpy().copy()
    except (RuntimeError, TypeError):  # not dense, a lazy zero or conjugate, a type NumPy lacks
        dense = plain if plain.layout is torch.strided else plain.to_dense()
        array = dense.to(_WIDER.get(dense.dtype, dense.dtype)).numpy(force=True).copy()
    array.setflags(write=False)
    return array


def name_of(node: Any) -> str:
    """A node's name without the C++ namespace that AccumulateGrad carries."""
    name: str = node.name()
    return name.rpartition("::")[2] if ":" in name else name


@cache
def _name_of_type(dtype: torch.dtype) -> str:
    return str(dtype)


def view_of(value: object) -> View:
    """Copy a value out of a running program; of what PyTorch cannot copy, its name alone."""
    try:
        return _view_of(value)
    except (RuntimeError, TypeError, ValueError, NotImplementedError):
        return PlainView(type(value).__name__, f"<{type(value).__name__}>")


def _view_of(value: object) -> View:
    if not isinstance(value, Tensor):
        return PlainView(type(value).__name__, describe(value))
    if is_wrapped(value):
        # While torch.func works, even detach() would wrap what it returns.
        with temporarily_clear_interpreter_stack():
            return _view_of(unwrapped(value))
    # Reading .grad of a non-leaf that does not retain it would only print a warning.
    is_leaf, node = value.is_leaf, value.grad_fn
    grad = value.grad if is_leaf or value.retains_grad else None
    return TensorView(
        shape=tuple(value.shape),
        dtype=_name_of_type(value.dtype),
        values=array_of(value),
        requires_grad=value.requires_grad,
        is_leaf=is_leaf,
        grad=None if grad is None else array_of(grad),
        grad_fn=None if node is None else name_of(node),
        version=0 if value.is_inference() else value._version,
    )


def unwrapped(tensor: Tensor) -> Tensor:
    """The tensor inside the wrappers that torch.func puts around it while it works."""
    while is_wrapped(tensor):
        tensor = torch._C._functorch.get_unwrapped(tensor)
    return tensor


def is_wrapped(tensor: Tensor) -> bool:
    return bool(torch._C._functorch.is_functorch_wrapped_tensor(tensor))


def describe(value: object, room: int = _DESCRIBED) -> str:
    """A repr that runs nobody's code and stays short: instances by their class alone."""
    if type(value) in _PLAIN:
        return repr(value)
    match value:
        case Tensor():
            return f"tensor{tuple(value.shape)}"
        case nn.Module():
            return f"<{type(value).__name__}>"
        case str():
            return repr(value if len(value) <= room else value[:room] + "…")
        case Exception():
            # Read past the class: a program's exception may have made a property of it.
            args = BaseException.args.__get__(value)  # type: ignore[attr-defined]
            return f"{type(value).__name__}{describe(args, room)}"
        case list() | tuple() | dict() | set():
            return _describe_items(value, room)
        case _:
            return f"<{type(value).__name__}>"


def _describe_items(values: Any, room: int) -> str:
    opening, closing = "{}"
    if isinstance(values, (list, tuple)):
        opening, closing = "[]" if isinstance(values, list) else "()"
    parts: list[str] = []
    for item in values.items() if isinstance(values, dict) else values:
        if room <= 0:
            parts.append("…")
            break
        # Not by looking a key up: that would ask the key's own __hash__ and __eq__.
        pair = item if isinstance(values, dict) else (item,)
        text = ": ".join([describe(part, room - len(opening)) for part in pair])
        parts.append(text)
        room -= len(text) + 2
    return opening + ", ".join(parts) + closing


def size_of(view: View) -> int:
    """Bytes that a view takes, roughly."""
    if isinstance(view, PlainView):
        return len(view.text) + 100
    return view.values.nbytes + (0 if view.grad is None else view.grad.nbytes) + 400


def views_of(values: Mapping[str, object]) -> Mapping[str, View]:
    """Copy several named values; the mapping is read-only."""
    return MappingProxyType({name: view_of(value) for name, value in values.items()})
