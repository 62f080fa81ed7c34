"""The process that forks workers: it has imported everything, and has opened nothing.

It has one thread, so that what it forks is whole. Its standard input is a socket to the server, by
which it gets two descriptors for each worker, and answers with the worker's number. It ends when
the server does, and its workers with it.

The standard library's forkserver would do most of this. But it hands the server's environment on,
it has each child import the server's __main__, which under Streamlit is whichever page runs just
then, and it keeps how a child ended to itself.
"""

import contextlib
import gc
import os
import signal
import socket
import struct
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from autograd_explorer.process import freeze_heap
from autograd_explorer.workers.shared_page import SharedPage
from autograd_explorer.workers.worker import Job, job_named, serve

FORK, REAP = b"f", b"r"
NUMBER = struct.Struct("<q")


def main(name: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends all
    job = job_named(name)
    job.warm_up()
    _stand_nowhere()
    freeze_heap()
    gc.set_threshold(5000, 5, 2)
    server = socket.socket(fileno=0)
    with contextlib.suppress(ConnectionError):  # the server has ended meanwhile
        _fork_when_asked(job, server)


def _fork_when_asked(job: Job, server: socket.socket) -> None:
    while True:
        message, descriptors, _, _ = socket.recv_fds(server, 64, 2)
        if not message:
            return
        kind, rest = message[:1], message[1:]
        if kind == FORK:
            pid = _forked(job, server, descriptors)
            for fd in descriptors:
                os.close(fd)
            server.send(NUMBER.pack(pid))
        elif kind == REAP:
            # A worker that has ended keeps its number until the server asks how: so the server
            # can never send a signal to another process that was given the same number.
            _, status = os.waitpid(NUMBER.unpack(rest)[0], 0)
            server.send(NUMBER.pack(os.waitstatus_to_exitcode(status)))


def _forked(job: Job, server: socket.socket, descriptors: list[int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        server.close()
        for fd in (0, 1, 2):  # the first was the socket; nobody may fill the server's log
            os.dup2(os.open(os.devnull, os.O_RDWR), fd)
        connection, page = descriptors
        serve(job, Connection(connection), SharedPage.attached(page))
        code = 0
    finally:
        os._exit(code)
    return 0


def _stand_nowhere() -> None:
    """Work in a folder that is no longer there, so that nothing can be put into it."""
    with contextlib.suppress(OSError):
        folder = tempfile.mkdtemp()
        os.chdir(folder)
        Path(folder).rmdir()
