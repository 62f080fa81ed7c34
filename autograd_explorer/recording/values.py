"""What one number tells of all values of a tensor.

Every result of a run is asked, and every leaf, so the question has to cost less than the operation
that made the tensor. For the usual types NumPy answers sooner than PyTorch, from the same memory.
But memory that NumPy has looked at can no longer be resized, so an empty tensor is not asked: it
may be the `out=torch.empty(0)` of the next operation.
"""

from math import isfinite

import numpy as np
import torch
from torch import Tensor

_AS_NUMPY = frozenset((torch.float32, torch.float64))
_NO_ANSWER = (RuntimeError, TypeError, ValueError)  # sparse, or of a type that cannot be counted


def is_surely_finite(tensor: Tensor) -> bool:
    """Whether the sum of the values, or of their squares, tells that all are finite. Where finite
    ones overflow it, a closer look is to be taken."""
    dtype = tensor.dtype
    try:
        count = tensor.numel()
        if not count:
            return True
        if dtype in _AS_NUMPY and tensor.is_cpu:
            if count == 1:
                return isfinite(tensor.item())
            values = tensor.numpy(force=True)
            return isfinite(np.vdot(values, values))
        if dtype.is_floating_point or dtype.is_complex:
            total = tensor.detach().sum().item()
            return bool(total - total == 0)
    except _NO_ANSWER:
        pass
    return True


def has_nonzero(tensor: Tensor) -> bool:
    """Whether a tensor holds anything but zeros, as far as it can be asked."""
    try:
        if not tensor.numel():
            return False
        if tensor.dtype in _AS_NUMPY and tensor.is_cpu:
            return bool(np.count_nonzero(tensor.numpy(force=True)))
        return bool(tensor.detach().count_nonzero().item())
    except _NO_ANSWER:
        return True
