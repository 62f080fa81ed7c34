"""What the collector walks, and what goes back to the system after a run that took much."""

import contextlib
import ctypes
import gc
import sys
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

# Of glibc's malloc.h; and bytes: first screens are as large, updates are not.
_M_MMAP_THRESHOLD, _M_ARENA_MAX, _LARGE = -3, -8, 64 * 1024
# So many more objects than before have to be there, for the collector to begin during a run.
_SELDOM = 50_000


def compact_heap() -> None:
    """Have all threads allocate from one heap, and large blocks outside it.

    A server makes a thread for every rerun, and what a class leaves behind in heaps of their own
    no later thread uses up. Left alone, glibc soon puts blocks as large as first screens into the
    heap, where the small ones between them keep their place from going back to the system.
    """
    with contextlib.suppress(OSError, AttributeError):  # only glibc has this
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def freeze_heap() -> None:
    """Spare the collector all that is alive now.

    A full collection comes when a quarter as many objects are new as the last one found. So one
    that finds nothing has to follow: else the next would wait for a quarter of the frozen ones.
    """
    gc.collect()
    gc.freeze()
    gc.collect()


class _Seldom:
    """How many runs go on in this process, and the thresholds that hold outside of them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.runs = 0
        self.thresholds = gc.get_threshold()

    def begin(self) -> None:
        with self.lock:
            self.runs += 1
            if self.runs == 1:
                self.thresholds = first, *others = gc.get_threshold()
                if first:  # 0 means never
                    gc.set_threshold(max(first, _SELDOM), *others)

    def end(self) -> None:
        with self.lock:
            self.runs -= 1
            if self.runs == 0:
                gc.set_threshold(*self.thresholds)


_SELDOM_NOW = _Seldom()


@contextlib.contextmanager
def collected_seldom() -> Iterator[None]:
    """The block runs a program. What a run keeps is no garbage, and what it drops is nearly always
    freed at once, so the collector would walk over thousands of objects again and again for
    nothing."""
    _SELDOM_NOW.begin()
    try:
        yield
    finally:
        _SELDOM_NOW.end()


def give_back() -> None:
    """Free what only reference cycles hold, and let the allocator return what is free.

    The functions and classes of a program refer to each other, so that nothing but the collector
    frees what they hold. The C library keeps freed blocks for later use; on a server with many
    readers, the next one may not need them for hours.
    """
    gc.collect()
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    """glibc's malloc_trim; None where there is no such thing."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
