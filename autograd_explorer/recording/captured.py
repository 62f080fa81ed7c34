"""A backward pass whose gradients PyTorch hands out itself, without a hook on every node.

torch.autograd.grad() gives the gradient at each edge that it is asked for, and the engine gathers
them in C++. So it is asked for those of all nodes. What it gives for the leaves is then added to
their .grad by their own AccumulateGrad nodes, which backward() runs in between. Hooks and written
Functions could see that difference, so a graph that may have some is listened to node by node; so
is a pass that may fail, because a pass that fails leaves what it has done so far; and one in which
several gradients are added up for one node: PyTorch adds in place what nobody else holds.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import GradientEdge

from autograd_explorer.recording.settled import LEAF, NOWHERE, spans_of
from autograd_explorer.recording.trace import RecordedGraph
from autograd_explorer.torch_internals import (
    base_of,
    gradients_at,
    is_made_by_function,
    is_transforming,
    output_shapes,
    outputs_of,
)

# The gradients of a pass are all held until it has ended: no more elements than these.
_MOST_HELD = 16 * 2**20
# The first holds another node, whose saved tensors nobody can read; the second raises.
_MAY_FAIL = frozenset({"CopySlices", "NotImplemented"})


class CapturedGraph(RecordedGraph):
    """A recorded graph that can run a pass of its own."""

    def run(
        self,
        output: Tensor,
        largest: int,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
        inputs: Any = None,
    ) -> bool:
        """Run output.backward(…), and note what every node receives. False, and nothing has been
        done, where backward() has to be listened to instead.

        largest  how many elements the program's largest tensor has
        """
        is_plain = self._everywhere and self.unaltered and not create_graph and inputs is None
        if not is_plain or torch.is_anomaly_enabled() or is_transforming() or self._may_fail():
            return False
        if gradient is None:
            gradient = torch.ones_like(output) if output.is_floating_point() else None
        if not isinstance(gradient, Tensor) or not _fits(gradient, output):
            return False  # PyTorch says what is wrong
        if None in self._only[1:] or False in [leaf.is_contiguous() for _, leaf in self._leaves]:
            return False
        is_leaf = [name == LEAF for name in self.classes]
        order = self._order_of_running(is_leaf)
        if order is None or self._size(is_leaf, largest) > _MOST_HELD:
            return False
        nodes = self.nodes
        counts = outputs_of(nodes)
        edges = [
            tuple.__new__(GradientEdge, (node, number, None))  # what GradientEdge(…) calls
            for node, count in zip(nodes, counts, strict=True)
            for number in range(count)
        ]
        gradients = gradients_at(edges, output, gradient, bool(retain_graph))
        copy, ends = self._copy, list(accumulate(counts))
        arrays = [None if one is None else copy(one) for one in gradients]
        self._watch.keep(sum([array.nbytes for array in arrays if array is not None]))
        spans = list(pairwise((0, *ends)))
        self.received[:] = [tuple(arrays[begin:end]) for begin, end in spans]
        self._order[:] = order
        self._add_to_leaves(gradient, [gradients[begin:end] for begin, end in spans])
        return True

    def _add_to_leaves(self, first: Tensor, received: Sequence[Sequence[Tensor | None]]) -> None:
        """What AccumulateGrad does, in its turn: the tensor that nobody else waits for becomes the
        .grad itself, where that was empty and is laid out like the leaf; of another it is a
        copy. The program can tell the two by the tensor's version."""
        held = _Held(first, received)
        leaves = dict(self._leaves)
        with torch.no_grad():
            for i in self._order:
                for one in received[i]:
                    held.let_go(one)
                leaf, gradient = leaves.get(i), received[i][0]
                if leaf is None or gradient is None:
                    continue
                if held.has(gradient) or leaf.grad is not None or not _is_laid_out(gradient):
                    self.nodes[i](gradient)
                elif leaf.requires_grad:
                    leaf.grad = gradient.detach()

    def _size(self, is_leaf: list[bool], largest: int) -> int:
        """How many elements all gradients may have. A node that stands for a result of the program
        gets one of that shape; those inside an operation have to be asked."""
        size = 0
        for node, leaf, note in zip(self.nodes, is_leaf, self.notes, strict=True):
            if leaf or not (note is None or note.hidden):
                size += largest
            else:
                size += sum(map(math.prod, output_shapes(node)))
        return size

    def _may_fail(self) -> bool:
        """Whether the pass may end on its way: something that it needs has been freed or changed,
        or cannot be looked at; or a written function runs."""
        if not _MAY_FAIL.isdisjoint(self.classes):
            return True
        if False in [one.held for saved in self.saved for one in saved]:
            return True
        return any(map(is_made_by_function, {node.__class__ for node in self.nodes}))

    def _order_of_running(self, is_leaf: list[bool]) -> list[int] | None:
        """The order in which the engine would run the nodes; None where the numbers by which it
        takes the newest first do not tell. A leaf's node runs as soon as it can."""
        targets, numbers = self._targets, self.numbers
        if len({id(leaf) for _, leaf in self._leaves}) < len(self._leaves):
            return None  # a leaf whose data were replaced by those of another type has two nodes
        spans = list(spans_of(self._first, targets))
        inner = [i for i, leaf in enumerate(is_leaf) if not leaf]
        inner.sort(key=numbers.__getitem__, reverse=True)
        if len({numbers[i] for i in inner}) < len(inner):
            return None  # recorded by several threads
        order: list[int] = []
        for i in inner:
            order.append(i)
            number, ready = numbers[i], 0
            for k in range(*spans[i]):
                target = targets[k]
                if target == NOWHERE:
                    continue
                if not is_leaf[target]:
                    if numbers[target] >= number:
                        return None
                    continue
                order.append(target)
                ready += 1
            if ready > 2:
                return None  # the engine does not say which of several leaves comes first
        return order


class _Held:
    """How many hold each of the gradients of a pass: the nodes that wait for it, whoever called
    backward, and views of it that are held themselves."""

    def __init__(self, first: Tensor, received: Sequence[Sequence[Tensor | None]]) -> None:
        self._times = Counter([id(one) for several in received for one in several])
        self._bases: dict[int, Tensor] = {}
        for several in received:
            for one in several:
                base = None if one is None else base_of(one)
                if base is not None and id(one) not in self._bases:
                    self._bases[id(one)] = base
                    self._times[id(base)] += 1
        self._times[id(first)] += 1

    def has(self, one: Tensor) -> bool:
        return self._times[id(one)] > 0

    def let_go(self, one: Tensor | None) -> None:
        key = id(one)
        self._times[key] -= 1
        if not self._times[key] and key in self._bases:
            self._times[id(self._bases[key])] -= 1


def _is_laid_out(gradient: Tensor) -> bool:
    """Whether a gradient lies in memory as its leaf does, and is not one number spread out."""
    if gradient.layout is not torch.strided:
        return False
    return gradient.is_contiguous() and 0 not in gradient.stride()


def _fits(gradient: Tensor, output: Tensor) -> bool:
    return gradient.shape == output.shape and gradient.dtype == output.dtype
