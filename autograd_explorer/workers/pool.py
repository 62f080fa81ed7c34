"""The server's side: which worker does what, who waits, and what becomes of those that do not end.

A worker does one piece of work and is then ended, so that nothing of one reader's is left for the
next. Others stand ready, warmed up, so that nobody waits for a fork. A pool of the standard
library, or loky, would unpickle what a worker sends, and gives the whole pool up when one of them
dies; here every worker may die, and what it sends is bytes.
"""

import atexit
import heapq
import itertools
import logging
import math
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from autograd_explorer.process import Allowance, Usage
from autograd_explorer.workers.nursery import (
    ForkingNursery,
    Nursery,
    SpawningNursery,
    Worker,
    can_fork,
)
from autograd_explorer.workers.worker import DONE, PROGRESS, READY

_LOG = logging.getLogger(__name__)
# Bytes of an answer that are taken at the most.
MOST_BYTES = 256 * 2**20
# Bytes that a worker at work may come to take together with its share of all the rest.
_ROOM = 512 * 2**20
_MOST_AT_ONCE = 8
# Seconds between two looks for a reader who no longer wants the answer.
_LOOK = 0.1
# Seconds until a fresh worker has to be ready, and until a reader is told that none is there.
_START, _PATIENCE = 120.0, 60.0
# Seconds with which a reader has used much, and places that are kept for those who have not: on two
# cores that leaves the others one of them.
_MUCH, _KEPT = 2.0, 2
# Pieces of work that one reader may have done in a row, and from then on in a second. Each takes a
# new process, whose making costs as much as many a page; nobody presses Run so often by hand.
_AT_ONCE, _PER_SECOND = 8, 0.5
_MOST_READERS = 1_000
_TRIALS, _BETWEEN_TRIALS = 3, 1.0  # to start a worker; seconds after one that failed
_KILL, _TIME_IS_UP = 9, 24  # SIGKILL, SIGXCPU; Windows has no names for them


class Ending(Enum):
    """How a piece of work ended."""

    ANSWERED = "answered"
    TOO_LONG = "too long"  # and was ended by the pool
    CRASHED = "crashed"  # by a signal that the worker's own code caused
    KILLED = "killed"  # by the system, or by somebody, and not by the pool
    GIVEN_UP = "given up"  # for nobody wanted it any more
    NO_WORKER = "no worker"  # it never began


class GiveUp(Exception):
    """To be raised by a report: the work ends there, and the answer tells how far it was."""


@dataclass(frozen=True, slots=True)
class Answer:
    """.payload  what the worker answered, where it did; nobody has looked at it
    .line, .printed  else, how far it had come by its own word
    .signal  the number of the signal that ended it, if one did; 0 for anything else"""

    ending: Ending
    payload: bytes = b""
    line: int = 0
    printed: str = ""
    signal: int = 0


_Times = tuple[float, float]  # as ask() has them: seconds, and packing


