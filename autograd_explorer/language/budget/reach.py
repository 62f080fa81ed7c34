"""How many elements the arguments of a call reach together: a bound for most results."""

import math
from collections.abc import Iterable
from typing import Any

from torch import Tensor


def reach(values: Iterable[Any], *, whole_numbers: bool = False) -> int:
    """The product of the sizes of tensors and lists, and of whole numbers if they are sizes."""
    product = 1
    for value in values:
        if isinstance(value, Tensor):
            product *= value.numel() or without_zeros(value.shape)
        elif isinstance(value, (list, tuple)):
            product *= _reach_of_list(value, whole_numbers) or 1
        elif whole_numbers and type(value) is int:
            product *= abs(value) or 1
    return product


def without_zeros(shape: Iterable[int]) -> int:
    """The size that an empty tensor counts for. An operation may drop its dimension of size 0, as a
    matrix product or a sum does, and then the other dimensions determine the result."""
    return math.prod(size or 1 for size in shape)


def _reach_of_list(values: Any, whole_numbers: bool) -> int:
    if whole_numbers and all(type(value) is int for value in values):
        return math.prod(abs(value) or 1 for value in values)
    total = 0
    for value in values:
        if isinstance(value, Tensor):
            total += value.numel() or without_zeros(value.shape)
        elif isinstance(value, (list, tuple)):
            total += reach(value) * len(value)
        else:
            total += 1
    return total


def has_tensor(values: Iterable[Any]) -> bool:
    return any(
        isinstance(value, Tensor) or (isinstance(value, (list, tuple)) and has_tensor(value))
        for value in values
    )
