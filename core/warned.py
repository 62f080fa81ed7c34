"""Warnings: those of a run stay with the run, and PyTorch's words about .grad of a non-leaf."""

import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import torch

_MOST_HEARD = 100
_Heard = tuple[list[warnings.WarningMessage], set[str]]
# What a run has heard, and the files of the modules that warned it.
_heard: ContextVar[_Heard | None] = ContextVar("heard", default=None)
_installing = threading.Lock()
_before: list[Any] = []  # what showed a warning before we did


@contextmanager
def hearing() -> Iterator[list[warnings.WarningMessage]]:
    """Inside the block this thread's warnings are kept, the first hundred, and not printed: a
    program can make thousands, each of another text, and the server's log would hold them all.

    The filters of the process stay as they are. What Python remembers of a warning, so as not to
    show it twice, is forgotten afterwards: the next run hears it too, and nothing piles up.
    """
    _install()
    kept: list[warnings.WarningMessage] = []
    files: set[str] = set()
    token = _heard.set((kept, files))
    try:
        yield kept
    finally:
        _heard.reset(token)
        for name in files:
            _forget(name)


def _install() -> None:
    with _installing:
        if warnings.showwarning is not _show:
            _before[:] = [warnings.showwarning]
            warnings.showwarning = _show


def _show(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any = None,
    line: str | None = None,
) -> None:
    """In place of warnings.showwarning: to the run that is listening on this thread, if any."""
    heard = _heard.get()
    if heard is None:
        _before[0](message, category, filename, lineno, file, line)
        return
    kept, files = heard
    files.add(filename)
    if len(kept) < _MOST_HEARD:
        kept.append(warnings.WarningMessage(message, category, filename, lineno, file, line))


def _forget(filename: str) -> None:
    """Empty the registry of the module in a file."""
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) == filename:
            registry = getattr(module, "__warningregistry__", None)
            if registry:
                registry.clear()


@cache
def leaf_warning() -> str:
    """What this PyTorch says when .grad of a non-leaf is read, in its own words.

    Asked once, at boot: to catch a warning, the filters of the whole process have to be changed,
    which no session may do while others run.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        _ = (torch.ones(1, requires_grad=True) * 2).grad
    return str(caught[0].message).partition(" (Triggered internally")[0] if caught else ""