class _Clock:
    """Ends a worker when its time is up; later, where by then only its answer is to come."""

    def __init__(self, worker: Worker, seconds: float, packing: float) -> None:
        self._worker, self._packing = worker, packing
        self.has_rung = self._stopped = False
        self._start(seconds)

    def _start(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        packing, self._packing = self._packing, 0.0
        if self._stopped:
            return
        if packing and self._worker.page.is_over():
            self._start(packing)
        else:
            self.has_rung = True
            self._worker.handle.kill()

    def stop(self) -> None:
        self._stopped = True
        self._timer.cancel()


class Pool:
    """Workers for one kind of job.

    job      the name of a module that has warm_up() and work() (worker.py)
    size     how many work at the same time; by the machine's cores and memory if not given
    forking  whether workers are forked; by the system if not given
    """

    def __init__(self, job: str, size: int | None = None, forking: bool | None = None) -> None:
        fork = can_fork() if forking is None else forking
        self._nursery: Nursery = ForkingNursery(job) if fork else SpawningNursery(job)
        self.size = size or _size_for_this_machine()
        self._changed = threading.Condition()
        self._ready: deque[Worker] = deque()
        self._ended: deque[Worker] = deque()  # whose process has still to be waited for
        self._working = self._working_long = 0  # of those, for readers who have used much
        self._waiting: list[tuple[float, int]] = []  # a heap
        self._numbers = itertools.count()
        self._used = Usage()
        self._allowed: dict[Hashable, Allowance] = {}
        self._closed = False
        self._keeper: threading.Thread | None = None
        self._failed = 0  # times in a row that no worker could be started
        self.offered: str | None = None  # what the system offers to keep a worker in, once known

    def prepare(self) -> None:
        """Have workers made ready, without waiting for them."""
        with self._changed:
            if self._keeper is None and not self._closed:
                self._keeper = threading.Thread(target=self._keep, name="workers", daemon=True)
                self._keeper.start()
                atexit.register(self.close)

    def close(self) -> None:
        """End all of them."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._nursery.close()
        with self._changed:
            left = [*self._ready, *self._ended]
            self._ready.clear()
            self._ended.clear()
        for worker in left:
            worker.end()

    def ask(
        self,
        request: bytes,
        seconds: float,
        reader: Hashable = None,
        report: Callable[[int], object] | None = None,
        packing: float = 0.0,
    ) -> Answer:
        """Have one piece of work done.

        seconds  wall time after which the worker is killed
        packing  seconds more, if its page tells by then that only the answer is still to come
        reader   for whom: of those who wait, who has used least time lately comes first, and who
                 asks again and again is made to wait; None is nobody's reader, who may
        report   called with the progress that the worker tells of, several times a second, also
                 while there is none; what it raises ends the work, and is passed on unless it is
                 GiveUp
        """
        self.prepare()
        tell = report or (lambda count: None)
        try:
            with self._turn(reader, tell):
                for _ in range(self.size + 1):
                    answer = self._work_of_one(request, (seconds, packing), reader, tell)
                    if answer.ending is not Ending.KILLED or answer.line:
                        break
                    # It was killed before it began, so maybe while it stood ready. All others that
                    # stood ready may have been killed with it, and are not yet seen as gone.
                return answer
        except GiveUp:  # before it began
            return Answer(Ending.GIVEN_UP)

    def _work_of_one(
        self, request: bytes, times: _Times, reader: Hashable, report: Callable[[int], object]
    ) -> Answer:
        worker = self._take(report)
        if worker is None:
            return Answer(Ending.NO_WORKER)
        begun = time.monotonic()
        try:
            return self._converse(worker, request, times, report)
        finally:
            worker.handle.kill()
            with self._changed:
                self._used.add(reader, time.monotonic() - begun)
                self._ended.append(worker)
                self._changed.notify_all()

    def _converse(
        self, worker: Worker, request: bytes, times: _Times, report: Callable[[int], object]
    ) -> Answer:
        # It may also fall silent in the middle of a message, so a clock of its own ends it.
        clock = _Clock(worker, *times)
        count = 0
        try:
            worker.connection.send_bytes(request)
            while True:
                if worker.connection.poll(_LOOK):
                    message = worker.connection.recv_bytes(MOST_BYTES)
                    if message[:1] == DONE:
                        return Answer(Ending.ANSWERED, message[1:])
                    if message[:1] != PROGRESS or not message[1:20].isdigit():
                        return self._post_mortem(worker, late=False)
                    count = int(message[1:20])
                report(count)
        except (EOFError, OSError):
            return self._post_mortem(worker, late=clock.has_rung)
        except GiveUp:
            line, printed = worker.page.read()
            return Answer(Ending.GIVEN_UP, line=line, printed=printed)
        finally:
            clock.stop()

    def _post_mortem(self, worker: Worker, *, late: bool) -> Answer:
        """What is left to say of a worker that did not answer."""
        line, printed = worker.page.read()
        number = max(0, -worker.end())
        if late or number == _TIME_IS_UP:
            ending = Ending.TOO_LONG
        else:
            ending = Ending.KILLED if number == _KILL else Ending.CRASHED
        return Answer(ending, line=line, printed=printed, signal=number)

    # Whose turn it is

    @contextmanager
    def _turn(self, reader: Hashable, report: Callable[[int], object]) -> Iterator[None]:
        """Wait until there is a place, and nobody who waits has used less time.

        Of the `size` places, some are kept for readers who have used little, and so is a worker
        that stands ready.
        """
        if reader is not None:
            self._wait_for(self._allowance_of(reader).take, math.inf, report)
        with self._changed:
            used = 0.0 if reader is None else self._used.of(reader)
            much, most_long = used > _MUCH, max(1, self.size - _KEPT)
            me = (used, next(self._numbers))
            heapq.heappush(self._waiting, me)

        def is_mine() -> bool:
            if self._working >= self.size or self._waiting[0] != me:
                return False
            if not much or self._closed or self._failed >= _TRIALS:
                return True
            return self._working_long < most_long and len(self._ready) >= min(2, self.size)

        try:
            self._wait_for(is_mine, math.inf, report)
            with self._changed:
                self._working += 1
                self._working_long += much
        finally:
            with self._changed:
                self._waiting.remove(me)
                heapq.heapify(self._waiting)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._working_long -= much
                self._changed.notify_all()

    def _allowance_of(self, reader: Hashable) -> Allowance:
        with self._changed:
            # Who has been away for long has all of it again, so the oldest may be forgotten.
            allowed = self._allowed.pop(reader, None) or Allowance(_AT_ONCE, _PER_SECOND)
            self._allowed[reader] = allowed
            if len(self._allowed) > _MOST_READERS:
                del self._allowed[next(iter(self._allowed))]
            return allowed

    # What is ready

    def _wait_for(
        self, predicate: Callable[[], bool], seconds: float, report: Callable[[int], object]
    ) -> bool:
        """Wait until it holds, and see from time to time whether the reader still waits as well."""
        until = time.monotonic() + seconds
        while True:
            with self._changed:
                if self._changed.wait_for(predicate, _LOOK):
                    return True
            if time.monotonic() > until:
                return False
            report(0)

    def _take(self, report: Callable[[int], object]) -> Worker | None:
        """A worker that is ready and alive; None if there is none for a long time."""
        while self._wait_for(self._decided, _PATIENCE, report):
            with self._changed:
                if not self._ready:
                    if self._decided():
                        return None
                    continue  # another has been quicker
                worker = self._ready.popleft()
                self._changed.notify_all()
                if not worker.connection.poll(0):
                    return worker
                self._ended.append(worker)  # it has died while it waited
        return None

    def _decided(self) -> bool:
        """Whether there is a worker, or nothing to wait for."""
        return bool(self._ready) or self._closed or self._failed >= _TRIALS

    def _keep(self) -> None:
        """Wait for those that have ended, and make others ready."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closed or self._ended or len(self._ready) < self.size
                )
                if self._closed:
                    return
                ended = list(self._ended)
                self._ended.clear()
                wanted = len(self._ready) < self.size
            for worker in ended:
                worker.end()
            if wanted:
                made = self._make_ready()
                with self._changed:
                    self._failed = 0 if made else self._failed + 1
                    self._changed.notify_all()
                if not made:
                    time.sleep(_BETWEEN_TRIALS)

    def _make_ready(self) -> bool:
        try:
            worker = self._nursery.start()
        except OSError as error:
            if not self._closed:
                _LOG.error("no worker could be started: %s", error)
            return False
        try:
            message = worker.connection.recv_bytes(1000) if worker.connection.poll(_START) else b""
        except (EOFError, OSError):
            message = b""
        if message[:1] != READY:
            if not self._closed:
                _LOG.error("a worker did not get ready; it ended with %s", worker.end())
            return False
        if self.offered is None:
            self.offered = message[1:].decode(errors="replace")
            _LOG.warning("programs run in processes of their own: %s", self.offered or "no limits")
        with self._changed:
            self._ready.append(worker)
            self._changed.notify_all()
        return True


def _size_for_this_machine() -> int:
    """One more than there are cores, and as many as fit into the memory; two at least, so that one
    program never holds up everybody."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    by_memory = _memory() // _ROOM
    return max(2, min((cores or 1) + 1, by_memory, _MOST_AT_ONCE))


def _memory() -> int:
    """Bytes of memory that this process may use together with its children."""
    found = [_MOST_AT_ONCE * _ROOM]
    with suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):  # "max" stands for no limit
            found.append(int(Path(path).read_text()))
    return min(found)
