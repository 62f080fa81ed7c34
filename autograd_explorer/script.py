"""run_script(path): a script of one's own, in real Python, in a process of its own.

The process is no prison: the script may do whatever its user may do. It only keeps a crash, a hang
or a lack of memory from whoever asked.
"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from autograd_explorer.errors import StopRun
from autograd_explorer.isolated import name_of_signal
from autograd_explorer.records import Failure, run_without_values
from autograd_explorer.script_job import ANSWER, OVER, PAGE, SOURCE
from autograd_explorer.watching.script import Watched
from autograd_explorer.wire import unpacked_holder
from autograd_explorer.wire_checks import BadMessage
from autograd_explorer.workers import SharedPage
from autograd_explorer.workers.shared_page import memory_at

_LOG = logging.getLogger(__name__)
SECONDS = 600.0  # that a script may take
_START = 120.0  # seconds in which a process imports PyTorch, at the most
_LOOK = 0.1  # seconds between two looks at it
_GRACE = 10.0  # seconds in which a script that was interrupted may end
_TELLING = 120.0  # seconds in which what was seen of it may be told: seconds on a busy machine
_SHARE = 0.8  # of the machine's memory that a script may take
_MOST_BYTES = 256 * 2**20  # of an answer, as of a worker's
_MOST_PRINTED = 50_000  # characters that are kept of the beginning, and of the end
_BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); "
_BOOT += "from autograd_explorer.script_job import main; main(*sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a script is: the .line of it that is running (0 before the first), the .seconds that
    it has taken since that, and what it has .printed."""

    line: int
    seconds: float
    printed: str


def run_script(
    path: str | Path,
    arguments: Sequence[str] = (),
    *,
    seconds: float = SECONDS,
    memory: int | None = None,
    report: Callable[[Progress], object] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Watched:
    """Run a script as `python PATH ARGUMENTS` would, watched, in a process of its own.

    Whatever becomes of it is an answer: an exception, a crash, an end by os._exit or by a signal
    stand in .run.error. One that takes too long is interrupted as by Ctrl+C, and what was seen of
    it until then is returned.

    seconds      that it may take, from its first line on
    memory       bytes of memory that it may take, its own processes included; by default most of
                 the machine's. It is looked at ten times a second, on Linux
    report       is called several times a second, and may raise StopRun to interrupt the script;
                 anything else that it raises ends it as well, and is passed on
    environment  of the process; by default this one's
    Raises:      OSError, UnicodeDecodeError, where the script cannot be read
    """
    source = Path(path).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="autograd-explorer-") as folder:
        place = Path(folder)
        (place / SOURCE).write_text(source, encoding="utf-8")
        page = SharedPage.attached(memory_at(place / PAGE))
        root = str(Path(__file__).parent.parent)
        # Unbuffered, so that what a script has printed is known however it ends.
        command = [sys.executable, "-u", "-c", _BOOT, root, folder, str(path), *arguments]
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=None if environment is None else dict(environment),
            start_new_session=True,
        )
        running = _Running(process, page, place / OVER)
        try:
            failure = running.wait(seconds, memory or _most_memory(), report)
        finally:
            line = running.end()
            page.close()
        return _answer(place / ANSWER, source, running, failure, line)


def _answer(
    answer: Path, source: str, running: "_Running", failure: Failure | None, line: int
) -> Watched:
    """What the process has left, or else that it has left nothing, and why."""
    printed, code = running.printed(), running.process.returncode
    if answer.exists() and answer.stat().st_size <= _MOST_BYTES:
        try:
            watched = unpacked_holder(Watched, answer.read_bytes(), source)
        except BadMessage as bad:
            _LOG.error("a script's process has left what is no run: %s", bad)
        else:
            error = watched.run.error
            if failure is not None and error is not None and error.key == "stopped":
                error = replace(failure, line=error.line)
            return replace(watched, run=replace(watched.run, printed=printed, error=error))
    if failure is None:
        failure = Failure(line, 1, f"exit code {code}", "", "ended", "exit")
        if code < 0:
            failure = Failure(line, 1, name_of_signal(-code), "", "ended", "script_signal")
    failure = replace(failure, line=line)
    return Watched(run_without_values(source, printed, failure), (), 0, (), ())


