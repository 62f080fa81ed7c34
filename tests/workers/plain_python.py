"""A job that hands its worker any Python: what a program would have that got out of the engine.

All that the tests want to use is imported here, for a worker can import nothing any more.
"""

import ctypes
import encodings.idna  # noqa: F401  which a connection asks for
import io
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import redirect_stdout

NAMES = {
    "ctypes": ctypes, "io": io, "mmap": mmap, "os": os, "resource": resource, "signal": signal,
    "socket": socket, "subprocess": subprocess, "sys": sys, "threading": threading, "time": time,
}  # fmt: skip
kept = {}


def warm_up():
    ctypes.CDLL(None)


def work(request, page, report):
    """Execute the text; what it printed, and what it raised."""
    said = io.StringIO()
    with redirect_stdout(said):
        try:
            names = {**NAMES, "kept": kept, "page": page, "report": report}
            exec(request.decode(), names)  # noqa: S102  this is what it is for
        except BaseException as error:
            print(f"{type(error).__name__}: {error}")
    return said.getvalue().encode()
