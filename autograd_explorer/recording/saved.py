"""What a node has saved for backward, read from its `_saved_*` attributes."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import torch
from torch import Tensor

from autograd_explorer.recording.ledger import memory_of
from autograd_explorer.recording.parts import PLAIN
from autograd_explorer.recording.summaries import Copier
from autograd_explorer.records import Array, Saved
from autograd_explorer.torch_internals import (
    come_through_hook,
    is_made_by_function,
    saved_attributes,
)

_SMALL = 64  # up to so many elements, a saved tensor is not counted
_SHORT = 16  # longer tuples are not cached
_TOGETHER = 4096  # nodes whose tensors are held until they are copied together
_SINGLE = torch.float32
_PLAIN = frozenset({int, float, bool, type(None)})


# What several nodes have saved, as a layer's result and the next one's input, or the weights of a
# recurrent cell at each step, is copied once: by where its memory begins, the tensor and its copy.
_AtMemory = dict[int, tuple[Tensor, Array]]


def saved_by(
    node: Any,
    spend: Callable[[int], None],
    copy: Callable[[Tensor], Array],
    hooks: bool,
    at_memory: _AtMemory,
) -> tuple[Saved, ...]:
    """All that a node keeps for its backward formula.

    spend      told of the bytes of the copy of each larger tensor
    hooks      whether the program's unpack hooks may be called
    at_memory  what the nodes before have saved, which nothing has changed since
    """
    known = _BY_PYTORCH.get(node.__class__) or _attributes_of(node.__class__)
    if not known.labels:
        return ()
    kept = _plain_of(known, known.read(node))
    parts = False
    for place, attribute, label, raw in known.tensors:
        try:
            if not hooks and come_through_hook((getattr(node, raw),)):
                kept[place] = Saved(label, None, None, 0, False)
                continue
            value = getattr(node, attribute)
        except RuntimeError:  # freed by an earlier backward, or modified in place since
            kept[place] = Saved(label, None, None, 0, False)
            continue
        if isinstance(value, Tensor):
            kept[place] = _saved_tensor(label, value, copy, spend, at_memory)
        elif value.__class__ is tuple and any(isinstance(item, Tensor) for item in value):
            # The indices of x[i] are saved as such a list.
            parts = True
            kept[place] = [
                _saved_tensor(f"{label}[{i}]", item, copy, spend, at_memory)
                if isinstance(item, Tensor)
                else _saved_other(f"{label}[{i}]", item)
                for i, item in enumerate(value)
            ]
        else:
            kept[place] = _saved_other(label, value)
    if parts:
        kept = list(chain.from_iterable(p if p.__class__ is list else (p,) for p in kept))
    return tuple(kept)


class Drafts:
    """What the nodes of one graph save, read at one moment, before it becomes records. No unpack
    hook of the program's is called.

    It is kept in flat lists, in which Python's garbage collector has nothing to visit.

    copier  of tensors; a node that saves one that is not copied whole has records at once
    """

    def __init__(self, nodes: Sequence[Any], copier: Copier) -> None:
        # Of each node: what is known of its class, the values of what is no tensor, and the place
        # of its first tensor in the lists; or else its records.
        self._known: list[_Attributes | tuple[Saved, ...]] = [()] * len(nodes)
        self._values: list[tuple[Any, ...]] = [()] * len(nodes)
        self._first = [0] * len(nodes)
        self._copies: list[Array | None] = []  # None for no tensor
        self._memory: list[int] = []
        at_memory: _AtMemory = {}
        alike: dict[type, list[int]] = {}
        for i, node in enumerate(nodes):
            alike.setdefault(node.__class__, []).append(i)
        for node_type, places in alike.items():
            known = _BY_PYTORCH.get(node_type) or _attributes_of(node_type)
            if known.labels:
                for begin in range(0, len(places), _TOGETHER):
                    self._read(known, nodes, places[begin : begin + _TOGETHER], copier, at_memory)

    def _read(
        self,
        known: "_Attributes",
        nodes: Sequence[Any],
        places: Sequence[int],
        copier: Copier,
        at_memory: _AtMemory,
    ) -> None:
        """Read nodes of one class. What saves other than the usual kind of tensors is left to
        whoever looks more closely."""
        waiting: list[Tensor | None] = []
        for i in places:
            node = nodes[i]
            try:
                held = None if come_through_hook(known.raw(node)) else known.held(node)
                if held is not None and _are_usual(held, copier.whole):
                    self._values[i] = known.read(node)
                    self._known[i], self._first[i] = known, len(self._memory)
                    self._memory += [0 if value is None else memory_of(value) for value in held]
                    waiting += held
                    continue
            except RuntimeError:  # freed by an earlier backward, or modified in place since
                pass
            self._known[i] = saved_by(node, _uncounted, copier, False, at_memory)
        self._copies += copier.all(waiting)

    def of(self, i: int) -> tuple[Saved, ...]:
        """The records of a node."""
        known, at = self._known[i], self._first[i]
        if not isinstance(known, _Attributes):
            return known
        kept = _plain_of(known, self._values[i])
        for k, (place, _, label, _) in enumerate(known.tensors, at):
            array = self._copies[k]
            if array is None:
                kept[place] = _saved_other(label, None)
            else:
                kept[place] = Saved(label, array, None, array.nbytes, True, self._memory[k])
        return tuple(kept)

    def memory(self, i: int) -> list[int]:
        """Where the memory of the tensors begins that a node holds."""
        known, at = self._known[i], self._first[i]
        if not isinstance(known, _Attributes):
            return _memory_held(known)
        return self._memory[at : at + len(known.tensors)]


class Records:
    """The same, of a graph whose records are made at once."""

    def __init__(self, records: Iterable[tuple[Saved, ...]]) -> None:
        self._records = list(records)

    def of(self, i: int) -> tuple[Saved, ...]:
        return self._records[i]

    def memory(self, i: int) -> list[int]:
        return _memory_held(self._records[i])


def saved_by_all(
    nodes: Sequence[Any],
    spend: Callable[[int], None],
    copy: Callable[[Tensor], Array],
    copier: Copier | None,
    read: bool,
) -> Drafts | Records:
    """What some nodes save; nothing where it is not to be read. Drafts where there is a copier."""
    if copier is not None and read:
        return Drafts(nodes, copier)
    at_memory: _AtMemory = {}
    return Records(saved_by(node, spend, copy, True, at_memory) if read else () for node in nodes)


def _memory_held(records: tuple[Saved, ...]) -> list[int]:
    return [saved.storage for saved in records if saved.held]


def _is_same(one: Tensor, other: Tensor) -> bool:
    """Whether two tensors whose memory begins at the same place hold the same."""
    return (
        one.dtype is other.dtype
        and one.stride() == other.stride()
        and one.shape == other.shape
        and one.storage_offset() == other.storage_offset()
        and one.is_neg() == other.is_neg()
        and one.is_conj() == other.is_conj()
    )


def _are_usual(held: tuple[Any, ...], whole: int) -> bool:
    for value in held:
        if value is not None and (
            value.__class__ not in PLAIN
            or value.dtype is not _SINGLE
            or value.numel() > whole
            or not value.is_cpu
        ):
            return False
    return True


def _uncounted(count: int) -> None:
    pass


class _Attributes(NamedTuple):
    """What the nodes of a class save: the .labels of all; of the .tensors the place among them, the
    attribute, label and raw attribute; the .places of the others. What reads at once from a node
    those, with .read, all tensors, with .held, and with .raw what knows how these come back."""

    labels: tuple[str, ...]
    tensors: tuple[tuple[int, str, str, str], ...]
    places: tuple[int, ...]
    read: Callable[[Any], tuple[Any, ...]]
    held: Callable[[Any], tuple[Any, ...]]
    raw: Callable[[Any], tuple[Any, ...]]


# Of PyTorch's own classes: listing the attributes of a class costs more than everything else that
# is done for a node. A class that somebody has written would be kept alive by standing here.
_BY_PYTORCH: dict[type, _Attributes] = {}


def _attributes_of(node_type: Any) -> _Attributes:
    if is_made_by_function(node_type):
        return _sorted_out((("saved_tensors", "saved_tensors", "_raw_saved_tensors"),))
    found = _BY_PYTORCH[node_type] = _sorted_out(saved_attributes(node_type))
    return found


def _sorted_out(attributes: tuple[tuple[str, str, str], ...]) -> _Attributes:
    tensors = [(i, *attribute) for i, attribute in enumerate(attributes) if attribute[2]]
    others = [(i, name) for i, (name, _, raw) in enumerate(attributes) if not raw]
    return _Attributes(
        tuple([label for _, label, _ in attributes]),
        tuple(tensors),
        tuple([i for i, _ in others]),
        _reader([name for _, name in others]),
        _reader([name for _, name, _, _ in tensors]),
        _reader([raw for *_, raw in tensors]),
    )


def _reader(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads several attributes at once."""
    if len(names) == 1:
        return lambda node: (getattr(node, names[0]),)
    read: Callable[[Any], tuple[Any, ...]] = attrgetter(*names) if names else lambda node: ()
    return read


