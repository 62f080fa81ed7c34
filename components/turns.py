"""One rerun at a time, and long work of one in slices.

Threads that all want Python's one lock spend themselves on waiting for it: 200 sessions that
moved a dial every 4 s waited for seconds; in turns they wait for a fraction of one. Turns come in
the order of arrival, except that those who keep the server busy let all others go first.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from autograd_explorer.process import Usage

# Seconds of turns used lately, in steps of which readers are told apart. A class that moves its
# dials stays within the first, and so keeps its order.
STEP = 1.0


class _Waiting(NamedTuple):
    """A thread that waits: .level  of what its reader has used; .number  in order of arrival."""

    level: int
    number: int
    thread: int
    reader: Hashable
    its_turn: threading.Event


class Turns:
    """A lock that is handed to whoever has used little lately, and of those, who asked first.

    .holder  the thread that has the turn; None while nobody has it
    .waiting  a heap of those that wait for it
    """

    def __init__(self) -> None:
        self.holder: int | None = None
        self.waiting: list[_Waiting] = []
        self._guard = threading.Lock()
        self._numbers = itertools.count()
        self._used = Usage()
        self._reader: Hashable = None  # of the holder
        self._since = 0.0  # when it was handed over

    @contextmanager
    def taken(self, reader: Hashable = None) -> Iterator[None]:
        """The block has the turn, on behalf of this reader."""
        self._take(reader)
        try:
            yield
        finally:
            self._end()

    def pass_on(self) -> None:
        """Let those who wait just now go first, unless they have used more."""
        reader = self._reader
        with self._guard:
            goes_on = not self.waiting or self.waiting[0].level > self._level_of(reader)
        if not goes_on:
            self._end()
            self._take(reader)

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Others have their turns inside the block, in which this thread only waits."""
        mine = self.holder == threading.get_ident()
        reader = self._reader
        if mine:
            self._end()
        try:
            yield
        finally:
            if mine:
                self._take(reader)

    def _take(self, reader: Hashable) -> None:
        me = threading.get_ident()
        with self._guard:
            if self.holder is None:
                self._hand_to(me, reader)
                return
            mine = _Waiting(
                self._level_of(reader), next(self._numbers), me, reader, threading.Event()
            )
            heapq.heappush(self.waiting, mine)
        mine.its_turn.wait()

    def _end(self) -> None:
        with self._guard:
            self._used.add(self._reader, time.monotonic() - self._since)
            if self.waiting:
                next_one = heapq.heappop(self.waiting)
                self._hand_to(next_one.thread, next_one.reader)
                next_one.its_turn.set()
            else:
                self.holder = None

    def _level_of(self, reader: Hashable) -> int:
        return int(self._used.of(reader) / STEP)

    def _hand_to(self, thread: int, reader: Hashable) -> None:
        self.holder, self._reader, self._since = thread, reader, time.monotonic()


TURNS = Turns()
