"""The script that --trust was given for: it runs when the first page asks, and again on a button.

It is one for the server, whose readers are one person: whoever comes while it runs sees how far it
is, and nobody can start a second one beside it. A reader chooses nothing about it: neither the
file nor its arguments come from anywhere but the command line.
"""

import logging
import os
import threading
from dataclasses import dataclass, field
from types import MappingProxyType

import autograd_explorer as ax
from components.local_file import Options, options

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Execution:
    """One execution of the script. .watched is there once it is .over."""

    progress: ax.Progress = field(default_factory=lambda: ax.Progress(0, 0.0, ""))
    watched: ax.Watched | None = None
    over: threading.Event = field(default_factory=threading.Event)
    stopped: bool = False


class Trusted:
    """The script of this server."""

    def __init__(self, asked: Options) -> None:
        self._asked = asked
        self._lock = threading.Lock()
        self._latest: Execution | None = None

    def latest(self) -> Execution:
        """The execution that is going on, or else the last one; the first begins here."""
        with self._lock:
            if self._latest is None:
                self._latest = self._begin()
            return self._latest

    def again(self) -> None:
        """Run it once more, unless it runs."""
        with self._lock:
            if self._latest is None or self._latest.over.is_set():
                self._latest = self._begin()

    def stop(self) -> None:
        """Interrupt it; what was seen until then stays."""
        with self._lock:
            if self._latest is not None:
                self._latest.stopped = True

    def _begin(self) -> Execution:
        made = Execution()
        threading.Thread(target=self._run, args=(made,), daemon=True, name="trusted").start()
        return made

    def _run(self, made: Execution) -> None:
        def look(progress: ax.Progress) -> None:
            made.progress = progress
            if made.stopped:
                raise ax.StopRun

        asked = self._asked
        try:
            made.watched = ax.run_script(
                asked.program,
                asked.arguments,
                seconds=asked.seconds,
                report=look,
                environment=_environment(),
            )
        except Exception as error:  # the file is gone, or no process can be started
            _LOG.exception("the script could not be run")
            failure = ax.Failure(0, 1, type(error).__name__, str(error), "torch")
            nothing = ax.Run("", (), MappingProxyType({}), "", (), None, failure)
            made.watched = ax.Watched(nothing, (), 0, (), ())
        finally:
            made.over.set()


_guard = threading.Lock()
_scripts: list[Trusted] = []


def trusted() -> Trusted:
    """The one of this server; whether it may run, is asked before (local_file.may_run)."""
    with _guard:
        if not _scripts:
            asked = options()
            assert asked is not None and asked.trust  # noqa: S101
            _scripts.append(Trusted(asked))
        return _scripts[0]


def _environment() -> dict[str, str]:
    """This process's, but for what boot.py has changed for itself."""
    found = dict(os.environ)
    before = found.pop("AUTOGRAD_EXPLORER_OMP_NUM_THREADS", None)
    if before is not None:
        found.pop("OMP_NUM_THREADS", None)
        if before:
            found["OMP_NUM_THREADS"] = before
    return found
