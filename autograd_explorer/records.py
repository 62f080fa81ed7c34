"""Frozen records of what a run did: the only things that leave the engine.

Plain data throughout: numbers, strings, tuples, and read-only NumPy arrays that nobody else
holds. No record keeps a tensor, a graph or a device alive.

Records that a trace makes by the thousand are named tuples, which are made three times as fast
as frozen dataclasses.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from autograd_explorer import frames
from autograd_explorer.figures import Figure
from autograd_explorer.reach import NOTHING_REACHED, Reach

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, np.dtype[Any]]
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of all elements of a tensor of which only a sample was kept.

    .norm                the 2-norm; .low and .high the smallest and the largest element, of complex
                         numbers by their magnitude; NaN where an element is
    .zeros, .nonfinite   shares of the elements, 0 to 1
    """

    shape: Shape
    dtype: str
    size: int
    norm: float
    low: float
    high: float
    zeros: float
    nonfinite: float


# A line of a program that has several files is one whole number, too: the number of the file stands
# above these bits, and the first file's is 0.
LINE_BITS = 40
LINE = (1 << LINE_BITS) - 1


class Sample(np.ndarray[Any, np.dtype[Any]]):
    """A bounded sample of the elements of a large tensor, in a row, from places that are the same
    for all tensors of a size. Its last elements are the smallest and the largest of the tensor, or
    NaN, so that whatever asks for the largest, or whether all are finite or zero, has the answer of
    the whole tensor.

    .summary  what is known of all elements; None of what NumPy has computed from a sample
    """

    summary: Summary | None

    def __array_finalize__(self, other: Any) -> None:
        self.summary = None


def shape_of(array: Array) -> Shape:
    """The shape of the tensor that an array, or a sample, was taken from."""
    shape: Shape = array.shape
    if array.__class__ is np.ndarray:
        return shape
    summary: Summary | None = getattr(array, "summary", None)
    return shape if summary is None else summary.shape


def are_finite(values: Array) -> bool:
    """Whether an array holds neither NaN nor infinities. Their squares have a finite sum only if
    they do not, and NumPy adds squares five times as fast as it asks each number."""
    kind = values.dtype.kind
    if kind == "f" and math.isfinite(np.vdot(values, values)):
        return True
    return kind not in "fc" or bool(np.isfinite(values).all())


class TensorView(NamedTuple):
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


