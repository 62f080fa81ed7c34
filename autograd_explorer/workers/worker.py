"""What a worker does, from its first moment to its last: one piece of work.

It warms up, gives up all that the sandbox can take, and says that it is ready. Then it waits for
work, does it, answers, and waits again; it ends when nobody is at the other end any more.

Where a process cannot be forked, it is started with main(); the key to the address comes by its
standard input.
"""

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Protocol, cast

from autograd_explorer.workers import sandbox
from autograd_explorer.workers.shared_page import SharedPage

# First bytes of a worker's messages.
READY, PROGRESS, DONE = b"r", b"p", b"d"
_BETWEEN_REPORTS = 0.1  # seconds
# When the cores are busy, what readers move by hand goes first, and so does making workers ready.
_NICE = 10


class Job(Protocol):
    """A module that can do the work."""

    def warm_up(self) -> None:
        """Load all that the work will need: from then on nothing can be loaded."""
        ...

    def work(self, request: bytes, page: SharedPage, report: Callable[[int], object]) -> bytes: ...


def job_named(name: str) -> Job:
    return cast(Job, importlib.import_module(name))


def serve(job: Job, connection: Connection, page: SharedPage) -> None:
    """Work until the other end is closed."""
    job.warm_up()
    if os.name == "posix":
        os.nice(_NICE)
    had = sandbox.enter({connection.fileno()})
    connection.send_bytes(READY + ", ".join(had).encode())
    reported = 0.0

    def report(count: int) -> None:
        nonlocal reported
        now = time.monotonic()
        if now - reported > _BETWEEN_REPORTS:
            reported = now
            connection.send_bytes(PROGRESS + str(count).encode())

    while True:
        try:
            request = connection.recv_bytes()
        except EOFError:
            return
        page.clear()
        connection.send_bytes(DONE + job.work(request, page, report))


def main(name: str, address: str, page: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in zygote.py
    key = sys.stdin.buffer.readline().strip()
    fd = os.open(page, os.O_RDWR | getattr(os, "O_BINARY", 0))
    shared = SharedPage.attached(fd)
    with suppress(OSError):  # Windows keeps a file that somebody has mapped
        Path(page).unlink()
    with Client(address, authkey=key) as connection:
        serve(job_named(name), connection, shared)
