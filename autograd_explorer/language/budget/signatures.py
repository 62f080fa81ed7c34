"""A key for the arguments of a call, to try each call only once."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from autograd_explorer.torch_internals import is_wrapped, unwrapped

NUMBERS = frozenset({int, float, bool, type(None)})
_COMPARED = (bool, int, float, str, type(None), torch.dtype, torch.device, torch.memory_format)


def signature(value: Any) -> Any:
    """A key for arguments of a call: two calls with equal keys make results of equal shapes."""
    if value.__class__ in NUMBERS:
        return value.__class__, value
    if isinstance(value, Tensor):
        if is_wrapped(value):  # by vmap, which leaves its dimension out of the shape
            return (tuple(value.shape), value.dtype, tuple(unwrapped(value).shape))
        return (tuple(value.shape), value.dtype)
    if isinstance(value, (list, tuple)):
        return tuple([signature(item) for item in value])
    if value.__class__ is dict or isinstance(value, Mapping):
        return tuple((name, signature(item)) for name, item in value.items())
    if isinstance(value, slice):
        return (slice, value.start, value.stop, value.step)
    # The type is included, because 1, 1.0 and True are equal in Python but not to PyTorch. A value
    # of another kind gets a key that equals no other. Its id would not do: once the value is freed,
    # another value may get the same id.
    return (type(value), value) if isinstance(value, _COMPARED) else object()
