"""Copies values of a running program into records that share no memory with it."""

from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.recording.graph_walks import node_of
from autograd_explorer.records import Array, PlainView, TensorView, View
from autograd_explorer.torch_internals import (
    bytes_of,
    is_wrapped,
    name_of,
    unwrapped,
    version_of,
    without_transforms,
)

# The most characters that a view shows of a value that is not a tensor.
_DESCRIBED = 120
# Types whose repr is short and calls no method of the program.
_PLAIN = frozenset({bool, int, float, type(None), torch.dtype, torch.Size, torch.device, range})

# Types that NumPy lacks, each with a wider one that holds all of its values exactly.
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


def array_of(tensor: Tensor) -> Array:
    """Copy a tensor's values into a read-only array that shares nothing with it."""
    if not tensor.numel():  # memory that NumPy looks at can no longer be resized, as by `out=`
        tensor = tensor.detach().clone()
    try:
        array: Array = tensor.numpy(force=True).copy()
    except (RuntimeError, TypeError):  # not dense, or of a type that NumPy lacks
        plain = tensor.detach()
        dense = plain if plain.layout is torch.strided else plain.to_dense()
        array = dense.to(_WIDER.get(dense.dtype, dense.dtype)).numpy(force=True).copy()
    array.setflags(False)  # type: ignore[call-arg]  # by its place, in half the time
    return array


_NAMES_OF_TYPES: dict[torch.dtype, str] = {}


def _name_of_type(dtype: torch.dtype) -> str:
    name = _NAMES_OF_TYPES[dtype] = str(dtype)
    return name


def view_of(value: object) -> View:
    """Copy a value of a running program; of one that cannot be copied, the name of its type."""
    try:
        if not isinstance(value, Tensor):
            return PlainView(type(value).__name__, describe(value))
        if is_wrapped(value):
            # While torch.func works, even detach() would wrap what it returns.
            with without_transforms():
                return view_of(unwrapped(value))
        # Reading .grad of a non-leaf that does not retain it would only print a warning.
        node = node_of(value)
        is_leaf = node is None
        grad = value.grad if is_leaf or value.retains_grad else None
        if grad is not None and grad.shape != value.shape:
            grad = None  # one from before `.data` was given another shape
        dtype, array = value.dtype, array_of(value)
        fields = (
            array.shape,
            _NAMES_OF_TYPES.get(dtype) or _name_of_type(dtype),
            array,
            value.requires_grad,
            is_leaf,
            None if grad is None else array_of(grad),
            None if node is None else name_of(node),
            version_of(value),
        )
        return tuple.__new__(TensorView, fields)  # what TensorView(…) calls, by way of a function
    except (RuntimeError, TypeError, ValueError, NotImplementedError):
        return PlainView(type(value).__name__, f"<{type(value).__name__}>")


def describe(value: object, room: int = _DESCRIBED) -> str:
    """A short repr that calls no method of the program: an instance shows only its class."""
    if type(value) in _PLAIN:
        return repr(value)
    if isinstance(value, nn.Module):
        return f"<{type(value).__name__}>"
    match value:
        case Tensor():
            return f"tensor{tuple(value.shape)}"
        case str():
            return repr(value if len(value) <= room else value[:room] + "…")
        case Exception():
            # Not value.args: the program's exception class may define a property of that name.
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
    is_dict = isinstance(values, dict)
    for item in values.items() if is_dict else values:
        if room <= 0:
            parts.append("…")
            break
        if is_dict:
            # No key is looked up, because that would call the program's __hash__ and __eq__.
            text = ": ".join([describe(part, room - len(opening)) for part in item])
        else:
            text = describe(item, room - len(opening))
        parts.append(text)
        room -= len(text) + 2
    return opening + ", ".join(parts) + closing


def size_of(view: View) -> int:
    """Bytes that a view takes, roughly."""
    if isinstance(view, PlainView):
        return len(view.text) + 100
    return view.values.nbytes + (0 if view.grad is None else view.grad.nbytes) + 400


def bytes_as_array(tensor: Tensor) -> int:
    """The bytes of copies of a tensor and its gradient. An expanded tensor takes less itself."""
    if tensor.__class__ is Tensor and tensor.layout is torch.strided:
        return 2 * tensor.nbytes
    return max(bytes_of(tensor), tensor.numel() * tensor.element_size()) * 2
