"""What the NumPy arrays of a run take, those that have been freed left out.

PyTorch's tensors are asked for their storage; an array is asked by a weak reference.
"""

import gc
import weakref
from typing import Any

_SMALL = 1024  # bytes: below that, an array stays counted when it is freed, like a list


class Arrays:
    """The larger arrays of one run."""

    def __init__(self) -> None:
        self._alive: dict[int, tuple[weakref.ref[Any], int]] = {}

    def added(self, array: Any) -> int:
        """The bytes that an array takes beside those that are counted already: none after
        `a += 1`."""
        if array.nbytes <= _SMALL:
            return int(array.nbytes)
        known, before = self._alive.get(id(array), (None, 0))
        if known is not None and known() is array:
            return 0
        self._alive[id(array)] = weakref.ref(array), array.nbytes
        return int(array.nbytes) - before

    def freed(self) -> int:
        """Forget the arrays that have been freed; the bytes that they took."""
        gc.collect()
        gone = [key for key, (array, _) in self._alive.items() if array() is None]
        return sum([self._alive.pop(key)[1] for key in gone])
