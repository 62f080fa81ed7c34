"""What a node has saved for backward, read from its `_saved_*` attributes."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from torch import Tensor

from autograd_explorer.recording.ledger import memory_of
from autograd_explorer.records import Array, Saved
from autograd_explorer.torch_internals import (
    comes_through_hook,
    is_made_by_function,
    saved_attributes,
)

_SMALL = 64  # up to so many elements, a saved tensor is not counted
_SHORT = 16  # longer tuples and texts are not cached
_PLAIN = frozenset({int, float, bool, str, type(None)})


def saved_by(
    node: Any, spend: Callable[[int], None], copy: Callable[[Tensor], Array], hooks: bool
) -> tuple[Saved, ...]:
    """All that a node keeps for its backward formula.

    spend  told of the bytes of each larger tensor before it is copied
    hooks  whether the program's unpack hooks may be called
    """
    attributes = _BY_PYTORCH.get(node.__class__)
    if attributes is None:
        attributes = _saved_attributes(node.__class__)
    if not attributes:
        return ()
    kept = []
    for attribute, label, raw in attributes:
        try:
            if raw and not hooks and comes_through_hook(getattr(node, raw)):
                kept.append(Saved(label, None, None, 0, False))
                continue
            value = getattr(node, attribute)
        except RuntimeError:  # freed by an earlier backward, or modified in place since
            kept.append(Saved(label, None, None, 0, False))
            continue
        if isinstance(value, Tensor):
            kept.append(_saved_tensor(label, value, copy, spend))
        elif value.__class__ is tuple and _has_tensor(value):
            # The indices of x[i] are saved as such a list.
            for i, item in enumerate(value):
                at = f"{label}[{i}]"
                is_tensor = isinstance(item, Tensor)
                kept.append(
                    _saved_tensor(at, item, copy, spend) if is_tensor else _saved_other(at, item)
                )
        else:
            kept.append(_saved_other(label, value))
    return tuple(kept)


def _has_tensor(values: tuple[Any, ...]) -> bool:
    plain = _PLAIN.issuperset(map(type, values))  # sizes, nearly always
    return not plain and any(isinstance(value, Tensor) for value in values)


# Of PyTorch's own classes, the attributes that hold saved values, as saved_attributes() has them:
# listing those of a class costs more than everything else that is done for a node. A class that
# somebody has written would be kept alive by standing here.
_BY_PYTORCH: dict[type, tuple[tuple[str, str, str], ...]] = {}


def _saved_attributes(node_type: Any) -> tuple[tuple[str, str, str], ...]:
    if is_made_by_function(node_type):
        return (("saved_tensors", "saved_tensors", "_raw_saved_tensors"),)
    found = _BY_PYTORCH[node_type] = saved_attributes(node_type)
    return found


def _saved_tensor(
    label: str, value: Tensor, copy: Callable[[Tensor], Array], spend: Callable[[int], None]
) -> Saved:
    size = value.numel()
    space = size * value.element_size()  # .nbytes raises for a sparse tensor
    if size > _SMALL:
        spend(space)
    # What Saved(…) calls, by way of a function.
    return tuple.__new__(Saved, (label, copy(value), None, space, True, memory_of(value)))


def _saved_other(label: str, value: Any) -> Saved:
    try:
        # A long tuple, such as the sizes of a split, would take memory in the cache for good.
        if not (isinstance(value, (tuple, str)) and len(value) > _SHORT):
            return _saved_plain(label, value)
    except TypeError:  # a list has no hash
        pass
    return Saved(label, None, _plain(value), 0, True)


@lru_cache(maxsize=4096, typed=True)
def _saved_plain(label: str, value: Any) -> Saved:
    """Cached, because layers of one kind save the same numbers and can share one record."""
    return Saved(label, None, _plain(value), 0, True)


def _plain(value: Any) -> Any:
    """A saved value as plain data. PyTorch returns a saved dim=-1 as the unsigned 2**64 - 1."""
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | float | str | complex | None):
        return value if isinstance(value, bool) else str(value)
    return value - 2**64 if isinstance(value, int) and value >= 2**63 else value
