"""Everything heavy is imported here, once, before the first session.

plotly and pandas import each other lazily: several sessions meeting a cold server would find
half of a module. And the collector need not walk what never changes, so the heap is frozen.
"""

import contextlib
import gc
import os
import socket
import stat
import sys
from pathlib import Path

# One small problem a session, many sessions: more threads would only get in each other's way.
# torch.set_num_threads() alone leaves the BLAS of every new thread, and so of every rerun, with
# a team as wide as the machine, whose members wait for each other when the cores are busy.
# What stood there before is for a script of the reader's own (components/trusted.py).
os.environ.setdefault("AUTOGRAD_EXPLORER_OMP_NUM_THREADS", os.environ.get("OMP_NUM_THREADS", ""))
os.environ["OMP_NUM_THREADS"] = "1"

import torch

import autograd_explorer as ax
import components.every  # noqa: F401  with it plotly and pandas, which draw charts and tables
import texts
from autograd_explorer.process import compact_heap, freeze_heap
from components.headers import send_headers
from components.server import (
    close_unused,
    hear_only_what_pages_send,
    ignore_what_is_no_value,
    running_server,
)

torch.set_num_threads(1)
# Some warnings PyTorch gives once a process: of all readers, the first alone would hear them.
torch.set_warn_always(True)
ax.run(ax.Problem().source)  # what torch loads at its first backward is loaded here
ax.formula("AddBackward0")
ax.leaf_warning()  # it has to change the warnings filters for a moment
for language in texts.LANGUAGES:
    texts.for_page("explorer", language)


def send_at_once() -> None:
    """Turn Nagle's algorithm off on the server's sockets; what they accept inherits it.

    Streamlit opens its socket in a way that keeps asyncio from doing so: each update then waits
    some 40 ms for the browser to acknowledge the first part of it.
    """
    with contextlib.suppress(OSError):  # Windows has no such folder
        for fd in [int(entry.name) for entry in Path("/dev/fd").iterdir()]:
            with contextlib.suppress(OSError):
                if stat.S_ISSOCK(os.fstat(fd).st_mode):
                    with socket.socket(fileno=os.dup(fd)) as found:
                        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


ignore_what_is_no_value()
send_at_once()
compact_heap()
# A message passes several threads. While a page is computed, each of them would wait for Python's
# lock for the usual 5 ms.
sys.setswitchinterval(0.0005)
# Only full collections free a session, and a component's part of a rerun: they come soon. Young
# ones may be rare: what a rerun makes and drops has few cycles.
freeze_heap()
gc.set_threshold(5000, 5, 2)

server = running_server()
if server is not None:
    close_unused(server)
    hear_only_what_pages_send(server)
    send_headers()
    ax.prepare_workers()
