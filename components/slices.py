"""Where long work on a page, such as placing a large graph, lets other readers go first."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FIRST = 0.02  # seconds before the first pause: most pages are drawn by then
SLICE = 0.005  # seconds between two pauses, from then on

_pause: ContextVar[Callable[[], None] | None] = ContextVar("pause", default=None)


@contextmanager
def pausing(pause: Callable[[], None]) -> Iterator[None]:
    """Inside the block, long work calls pause every 5 ms."""
    token = _pause.set(pause)
    try:
        yield
    finally:
        _pause.reset(token)


class Slices:
    """When to pause next."""

    def __init__(self) -> None:
        self._next = time.monotonic() + FIRST

    def pause(self) -> bool:
        """Pause, if it is time to; whether it was."""
        return self.take(time.monotonic()) is not None

    def take(self, now: float) -> float | None:
        """Pause, if it is time to: the seconds that it took, or None."""
        if now < self._next:
            return None
        pause = _pause.get()
        if pause is None:
            self._next = now + SLICE
            return 0.0
        pause()
        after = time.monotonic()
        self._next = after + SLICE
        return after - now
