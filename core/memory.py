"""Give memory back to the system after a run that took much of it."""

import ctypes
import gc
import sys
from functools import cache
from typing import Any


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
