"""Starts the server anew when a turn never ends.

Everybody else waits for that turn, while the server still answers that it is healthy. Threads
cannot be stopped from outside, so it is the process that goes. Nothing is lost: all state is in
the addresses, and open pages connect again by themselves.

There are two lines. A thread looks at the turns, and puts a fresh process in the place of this
one. It cannot look while C code keeps Python's lock to itself, so it also winds up a timer of
faulthandler, over and over: a thread of C that needs no lock, and that ends the process when
nobody has wound it up for a while.
"""

import contextlib
import faulthandler
import os
import sys
import sysconfig
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from streamlit import config

from components.culprits import handed_on
from components.turns import Turns

EVERY = 1.0  # seconds between two looks
# Seconds without a sign of life before the process goes. A program lives for five at most, and
# comes by every 5 ms, save inside one operation of PyTorch, whose size is capped, and while a
# module draws random numbers. What a page does beside its programs takes less than one.
PATIENCE = 15.0
GRACE = 5.0  # seconds more for the first line, before the second one ends the process
STDERR = 2


class Watch:
    """.silent  for how many seconds whoever has the turn has given no sign of life.

    Counted in looks, not by a clock: while a process is stopped or a laptop sleeps, nobody looks.
    """

    def __init__(self, turns: Turns) -> None:
        self.silent = 0.0
        self._turns = turns
        self._seen: tuple[int, int] | None = None

    def look(self) -> None:
        """To be called every so many seconds."""
        # PyTorch's late imports take seconds, on a cold disk many. They are no silence either:
        # one module after the other arrives.
        found = (self._turns.signs, len(sys.modules))
        held = self._turns.holder is not None
        self.silent = self.silent + EVERY if held and found == self._seen else 0.0
        self._seen = found


def start(turns: Turns) -> None:
    """Watch, from now until the process ends."""
    # Another browser window would open, and where the port was taken the next one was found: what
    # the readers have open must be found there again.
    again = os.environ | {
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_PORT": str(config.get_option("server.port")),
        "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
    }
    threading.Thread(target=_keep_watch, args=(turns, again), name="watchdog", daemon=True).start()


def _keep_watch(turns: Turns, environment: Mapping[str, str]) -> None:
    watch = Watch(turns)
    while watch.silent < PATIENCE:
        if _timer_is_steady():
            faulthandler.dump_traceback_later(PATIENCE + GRACE, exit=True, file=STDERR)
        time.sleep(EVERY)
        watch.look()
    # From here on the timer runs, should any of this not come to its end.
    with contextlib.suppress(Exception):
        _report(turns)
    _restart({**environment, **handed_on(turns.holder)})


def _timer_is_steady() -> bool:
    """Whether the timer goes by a clock that nobody sets.

    A Python that was built without sem_clockwait() goes by the time of day. There a laptop that
    wakes up would have its server ended, so that there is no second line.
    """
    return sys.platform != "linux" or bool(sysconfig.get_config_var("HAVE_SEM_CLOCKWAIT"))


def _report(turns: Turns) -> None:
    """Say so in the log. Not through sys.stderr or logging: a stuck thread may hold their locks."""
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    frame = sys._current_frames().get(turns.holder or 0)
    where = "".join(traceback.format_stack(frame)) if frame else ""
    silence = f"for {PATIENCE:g} s a turn has given no sign of life"
    told = f"{now} watchdog: {silence}, so the server starts anew; it stood here:"
    os.write(STDERR, f"{told}\n{where}".encode())


def _restart(environment: Mapping[str, str]) -> NoReturn:
    """Put a fresh process with the same number and command line in the place of this one.

    So it works without anybody who would start it again: in a terminal, on a hosting platform,
    and as the first process of a container, whose end would be the container's.
    """
    try:
        # Windows would make another process, which the terminal does not wait for.
        if os.name == "posix":
            _let_go_of_files()
            command = [sys.executable, *sys.orig_argv[1:]]
            os.execve(sys.executable, command, dict(environment))  # noqa: S606
    finally:
        os._exit(1)


def _let_go_of_files() -> None:
    """Streamlit has its listening socket inherited: the port would stay taken, by ourselves."""
    for entry in Path("/dev/fd").iterdir():
        fd = int(entry.name)
        if fd > STDERR:
            with contextlib.suppress(OSError):  # the one that lists the folder is closed by now
                os.set_inheritable(fd, False)
