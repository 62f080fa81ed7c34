"""What the system lets a worker do: compute, within a size and a time, and nothing else.

Everything here is given up for good. What a system does not offer is left out, and the worker
says what it had.
"""

import contextlib
import ctypes
import os
import sys
from collections.abc import Container
from pathlib import Path

from autograd_explorer.workers import landlock, seccomp

# Bytes that a worker may take besides what it has from the beginning.
MEMORY = 640 * 2**20
# Seconds of processor time. The server's clock stops a worker long before; this is for a worker
# that nobody looks after any more.
PROCESSOR = 20
_DIE_WITH_PARENT = 1  # of prctl
_KILL = 9
_FREE_TO_OPEN = 8  # descriptors besides those that are open: for landlock.py, before it is closed


def enter(kept: Container[int]) -> list[str]:
    """Give up all that a worker does not need. The names of what the system offered for that.

    kept  descriptors that stay open, besides the standard ones
    """
    os.environ.clear()
    had = []
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)
        _be_the_first_to_go()
    if os.name == "posix":
        _close_others(kept)
        _limit_resources()
        had.append("resource limits")
    if seccomp.forbid_new_privileges():
        if landlock.give_up_files():
            had.append(f"Landlock {landlock.version()}")
        if seccomp.keep_to_the_list():
            had.append("seccomp")
    return had


def _be_the_first_to_go() -> None:
    """When the system runs out of memory, it shall end a worker and not the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _close_others(kept: Container[int]) -> None:
    for fd in _open_descriptors():
        if fd > 2 and fd not in kept:
            with contextlib.suppress(OSError):  # the one that listed the folder is closed by now
                os.close(fd)


def _open_descriptors() -> list[int]:
    return [int(entry.name) for entry in Path("/dev/fd").iterdir()]


def _limit_resources() -> None:
    import resource  # Windows has no such module

    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CPU: PROCESSOR,
        resource.RLIMIT_NOFILE: max(_open_descriptors()) + _FREE_TO_OPEN,
    }
    size = _address_space()
    if size:
        limits[resource.RLIMIT_AS] = size + MEMORY
    for which, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def _address_space() -> int:
    """Bytes of memory that this process has mapped; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0
