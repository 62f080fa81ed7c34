"""What is kept of a tensor: all of its values if it is small, else a summary and a sample."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from autograd_explorer.recording.parts import PLAIN
from autograd_explorer.recording.room import Room
from autograd_explorer.recording.snapshot import array_of, bytes_as_array
from autograd_explorer.records import Array, Sample, Summary
from autograd_explorer.torch_internals import StorageWeakRef, storage_key, version_of

WHOLE = 1024  # elements of a tensor that is kept whole
_SAMPLED = 64  # places in a larger one
_FEW = 4  # tensors of one shape, which are copied one by one
# A view comes soon after what it is a view of. What is remembered for longer keeps small pieces of
# memory between large ones, which then cannot be given back.
_MOST_KNOWN = 32
_NOTHING = np.empty(0)
_NOTHING.setflags(write=False)
# NumPy counts zeros four times as fast as PyTorch on one core.
_COUNTED = {torch.float32, torch.float64}


class Measures(NamedTuple):
    """Of all elements of a tensor, whatever their order."""

    low: float
    high: float
    norm: float
    zeros: float
    nonfinite: float


class _Known(NamedTuple):
    storage: StorageWeakRef
    version: int
    measures: Measures


class Copier:
    """Copies tensors, up to so many elements whole. Many nodes pass on a view of what they got; its
    memory is measured once, as long as it lives and has not changed."""

    def __init__(self, whole: int = WHOLE) -> None:
        self.whole = whole
        self._known: dict[tuple[object, ...], _Known] = {}

    def __call__(self, tensor: Tensor) -> Array:
        try:
            if tensor.numel() <= self.whole:
                try:  # as array_of() does first, without another call: most tensors end here
                    array: Array = tensor.numpy(force=True).copy()
                    array.setflags(False)  # type: ignore[call-arg]
                    return array
                except (RuntimeError, TypeError):
                    return array_of(tensor)
            with torch.no_grad():
                return self._sampled(tensor.detach())
        except (RuntimeError, TypeError, ValueError, NotImplementedError):
            return _NOTHING  # of a kind that has no values, such as those of the device "meta"

    def hold(self, tensor: Any) -> Any:
        """What all() will make a copy of: the tensor itself, or a copy of a large one; None of
        None."""
        try:
            return tensor if tensor is None or tensor.numel() <= self.whole else self(tensor)
        except RuntimeError:  # nested
            return self(tensor)

    def all(self, held: Sequence[Any]) -> list[Array | None]:
        """A copy of each, of what hold() has given. Small tensors of one shape are copied by one
        call into one array, of which each gets a row: to copy one alone takes ten times as long as
        its numbers need."""
        found = list(held)
        alike: dict[tuple[torch.dtype, torch.Size], list[int]] = {}
        for i, tensor in enumerate(held):
            if tensor.__class__ in PLAIN and tensor.dtype in _COUNTED and not tensor.is_nested:
                alike.setdefault((tensor.dtype, tensor.shape), []).append(i)
            elif isinstance(tensor, Tensor):
                found[i] = self(tensor)
        for (_, shape), places in alike.items():
            several = [held[i] for i in places]
            rows = self._rows(several) if shape and 0 < shape.numel() <= self.whole else None
            for i, row in zip(places, map(self, several) if rows is None else rows, strict=True):
                found[i] = row
        return found

    def _rows(self, tensors: list[Any]) -> Iterable[Array] | None:
        """Copies of tensors of one type and shape; None where they have to be copied singly."""
        if len(tensors) < _FEW:
            return None
        try:
            with torch.no_grad():
                array: Array = torch.stack(tensors).numpy(force=True)
        except (RuntimeError, TypeError):  # on several devices, or sparse
            return None
        array.setflags(False)  # type: ignore[call-arg]
        return array

    def _sampled(self, tensor: Tensor) -> Array:
        values = tensor
        if tensor.layout is not torch.strided:
            is_list = tensor.layout is torch.sparse_coo
            values = tensor.coalesce().values() if is_list else tensor.to_dense()
        if not values.numel():
            values = values.new_zeros(1)
        if values.is_floating_point() and values.element_size() < 2:
            values = values.float()  # eight bits can be compared only as more
        measures = self._measures(values) if values is tensor else _measure(values)
        places = array_of(torch.take(values, _places(values.numel(), values.device)))
        ends = np.array([measures.low, measures.high]).astype(places.dtype)
        sample = np.concatenate((places, ends)).view(Sample)
        size = tensor.numel()
        zeros = measures.zeros
        if values.numel() != size:
            zeros = 1 - (1 - zeros) * values.numel() / size
        sample.summary = Summary(
            tuple(tensor.shape), str(tensor.dtype), size, measures.norm, measures.low,
            measures.high, zeros, measures.nonfinite,
        )  # fmt: skip
        sample.setflags(write=False)
        return sample

    def _measures(self, values: Tensor) -> Measures:
        storage = values.untyped_storage()
        key: tuple[object, ...] = (
            storage_key(storage),
            values.storage_offset(),
            values.numel(),
            values.dtype,
            values.is_neg(),
        )
        is_dense = torch.ops.aten.is_non_overlapping_and_dense(values)
        if not is_dense:
            key = (*key, values.shape, values.stride())
        version = version_of(values)
        known = self._known.get(key)
        if known is not None and known.version == version and not known.storage.expired():
            return known.measures
        if is_dense:  # in the order of memory: a transposed matrix is read as fast as any
            values = values.as_strided((values.numel(),), (1,))
        measures = _measure(values)
        if len(self._known) >= _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[key] = _Known(StorageWeakRef(storage), version, measures)
        return measures


class Copies:
    """How the tensors of a run are copied: whole, as long as none has been too large for that."""

    def __init__(self, room: Room) -> None:
        self._room, self._sampling = room, Copier(room.most_whole)

    @property
    def way(self) -> Callable[[Tensor], Array]:
        return self._sampling if self._room.has_large else array_of

    def bytes_of(self, tensor: Tensor) -> int:
        """The bytes of copies of a tensor and its gradient; of a sample hardly any."""
        large = self._room.has_large and tensor.numel() > self._room.most_whole
        return 0 if large else bytes_as_array(tensor)


def _measure(values: Tensor) -> Measures:
    for axis, stride in enumerate(values.stride()):
        if stride == 0 and values.shape[axis] > 1:  # expanded: one element many times
            once = _measure(values.select(axis, 0))
            return once._replace(norm=once.norm * math.sqrt(values.shape[axis]))
    size = values.numel()
    real = values.abs() if values.is_complex() else values
    ends = torch.aminmax(real)
    if values.dtype in _COUNTED and values.device.type == "cpu":
        smallest, largest = ends.min.item(), ends.max.item()
        norm = _norm(real).item()
        zeros = int(np.count_nonzero(values.numpy() == 0))
    else:
        numbers = [ends.min, ends.max, _norm(real), torch.count_nonzero(values)]
        # One trip from the device for all of it.
        together = torch.stack([number.double() for number in numbers])
        smallest, largest, norm, nonzero = together.tolist()
        zeros = size - round(nonzero)
    nonfinite = 0.0
    if not (math.isfinite(smallest) and math.isfinite(largest)):
        finite = torch.isfinite(values)
        nonfinite = 1 - float(finite.sum()) / size
        norm = float(_norm(torch.where(finite, real, torch.zeros_like(real))))
    return Measures(smallest, largest, norm, zeros / size, nonfinite)


def _norm(values: Tensor) -> Tensor:
    if not values.is_floating_point():
        values = values.double()
    # In single precision the squares of half precision's largest numbers do not overflow.
    wide = torch.float32 if values.element_size() < 4 else values.dtype
    norm: Tensor = torch.linalg.vector_norm(values, dtype=wide)
    return norm


@lru_cache(maxsize=256)
def _places(size: int, device: torch.device) -> Tensor:
    with torch.inference_mode(False):
        spread = np.linspace(0, size - 1, min(_SAMPLED, size)).astype(np.int64)
        return torch.from_numpy(spread).to(device)
