"""What PyTorch imports at the first module, optimizer or jvp of a process: 800 modules of its own.

The seed program does without them, so a server starts without them. Whichever program is the
first to need them waits, but not at the cost of its own time. The warnings filter that one of
them adds is taken out again, and that another of them uses what PyTorch itself has deprecated
(torch.jit.script, for jvp) is nothing that a program could change.
"""

import gc
import threading
import time
import warnings

from autograd_explorer.process.heap import freeze_heap

_LOADED = threading.Event()
_LOADING = threading.Lock()


def has_deferred_imports() -> bool:
    """Whether they are there, and nobody has to wait."""
    return _LOADED.is_set()


def load_deferred_imports() -> float:
    """Import them, unless they are there. Returns the seconds that it took."""
    if _LOADED.is_set():
        return 0.0
    start = time.monotonic()
    with _LOADING:
        filters = list(warnings.filters)
        warnings.simplefilter("ignore", DeprecationWarning)
        import torch._decomp.decompositions_for_jvp
        import torch._dynamo  # noqa: F401

        warnings.filters[:] = filters  # type: ignore[index]
        if gc.get_freeze_count():  # where boot.py froze the heap, the collector need not walk this
            freeze_heap()
        _LOADED.set()
    return time.monotonic() - start