class _Running:
    """A script's process, and what it prints.

    over  is there once the script has ended
    """

    def __init__(self, process: subprocess.Popen[bytes], page: SharedPage, over: Path) -> None:
        self.process, self._page, self._over = process, page, over
        self._printed = _Printed()
        assert process.stdout is not None  # noqa: S101
        self._reader = threading.Thread(
            target=self._printed.read, args=(process.stdout,), daemon=True
        )
        self._reader.start()

    def printed(self) -> str:
        return self._printed.text()

    def wait(
        self, seconds: float, memory: int, report: Callable[[Progress], object] | None
    ) -> Failure | None:
        """Wait for its end, or see to it; why, in the second case."""
        begun = first = time.monotonic()
        while not self._has_ended(_LOOK):
            line, now = self._page.read()[0], time.monotonic()
            if not line:
                first = now
            taken = now - first
            if taken > seconds or first - begun > _START:
                self._interrupt()
                return Failure(0, 1, "LimitReached", f"{seconds:g}", "limit", "seconds")
            if _holds_more(self.process.pid, memory):
                size = f"{memory / 2**30:.1f}"
                return Failure(0, 1, "LimitReached", size, "limit", "script_memory")
            try:
                if report is not None:
                    report(Progress(line, taken, self.printed()))
            except StopRun:
                self._interrupt()
                return Failure(0, 1, "StopRun", "", "ended", "stopped")
        return None

    def _has_ended(self, seconds: float) -> bool:
        """Whether it ends within so many seconds. Its number stays taken until end(), which ends
        whatever else has it."""
        until = time.monotonic() + seconds
        if os.name != "posix":
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
            return self.process.returncode is not None
        how = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while os.waitid(os.P_PID, self.process.pid, how) is None:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True

    def _interrupt(self) -> None:
        """As Ctrl+C would: what was seen until then is still told."""
        if os.name == "posix":
            self.process.send_signal(signal.SIGINT)
            if not self._has_ended(_GRACE) and self._over.exists():
                self._has_ended(_TELLING)

    def end(self) -> int:
        """End it, should it live, and all that it has started. The line that was running."""
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        self._reader.join(5.0)  # another session that it has begun may hold the pipe
        return self._page.read()[0]


class _Printed:
    """The beginning and the end of what a process prints; what it prints is always read, so that it
    never waits for us."""

    def __init__(self) -> None:
        self._first, self._last = bytearray(), bytearray()
        self._left_out = False
        self._lock = threading.Lock()

    def read(self, stream: IO[bytes]) -> None:
        with stream:
            while part := os.read(stream.fileno(), 65_536):
                with self._lock:
                    self._take(part)

    def _take(self, part: bytes) -> None:
        room = _MOST_PRINTED - len(self._first)
        self._first += part[:room]
        self._last += part[room:]
        if len(self._last) > _MOST_PRINTED:
            del self._last[:-_MOST_PRINTED]
            self._left_out = True

    def text(self) -> str:
        with self._lock:
            between = b"\n ...\n" if self._left_out else b""
            text = (self._first + between + self._last).decode("utf-8", errors="replace")
        return text.replace("\r\n", "\n")


def _holds_more(session: int, most: int) -> bool:
    """Whether the processes of a session hold more bytes of memory; where the system does not say,
    they do not."""
    sizes = {}
    for entry in Path("/proc").glob("[0-9]*/stat") if sys.platform == "linux" else ():
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = entry.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                sizes[entry.parent] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    if sum(sizes.values()) <= most:
        return False
    for folder in sizes:  # what several share counts once, which takes longer to find out
        with contextlib.suppress(OSError, ValueError, IndexError):
            told = (folder / "smaps_rollup").read_text().partition("\nPss:")[2].split()
            sizes[folder] = int(told[0]) * 1024
    return sum(sizes.values()) > most


def _most_memory() -> int:
    found = []
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with contextlib.suppress(OSError, ValueError):  # the limit of a container
        found.append(int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return int(min(found, default=2**62) * _SHARE)