class PlainView(NamedTuple):
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
    .module    the path of the module that recorded it, such as "model.layers.0"; "" outside of all
    .file      its file, where watch() knows it
    .call      the position in BackwardGraph.calls of that module's call, or -1
    """

    id: int
    name: str
    kind: Literal["operation", "leaf"]
    tensor: str | None
    line: int | None
    shapes: tuple[Shape, ...]
    saved: tuple[Saved, ...]
    upstream: tuple[Array | None, ...]
    module: str = ""
    file: str = ""
    call: int = -1


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


class Call(NamedTuple):
    """One call of a module in the forward pass.

    .module  its path, such as "model.layers.0"; .kind the name of its class
    .above   the position in BackwardGraph.calls of the call from which it was made, or -1
    """

    module: str
    kind: str
    above: int


@dataclass(frozen=True, slots=True, eq=False)
class BackwardGraph:
    """A recorded graph, and what one backward pass sent through it.

    .nodes  root first, then in breadth-first order
    .edges  every slot of every node, in the order of the nodes
    .order  node ids as the engine ran them; empty when backward did not run
    .captured  torch.autograd.grad handed the gradients back, and filled no .grad of a leaf
    .filled  the tensors into whose .grad this pass added: leaves, and whatever retains its own;
             "" for one without a name
    .recorded  for each node, the position in Run.statements of the statement that recorded it, or
               of the next one that was kept; empty for a graph that is part of no Run
    .calls  of modules, in which nodes were recorded; each stands after the one it was made from
    .ages   for each node, how many of the graph were recorded before it; -1 for a leaf, which
            nothing has recorded; empty where that is not known
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    order: tuple[int, ...]
    captured: bool = False
    filled: tuple[str, ...] = ()
    recorded: tuple[int, ...] = ()
    calls: tuple[Call, ...] = ()
    ages: tuple[int, ...] = ()

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

    def nodes_frame(self) -> "pd.DataFrame":
        """The nodes as a table; for its columns see autograd_explorer.frames.nodes_frame."""
        return frames.nodes_frame(self.nodes, self.order)

    def edges_frame(self) -> "pd.DataFrame":
        """The edges as a table; for its columns see autograd_explorer.frames.edges_frame."""
        return frames.edges_frame(self.edges)

    def __repr__(self) -> str:
        ran = f"{len(self.order)} ran" if self.order else "backward did not run"
        root = self.nodes[0].name
        return (
            f"BackwardGraph(root {root}, {len(self.nodes)} nodes, {len(self.edges)} edges, {ran})"
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """A warning that plain Python would have printed: .line where, .type its class, such as
    "UserWarning", .message PyTorch's (or Python's) own words."""

    line: int
    type: str
    message: str


class Entry(NamedTuple):
    """Something of a run that its end no longer tells, noted for the diagnosis.

    .kind   what happened: "nonfinite", "stale_gradient", …, as recording/ledger.py has them
    .line   where; .name the tensor or the node concerned, if it has one
    .facts  pairs of a name and a number, a text or None
    """

    kind: str
    line: int
    name: str
    facts: Any


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a program stopped.

    .line, .column  where, both counted from 1; line 0 where that is not known
    .type           the exception's class name: "RuntimeError", or our own "Refused"; of a process
                    that ended the signal's: "SIGSEGV"
    .message        PyTorch's (or Python's) own words; for our own stops, the thing concerned
    .kind           "torch" the program raised it, "refused" outside the language,
                    "limit" a cap was reached, "syntax" not Python,
                    "ended" the process that it ran in was no longer there
    .key            for "refused" and "limit": what was refused, or which field of Limits; for
                    "ended": "signal" by its own doing, "killed" by the system's, "stopped" by the
                    reader's, "no_worker" it never began
    """

    line: int
    column: int
    type: str
    message: str
    kind: Literal["torch", "refused", "limit", "syntax", "ended"]
    key: str = ""


class Statement(NamedTuple):
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


# Each equals itself alone: its arrays would not say whether they equal others.
_record: Any
for _record in (TensorView, Statement):
    _record.__eq__, _record.__ne__ = object.__eq__, object.__ne__
    _record.__hash__ = object.__hash__


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
    .ledger      what was noted for the diagnosis, in the order in which it happened
    .reach       which leaves got a gradient, and where the way to others was cut
    .figures     what matplotlib.pyplot drew; of very many, the first and the last
    """

    source: str
    statements: tuple[Statement, ...]
    variables: Mapping[str, View]
    printed: str
    backwards: tuple[BackwardGraph, ...]
    graph: BackwardGraph | None
    error: Failure | None
    warnings: tuple[Heard, ...] = ()
    ledger: tuple[Entry, ...] = ()
    reach: Reach = NOTHING_REACHED
    figures: tuple[Figure, ...] = ()

    def tensor(self, name: str) -> TensorView:
        """The variable as a tensor.

        Raises:  KeyError, when the program set no such tensor
        """
        view = self.variables[name]
        if not isinstance(view, TensorView):
            raise KeyError(name)
        return view

    def tensors_frame(self) -> "pd.DataFrame":
        """The tensors as a table; for its columns see autograd_explorer.frames.tensors_frame."""
        found = {n: view for n, view in self.variables.items() if isinstance(view, TensorView)}
        return frames.tensors_frame(found, self.statements)

    def __repr__(self) -> str:
        passes = len(self.backwards)
        ended = f"stopped on line {self.error.line}: {self.error.type}" if self.error else "ended"
        return (
            f"Run({len(self.source.splitlines())} lines, {len(self.statements)} statements kept, "
            f"{passes} backward pass{'' if passes == 1 else 'es'}, {ended})"
        )


def run_without_values(source: str, printed: str, error: Failure) -> Run:
    """The Run of a program of which nothing is left but what it printed, and why it stopped."""
    return Run(source, (), MappingProxyType({}), printed, (), None, error)
