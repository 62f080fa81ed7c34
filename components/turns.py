"""One rerun at a time, in the order of arrival, and long work of one in slices.

Threads that all want Python's one lock spend themselves on waiting for it: 200 sessions that
moved a dial every 4 s waited for seconds; in turns they wait for a fraction of one.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that is handed over in the order in which it was asked for.

    .holder  the thread that has the turn; None while nobody has it
    .waiting  the threads that wait for it, each with an event that is set when it is their turn
    """

    def __init__(self) -> None:
        self.holder: int | None = None
        self._guard = threading.Lock()
        self.waiting: deque[tuple[int, threading.Event]] = deque()

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self.holder is None:
                self._hand_to(me)
                return
            mine = threading.Event()
            self.waiting.append((me, mine))
        mine.wait()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self.waiting:
                next_one, its_turn = self.waiting.popleft()
                self._hand_to(next_one)
                its_turn.set()
            else:
                self.holder = None

    def pass_on(self) -> None:
        """Let everybody who waits just now go first."""
        if self.waiting:
            self.__exit__()
            self.__enter__()

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Others have their turns inside the block, in which this thread only waits."""
        mine = self.holder == threading.get_ident()
        if mine:
            self.__exit__()
        try:
            yield
        finally:
            if mine:
                self.__enter__()

    def _hand_to(self, thread: int) -> None:
        self.holder = thread


TURNS = Turns()
