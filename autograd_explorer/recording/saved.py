"""What a node has saved for backward, read from its `_saved_*` attributes."""

from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from torch import Tensor

from autograd_explorer.recording.ledger import memory_of
from autograd_explorer.records import Array, Saved
from autograd_explorer.torch_internals import (
    comes_through_hook,
    is_made_by_function,
    saved_attributes,
)

_SMALL = 64  # up to so many elements, a saved tensor is not counted
_SHORT = 16  # longer tuples are not cached
_PLAIN = frozenset({int, float, bool, type(None)})


def saved_by(
    node: Any, spend: Callable[[int], None], copy: Callable[[Tensor], Array], hooks: bool
) -> tuple[Saved, ...]:
    """All that a node keeps for its backward formula.

    spend  told of the bytes of the copy of each larger tensor
    hooks  whether the program's unpack hooks may be called
    """
    known = _BY_PYTORCH.get(node.__class__) or _attributes_of(node.__class__)
    if not known.labels:
        return ()
    kept = _plain_of(known, node)
    parts = False
    for place, attribute, label, raw in known.tensors:
        try:
            if not hooks and comes_through_hook(getattr(node, raw)):
                kept[place] = Saved(label, None, None, 0, False)
                continue
            value = getattr(node, attribute)
        except RuntimeError:  # freed by an earlier backward, or modified in place since
            kept[place] = Saved(label, None, None, 0, False)
            continue
        if isinstance(value, Tensor):
            kept[place] = _saved_tensor(label, value, copy, spend)
        elif value.__class__ is tuple and any(isinstance(item, Tensor) for item in value):
            # The indices of x[i] are saved as such a list.
            parts = True
            kept[place] = [
                _saved_tensor(f"{label}[{i}]", item, copy, spend)
                if isinstance(item, Tensor)
                else _saved_other(f"{label}[{i}]", item)
                for i, item in enumerate(value)
            ]
        else:
            kept[place] = _saved_other(label, value)
    if parts:
        kept = list(chain.from_iterable(p if p.__class__ is list else (p,) for p in kept))
    return tuple(kept)


class _Attributes(NamedTuple):
    """What the nodes of a class save: the .labels of all; of the .tensors the place among them, the
    attribute, label and raw attribute; the .places of the others, and what reads those at once."""

    labels: tuple[str, ...]
    tensors: tuple[tuple[int, str, str, str], ...]
    places: tuple[int, ...]
    read: Callable[[Any], tuple[Any, ...]]


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
    names = [name for _, name in others]
    read: Callable[[Any], Any] = attrgetter(*names) if names else lambda node: ()
    return _Attributes(
        tuple([label for _, label, _ in attributes]),
        tuple(tensors),
        tuple([i for i, _ in others]),
        read if len(names) != 1 else lambda node: (read(node),),
    )


def _plain_of(known: _Attributes, node: Any) -> list[Any]:
    """The records of what is no tensor, each in its place, and None in the others'."""
    values = known.read(node)
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
    label: str, value: Tensor, copy: Callable[[Tensor], Array], spend: Callable[[int], None]
) -> Saved:
    size = value.numel()
    space = size * value.element_size()  # .nbytes raises for a sparse tensor
    array = copy(value)
    if size > _SMALL:
        spend(array.nbytes)
    # What Saved(…) calls, by way of a function.
    return tuple.__new__(Saved, (label, array, None, space, True, memory_of(value)))


def _saved_other(label: str, value: Any) -> Saved:
    return Saved(label, None, _plain(value), 0, True)


def _plain(value: Any) -> Any:
    """A saved value as plain data. PyTorch returns a saved dim=-1 as the unsigned 2**64 - 1."""
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | float | str | complex | None):
        return value if isinstance(value, bool) else str(value)
    return value - 2**64 if isinstance(value, int) and value >= 2**63 else value
