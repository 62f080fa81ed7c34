"""Memory that a worker and the server share, in which the worker leaves word of where it is.

A process that is killed, or that crashes, cannot say anything any more. So it says beforehand on
which line it is and what it has printed. A message for each line would cost more than the line;
a number in shared memory costs nothing.
"""

import mmap
import os
import struct
import tempfile
from pathlib import Path
from typing import Self

# The line; how many bytes of text are there; whether the program is over.
_HEAD = struct.Struct("<iI?")
_TEXT = 256 * 1024  # bytes of printed text that survive, the first ones
_SIZE = _HEAD.size + _TEXT


class SharedPage:
    """A line and a text. What is read here was written by a process that nobody trusts."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, _SIZE)
        self._line = 0
        self._used = 0
        self._over = False

    @classmethod
    def attached(cls, fd: int) -> Self:
        """The page behind a descriptor, which is closed."""
        try:
            return cls(fd)
        finally:
            os.close(fd)

    def clear(self) -> None:
        self._line = self._used = 0
        self._over = False
        self._head()

    def at(self, line: int) -> None:
        """The program has come to a line."""
        self._line = line
        self._head()

    def printed(self, text: str) -> None:
        """The program has printed a text; what no longer fits is left out."""
        part = text.encode(errors="replace")[: _TEXT - self._used]
        start = _HEAD.size + self._used
        self._memory[start : start + len(part)] = part
        self._used += len(part)
        self._head()

    def over(self) -> None:
        """The program has ended; what it did is still to be told."""
        self._over = True
        self._head()

    def _head(self) -> None:
        _HEAD.pack_into(self._memory, 0, self._line, self._used, self._over)

    def read(self) -> tuple[int, str]:
        """The line, and all that was printed."""
        line, used, _ = _HEAD.unpack_from(self._memory)
        text = self._memory[_HEAD.size : _HEAD.size + min(used, _TEXT)]
        return max(line, 0), text.decode(errors="replace")

    def is_over(self) -> bool:
        over: bool = _HEAD.unpack_from(self._memory)[2]
        return over

    def close(self) -> None:
        self._memory.close()


def unnamed_memory() -> int:
    """A descriptor of fresh memory of the right size, on Linux."""
    fd = os.memfd_create("page")
    os.ftruncate(fd, _SIZE)
    return fd


def memory_at(path: Path) -> int:
    """A descriptor of fresh memory of the right size in a file that is made for it."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    os.ftruncate(fd, _SIZE)
    return fd


def memory_in_a_file() -> tuple[int, Path]:
    """The same anywhere: a descriptor, and a path by which another process finds it. Whoever does
    removes it."""
    fd, name = tempfile.mkstemp()
    os.ftruncate(fd, _SIZE)
    return fd, Path(name)
