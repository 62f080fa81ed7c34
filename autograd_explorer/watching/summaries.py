"""What is kept of a tensor: all of its values if it is small, else a summary and a sample."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from autograd_explorer.recording.snapshot import array_of
from autograd_explorer.records import Array, Sample, Summary

WHOLE = 1024  # elements of a tensor that is kept whole
_SAMPLED = 64  # places in a larger one
_NOTHING = np.empty(0)
_NOTHING.setflags(write=False)


class Copier:
    """Copies tensors, up to so many elements whole."""

    def __init__(self, whole: int = WHOLE) -> None:
        self.whole = whole
        self._known: dict[tuple[object, ...], Array] | None = None

    @contextmanager
    def of_saved(self) -> Iterator[None]:
        """In the block no tensor changes: one that several nodes have saved is summarised once."""
        self._known = {}
        try:
            yield
        finally:
            self._known = None

    def __call__(self, tensor: Tensor) -> Array:
        try:
            return self._copy(tensor)
        except (RuntimeError, TypeError, ValueError, NotImplementedError):
            return _NOTHING  # of a kind that has no values, such as those of the device "meta"

    def _copy(self, tensor: Tensor) -> Array:
        with torch.no_grad():
            if tensor.numel() <= self.whole:
                return array_of(tensor)
            if tensor.layout is not torch.strided:
                values = tensor.coalesce().values() if tensor.layout is torch.sparse_coo else None
                return _sampled(tensor, tensor.to_dense() if values is None else values)
            if self._known is None:
                return _sampled(tensor, tensor.detach())
            key = (tensor.data_ptr(), tensor.shape, tensor.stride(), tensor.dtype, tensor.device)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = _sampled(tensor, tensor.detach())
            return found


def _sampled(tensor: Tensor, values: Tensor) -> Array:
    size = tensor.numel()
    if not values.numel():
        values = values.new_zeros(1)
    real = values.abs() if values.is_complex() else values
    if values.dtype.is_floating_point and values.element_size() < 2:
        real = values = values.float()  # eight bits can be compared only as more
    low, high = torch.aminmax(real)
    ends = torch.stack([low, high])
    # One trip from the device for all of it.
    numbers = [
        low.double(),
        high.double(),
        torch.count_nonzero(values).double(),
        _norm(real).double(),
    ]
    smallest, largest, nonzero, norm = torch.stack(numbers).tolist()
    nonfinite = 0.0
    if not (math.isfinite(smallest) and math.isfinite(largest)):
        finite = torch.isfinite(values)
        nonfinite = 1 - float(finite.sum()) / size
        norm = float(_norm(torch.where(finite, real, torch.zeros_like(real))))
    places = torch.take(values, _places(values.numel(), values.device))
    sample = array_of(torch.cat([places, ends.to(places.dtype)])).view(Sample)
    sample.summary = Summary(
        tuple(tensor.shape), str(tensor.dtype), size, norm, smallest, largest,
        1 - nonzero / size, nonfinite,
    )  # fmt: skip
    sample.setflags(write=False)
    return sample


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