def _plain_of(known: _Attributes, values: tuple[Any, ...]) -> list[Any]:
    """The records of what is no tensor, each in its place, and None in the others'."""
    for value in values:
        # A long tuple, such as the sizes of a split, would take memory in the cache for good.
        if value.__class__ not in _PLAIN and not (
            value.__class__ is tuple and len(value) <= _SHORT
        ):
            break
    else:
        return [*_plain_cached(known.labels, known.places, *values)]
    kept: list[Any] = [None] * len(known.labels)
    for i, value in zip(known.places, values, strict=True):
        kept[i] = _saved_other(known.labels[i], value)
    return kept


@lru_cache(maxsize=4096, typed=True)
def _plain_cached(
    labels: tuple[str, ...], places: tuple[int, ...], *values: Any
) -> list[Saved | None]:
    """Cached, because layers of one kind save the same numbers and can share the records."""
    kept: list[Saved | None] = [None] * len(labels)
    for i, value in zip(places, values, strict=True):
        kept[i] = _saved_other(labels[i], value)
    return kept


def _saved_tensor(
    label: str,
    value: Tensor,
    copy: Callable[[Tensor], Array],
    spend: Callable[[int], None],
    at_memory: _AtMemory,
) -> Saved:
    size = value.numel()
    space = size * value.element_size()  # .nbytes raises for a sparse tensor
    at = memory_of(value)
    before = at_memory.get(at)
    if before is not None and at and _is_same(before[0], value):
        array = before[1]
    else:
        array = copy(value)
        at_memory[at] = value, array
        if size > _SMALL:
            spend(array.nbytes)
    # What Saved(…) calls, by way of a function.
    return tuple.__new__(Saved, (label, array, None, space, True, at))


def _saved_other(label: str, value: Any) -> Saved:
    return Saved(label, None, _plain(value), 0, True)


def _plain(value: Any) -> Any:
    """A saved value as plain data. PyTorch returns a saved dim=-1 as the unsigned 2**64 - 1."""
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | float | str | complex | None):
        return value if isinstance(value, bool) else str(value)
    return value - 2**64 if isinstance(value, int) and value >= 2**63 else value
