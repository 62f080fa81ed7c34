"""What the diagnosis needs to know of a run and what is no longer there when it has ended.

Each entry says in plain data what happened on a line: a tensor was changed in place after a node
had saved it, a value stopped being finite, a gradient was added to one that had been used already.
Tensors are held by weak references, so that nothing lives longer because it is watched.
"""

import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor

from autograd_explorer.recording.graph_walks import node_of
from autograd_explorer.recording.marks import mark_of, marked
from autograd_explorer.recording.node_tags import Note
from autograd_explorer.recording.values import is_surely_finite
from autograd_explorer.records import Entry
from autograd_explorer.torch_internals import (
    is_wrapped,
    name_of,
    owner_and_version,
)

_MOST_ENTRIES = 200
_MOST_NAMES = 8  # of one kind and line
_MOST_CHECKED = 100_000  # elements of a tensor whose values are looked at
_MOST_DETAILS = 400  # tensors that are looked at closely because they are not finite
_MOST_CHANGED = 2_000  # tensors, that are remembered
_MOST_CHANGES = 20  # of one tensor, that are remembered


class Change:
    """A tensor was changed in place: .version afterwards; .line; .during the numbers of all
    statements that were running, the innermost last; .how "step" by an optimizer, else "";
    .shape of the tensor; .module the line that made the module which did it."""

    __slots__ = ("during", "how", "line", "module", "shape", "version")

    def __init__(
        self, version: int, line: int, during: tuple[int, ...], how: str, shape: tuple[int, ...]
    ) -> None:
        self.version, self.line, self.during, self.how = version, line, during, how
        self.shape = shape
        self.module: int | None = None

    def is_later(self, note: Note) -> bool:
        """Whether it came after a node had been recorded."""
        return self.during[-1] > note.statement and note.statement not in self.during


class Ledger:
    """The entries of one run.

    names    the tensors that the program can reach now, by name
    running  the numbers of the statements that are running, innermost last
    stepped  told of each tensor that has changed in place, and the line
    """

    def __init__(self, names: Callable[[], Mapping[str, Tensor]], running: list[int]) -> None:
        self.names = names
        self.stepped: list[Callable[[Tensor, int], None]] = []
        self._running = running
        self._entries: dict[tuple[str, int, str], Entry] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        self._details = 0
        # By the id of a tensor that is no view, which the weak reference keeps unambiguous.
        self._changes: dict[int, tuple[weakref.ref[Tensor], list[Change]]] = {}
        self._changed_memory: dict[int, list[Change]] = {}

    def note(self, kind: str, line: int, name: str = "", /, **facts: Any) -> None:
        """Add an entry, unless there is one of this kind, line and name."""
        key = (kind, line, name)
        if key not in self._entries and len(self._entries) < _MOST_ENTRIES:
            self._entries[key] = Entry(kind, line, name, tuple(facts.items()))
            self._counts[kind, line] += 1

    def has_enough(self, kind: str, line: int) -> bool:
        """Whether a line has been noted for so many names that one more tells nothing new."""
        return self._counts[kind, line] >= _MOST_NAMES

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    def name_of(self, tensor: Tensor) -> str:
        return next((name for name, other in self.names().items() if other is tensor), "")

    def made(self, tensor: Tensor, line: int, empty: bool = False) -> None:
        """A tensor was made, or changed in place, on a line.
        empty  whether its values are what happened to be in memory, which tells nothing
        """
        if is_wrapped(tensor):
            return
        try:
            owner, version = owner_and_version(tensor)
        except RuntimeError:  # made by inference_mode
            return
        seen = getattr(owner, "_autograd_explorer_version", None)
        if seen is None:
            owner._autograd_explorer_version = version
        elif seen != version:
            self._note_version(owner, version, seen, line, "")
        elif owner is tensor:
            return  # only a name was given to what had been computed before
        if empty:
            marked(tensor).empty = version
        else:
            self.check(tensor, line)

    def check(self, tensor: Tensor, line: int) -> None:
        """Note whether the values of a tensor that was made on a line are finite."""
        if tensor.numel() <= _MOST_CHECKED and not is_surely_finite(tensor):
            if self._details < _MOST_DETAILS:
                self._details += 1
                self._note_values(tensor, line)

    # Changes in place

    def look(self, tensor: Tensor, line: int, how: str = "") -> None:
        """Note whether a tensor's version has risen since it was last seen."""
        if tensor.is_inference():
            return
        owner, version = owner_and_version(tensor)
        seen = getattr(owner, "_autograd_explorer_version", None)
        if seen != version:
            self._note_version(owner, version, seen, line, how)

    def look_at_all(self, leaves: Iterable[Tensor], line: int) -> None:
        """look() at leaves of a graph, none of which can have been made by inference_mode."""
        for leaf in leaves:
            owner, version = owner_and_version(leaf)
            seen = getattr(owner, "_autograd_explorer_version", None)
            if seen != version:
                self._note_version(owner, version, seen, line, "")

    def _note_version(
        self, owner: Any, version: int, seen: int | None, line: int, how: str
    ) -> None:
        owner._autograd_explorer_version = version
        if seen is not None and seen < version:
            mark = mark_of(owner)
            if mark is not None:
                mark.empty = -1
            during = tuple(self._running)
            self._changed(owner, Change(version, line, during, how, tuple(owner.shape)))

    def _changed(self, owner: Tensor, change: Change) -> None:
        found = self._changes.get(id(owner))
        if found is None or found[0]() is not owner:
            found = self._changes[id(owner)] = (weakref.ref(owner), [])
        for several in (found[1], self._changed_memory.setdefault(memory_of(owner), [])):
            several.append(change)
            del several[:-_MOST_CHANGES]
        for remembered in (self._changes, self._changed_memory):
            if len(remembered) > _MOST_CHANGED:
                del remembered[next(iter(remembered))]
        for told in self.stepped:
            told(owner, change.line)

    def changes_of(self, tensor: Tensor) -> list[Change]:
        found = self._changes.get(id(tensor))
        return found[1] if found is not None and found[0]() is tensor else []

    def changed(self) -> list[tuple[Tensor | None, list[Change]]]:
        """The tensors that have changed in place, None for those that are gone, and how."""
        return [(held(), changes) for held, changes in self._changes.values()]

    @property
    def has_changes(self) -> bool:
        return bool(self._changed_memory)

    def changes_in(self, memory: int) -> list[Change]:
        """The changes of tensors whose memory begins at an address."""
        return self._changed_memory.get(memory, [])

    # Values

    def _note_values(self, tensor: Tensor, line: int) -> None:
        values = tensor.detach()
        bad = ~torch.isfinite(values)
        count = int(bad.sum())
        if not count:
            return
        low = torch.zeros_like(bad) if values.is_complex() else torch.isneginf(values)
        kind = "nan" if bool(torch.isnan(values).any()) else "inf"
        if kind == "inf" and int(low.sum()) == count:
            kind = "-inf"
        row = values.shape[-1] if values.ndim else 0
        if not row or not bool(low.reshape(-1, row).all(-1).any()):
            row = 0
        node = node_of(tensor)
        operation = "" if node is None else name_of(node)
        self.note(
            "nonfinite", line, operation, kind=kind, count=count, size=values.numel(), row=row
        )


def memory_of(tensor: Tensor) -> int:
    """Where a tensor's memory begins; 0 where there is none."""
    try:
        # Of a tensor that begins where its memory does, the first answer costs a third.
        if not tensor.storage_offset() and tensor.numel():
            return tensor.data_ptr()
        return tensor.untyped_storage().data_ptr()
    except (NotImplementedError, RuntimeError):  # sparse
        return 0
