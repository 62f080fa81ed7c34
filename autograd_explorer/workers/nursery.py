"""Where workers come from: forked by a zygote on Linux, started one by one elsewhere."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, Pipe
from pathlib import Path
from typing import Any, Protocol

from autograd_explorer.workers.shared_page import SharedPage, memory_in_a_file, unnamed_memory
from autograd_explorer.workers.zygote import FORK, NUMBER, REAP

# Seconds for a fresh process to import everything, on a cold disk.
_PATIENCE = 120.0
# Of the server's environment, what the loader of shared libraries and Windows cannot do without.
_PASSED_ON = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")


class Handle(Protocol):
    """A worker's process."""

    @property
    def pid(self) -> int: ...

    def kill(self) -> None: ...

    def ended(self) -> int:
        """Wait for its end: its exit code, or minus the signal that ended it. To be called once."""
        ...


@dataclass(slots=True, eq=False)
class Worker:
    """.code  how its process ended, once that is known; None before"""

    handle: Handle
    connection: Connection
    page: SharedPage
    code: int | None = None

    def end(self) -> int:
        """Kill it, should it live, and let go of all that it has. Its exit code, or minus the
        signal that ended it; 0 where nobody can tell any more."""
        if self.code is None:
            self.handle.kill()
            try:
                self.code = self.handle.ended()
            except OSError:
                self.code = 0
            self.connection.close()
            self.page.close()
        return self.code


class Nursery(Protocol):
    def start(self) -> Worker:
        """A fresh worker, which still has to say that it is ready. OSError, where none comes."""
        ...

    def close(self) -> None:
        """End all workers, and whatever makes them."""
        ...


class ForkingNursery:
    """Workers forked by one zygote, which is started anew should it be gone."""

    def __init__(self, job: str) -> None:
        self._job = job
        self._lock = threading.Lock()
        self._zygote: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._closed = False

    def start(self) -> Worker:
        ours, theirs = Pipe()
        fd = unnamed_memory()
        try:
            page = SharedPage(fd)
            pid, zygote = self._ask(FORK, (theirs.fileno(), fd))
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
            os.close(fd)
        return Worker(_Forked(self, zygote, pid), ours, page)

    def has(self, zygote: subprocess.Popen[bytes]) -> bool:
        """Whether this is the zygote still. With one that is gone its workers go, and their numbers
        may soon be those of others."""
        return self._zygote is zygote and zygote.poll() is None

    def reap(self, pid: int, zygote: subprocess.Popen[bytes]) -> int:
        return self._ask(REAP + NUMBER.pack(pid), of=zygote)[0]

    def _ask(
        self,
        message: bytes,
        descriptors: tuple[int, ...] = (),
        of: subprocess.Popen[bytes] | None = None,
    ) -> tuple[int, subprocess.Popen[bytes]]:
        """The zygote's answer, and the zygote."""
        with self._lock:
            if self._closed or (of is not None and not self.has(of)):
                raise ConnectionError("the zygote is gone")
            if self._socket is None or self._zygote is None:
                self._socket, self._zygote = self._begun()
            try:
                socket.send_fds(self._socket, [message], descriptors)
                answer = self._socket.recv(NUMBER.size)
                if len(answer) != NUMBER.size:
                    raise ConnectionError("the zygote is gone")
            except OSError:
                self._end()
                raise
            return int(NUMBER.unpack(answer)[0]), self._zygote

    def _begun(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(_PATIENCE)
        with theirs:
            process = subprocess.Popen(  # noqa: S603
                _command("zygote", self._job),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=_environment(),
            )
        return ours, process

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._zygote is not None:
            self._zygote.kill()
            self._zygote.wait()
        self._socket = self._zygote = None

    def close(self) -> None:
        self._closed = True
        zygote = self._zygote
        if zygote is not None:
            zygote.kill()  # also where somebody waits for its answer just now
        with self._lock:
            self._end()


@dataclass(frozen=True, slots=True)
class _Forked:
    nursery: ForkingNursery
    zygote: "subprocess.Popen[bytes]"
    pid: int

    def kill(self) -> None:
        if self.nursery.has(self.zygote):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> int:
        return self.nursery.reap(self.pid, self.zygote)


class SpawningNursery:
    """Workers that each import everything by themselves, where no process can be forked."""

    def __init__(self, job: str) -> None:
        self._job = job
        self._alive: set[subprocess.Popen[bytes]] = set()

    def start(self) -> Worker:
        key = secrets.token_hex(32).encode()
        fd, path = memory_in_a_file()
        with Listener(authkey=key) as listener:
            process = subprocess.Popen(  # noqa: S603
                _command("worker", self._job, str(listener.address), str(path)),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                env=_environment(),
            )
            self._alive.add(process)
            page = SharedPage.attached(fd)
            assert process.stdin is not None  # noqa: S101  as asked for
            process.stdin.write(key + b"\n")
            process.stdin.close()
            threading.Thread(target=_unblock, args=(process, listener.address), daemon=True).start()
            try:
                connection = listener.accept()
            except (EOFError, AuthenticationError) as error:
                raise ConnectionError("a worker ended before it was there") from error
        return Worker(_Spawned(self, process), connection, page)

    def forget(self, process: subprocess.Popen[bytes]) -> None:
        self._alive.discard(process)

    def close(self) -> None:
        for process in list(self._alive):
            process.kill()
            process.wait()


@dataclass(frozen=True, slots=True)
class _Spawned:
    nursery: SpawningNursery
    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        self.process.kill()

    def ended(self) -> int:
        code = self.process.wait()
        self.nursery.forget(self.process)
        return code


def _unblock(process: "subprocess.Popen[bytes]", address: Any) -> None:
    """Knock in the place of a process that has ended, should somebody still wait for it."""
    process.wait()
    with contextlib.suppress(OSError):
        Client(address).close()


def can_fork() -> bool:
    """macOS can fork, but its own libraries do not always survive it."""
    return sys.platform == "linux"


def _command(module: str, *arguments: str) -> list[str]:
    start = f"import sys; from autograd_explorer.workers.{module} import main; main(*sys.argv[1:])"
    return [sys.executable, "-c", start, *arguments]


def _environment() -> dict[str, str]:
    """Nothing of the server's but where Python finds the engine: an environment holds secrets."""
    root = Path(__file__).parents[2]
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "PYTHONPATH": str(root),
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONUTF8": "1",
    }
