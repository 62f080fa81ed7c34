"""Run a script of one's own in a process of its own: the side of that process.

It is started by script.py with a folder, in which it leaves the answer, and says on a shared page
which line is running. What the script prints goes to the standard output, as always.
"""

import contextlib
import ctypes
import io
import os
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path

from autograd_explorer.watching.script import Watched, run_script
from autograd_explorer.wire import TooLarge, packed
from autograd_explorer.workers import SharedPage

ANSWER, OVER, PAGE, SOURCE = "answer", "over", "page", "source"
_DIE_WITH_PARENT = 1  # of prctl


def main(folder: str, script: str, *arguments: str) -> None:
    """Run the script, and leave in the folder what was seen. Ends as the script would have ended
    this process."""
    _end_with_the_server()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    place = Path(folder)
    page = SharedPage.attached(os.open(place / PAGE, os.O_RDWR | getattr(os, "O_BINARY", 0)))
    source = (place / SOURCE).read_text(encoding="utf-8")
    own = os.getpid()

    def over() -> None:
        """The script has ended; to be interrupted is too late."""
        if os.getpid() == own:
            if os.name == "posix":
                signal.signal(signal.SIGINT, signal.SIG_IGN)
            (place / OVER).touch()

    watched, raised = run_script(script, arguments, source, page.at, over)
    if os.getpid() != own:  # what the script has forked has come here as well
        sys.exit(0 if raised is None else 1)
    part = place / f"{ANSWER}.part"
    part.write_bytes(_packed(watched))
    part.replace(place / ANSWER)
    if isinstance(raised, SystemExit):
        raise raised
    if isinstance(raised, KeyboardInterrupt):
        sys.exit(1)  # whoever interrupted it knows
    if raised is not None:
        _print_as_python_would(raised)
        sys.exit(1)


def _packed(watched: Watched) -> bytes:
    """Of what is too large to be sent, the first passes are left out."""
    with contextlib.suppress(TooLarge):
        return packed(watched)
    run = watched.run
    last = run.backwards[-1:]
    statements = tuple(one._replace(backwards=()) for one in run.statements)
    run = replace(run, backwards=last, statements=statements)
    with contextlib.suppress(TooLarge):
        return packed(replace(watched, run=run, numbers=watched.numbers[-1:]))
    statements = tuple(one._replace(nodes=()) for one in statements)
    run = replace(run, backwards=(), graph=None, statements=statements)
    unseen = (*watched.unseen, "too_large")
    return packed(replace(watched, run=run, numbers=(), unseen=unseen))


def _print_as_python_would(error: BaseException) -> None:
    """The traceback, from the script's first frame on: what has called it is ours."""
    trace = error.__traceback__
    ours = (str(Path(__file__).parent), "<frozen runpy>")
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(ours):
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)


def _end_with_the_server() -> None:
    """Should nobody be left who would end this process, the system does; and when it runs out of
    memory, it ends this process before others."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
