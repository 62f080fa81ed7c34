"""Who has had much of what is scarce, and who asks too often.

Both forget: what somebody did a minute ago hardly counts any more.
"""

import time
from collections.abc import Hashable

# Seconds after which half of the time that a reader has used is forgotten.
HALF_LIFE = 30.0
_MOST_READERS = 10_000


class Usage:
    """How many seconds of something each reader has used lately."""

    def __init__(self) -> None:
        self._used: dict[Hashable, tuple[float, float]] = {}  # reader → seconds, and when

    def of(self, reader: Hashable) -> float:
        """Seconds; of those before HALF_LIFE, one half."""
        seconds, when = self._used.get(reader, (0.0, 0.0))
        return float(seconds * 0.5 ** ((time.monotonic() - when) / HALF_LIFE))

    def add(self, reader: Hashable, seconds: float) -> None:
        seconds += self.of(reader)
        self._used.pop(reader, None)
        self._used[reader] = seconds, time.monotonic()
        if len(self._used) > _MOST_READERS:
            del self._used[next(iter(self._used))]


class Allowance:
    """How often somebody may still do something: at_once times in a row, and from then on
    per_second times a second, as it grows back with time."""

    def __init__(self, at_once: float, per_second: float) -> None:
        self._most, self._per_second = at_once, per_second
        self._left = at_once
        self._since = time.monotonic()

    def take(self) -> bool:
        """Use one; False if there is none."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._since) * self._per_second)
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
