"""Warnings of a run go to that run alone. This file also knows the text of the warning that PyTorch
gives when .grad of a non-leaf is read."""

import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import torch

from autograd_explorer.language.belongings import WarningMessage

_MOST_HEARD = 100
_LONGEST = 1000  # characters of one
# What follows in a warning tells where in PyTorch's files it was given or, in anomaly mode, which
# functions of this interpreter recorded the node. The page names the line of the program.
_NOT_OF_THE_PROGRAM = re.compile(r" \(Triggered internally| Traceback of forward call")
_Note = Callable[[str, str], None]


@dataclass(slots=True)
class _Hearing:
    """.note   is called with each warning of a run
    .files  the files of the modules that gave a warning
    .aside  those of a trial that is going on; None outside one
    .always whether a warning is given each time, and not once for each line
    """

    note: _Note
    count: int = 0
    files: set[str] = field(default_factory=set)
    aside: set[str] | None = None
    always: bool = False


_heard: ContextVar[_Hearing | None] = ContextVar("heard", default=None)
_installing = threading.Lock()
_before: list[Any] = []  # what showed a warning before we did


@contextmanager
def hearing(note: _Note) -> Iterator[None]:
    """Inside the block this thread's warnings are told to `note`, as class name and words, and not
    printed. Only the first hundred are told: a program can give thousands of warnings, each with
    a different text.

    The warning filters of the process stay as they are. Python remembers each warning in order not
    to show it twice. These records are deleted after the block, so that the next run gets the same
    warnings and the records do not take more and more memory.
    """
    _install()
    hears = _Hearing(note)
    token = _heard.set(hears)
    try:
        yield
    finally:
        _heard.reset(token)
        for name in hears.files:
            _forget(name)


@contextmanager
def unheard() -> Iterator[set[str]]:
    """The block only tries something out: it warns again when it is really done. Gives the files
    that have warned until then."""
    hears = _heard.get()
    files: set[str] = set()
    if hears is None or hears.aside is not None:
        yield files
        return
    hears.aside = files
    try:
        yield files
    finally:
        hears.aside = None
        for name in files:
            _forget(name)


def start_anew(always: bool) -> None:
    """The program has changed a filter: Python gives again what it has given before."""
    hears = _heard.get()
    if hears is not None:
        hears.always = always
        for name in hears.files:
            _forget(name)


def hear(category: str, words: str) -> None:
    """Tell the run of this thread of a warning that was not raised as one."""
    hears = _heard.get()
    if hears is not None and hears.aside is None:
        _tell(hears, category, words)


def collect(runtime: Any, cls: type[Warning], words: str) -> None:
    """Put a warning where the program collects them."""
    heard = runtime.belongings.heard
    runtime.budget.check_length(heard, len(heard) + 1)
    heard.append(WarningMessage(cls(words), runtime.library.entry_of.get(cls, cls)))


def _tell(hears: _Hearing, category: str, words: str) -> None:
    hears.count += 1
    if hears.count <= _MOST_HEARD:
        hears.note(category, _NOT_OF_THE_PROGRAM.split(words)[0][:_LONGEST])


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
    """Replaces warnings.showwarning: tells the run on this thread, or shows the warning as before
    where no run is going on."""
    hears = _heard.get()
    if hears is None:
        _before[0](message, category, filename, lineno, file, line)
        return
    if hears.aside is not None:
        hears.aside.add(filename)
        return
    hears.files.add(filename)
    if hears.always:
        _forget(filename)
    _tell(hears, category.__name__, str(message))


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
