"""What the collector walks, and what goes back to the system after a run that took much."""

import contextlib
import ctypes
import gc
import sys
from functools import cache
from typing import Any

# Of glibc's malloc.h; and bytes: first screens are as large, updates are not.
_M_MMAP_THRESHOLD, _M_ARENA_MAX, _LARGE = -3, -8, 64 * 1024


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
