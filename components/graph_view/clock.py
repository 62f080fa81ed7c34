"""Let others go first while a graph is being drawn, and know when to stop improving it."""

import math
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from components.slices import Slices

PART = 4096  # items, which take a millisecond or two

T = TypeVar("T")


class Clock:
    """A time limit that leaves out the pauses in which others went first."""

    def __init__(self, seconds: float = math.inf) -> None:
        self._slices = Slices()
        self._end = time.monotonic() + seconds

    def over(self) -> bool:
        """Whether the time is up. Asking is also what lets others go first."""
        now = time.monotonic()
        pause = self._slices.take(now) or 0.0
        self._end += pause
        return now + pause > self._end

    def parts(self, items: Sequence[T]) -> Iterator[Sequence[T]]:
        """A long sequence in parts, with a chance for others before each."""
        for start in range(0, len(items), PART):
            self.over()
            yield items[start : start + PART]
