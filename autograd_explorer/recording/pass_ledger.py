"""Entries of the ledger about backward passes: what each has added to a leaf's .grad, which nodes
it shares with an earlier one, and whether what it reads is still what the forward pass saved."""

import re
import weakref
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from autograd_explorer.recording.ledger import Change, Ledger, memory_of
from autograd_explorer.recording.node_tags import Note, line_of_leaf
from autograd_explorer.recording.trace import RecordedGraph
from autograd_explorer.recording.values import has_nonzero
from autograd_explorer.records import Array, BackwardGraph, are_finite
from autograd_explorer.torch_internals import preserving_version, saved_attributes

_LEAF = "AccumulateGrad"
_SINGLE = np.dtype(np.float32)
_CHANGED = (
    r"modified by an inplace operation: \[\S+ \[(.*?)\]\].* is at version (\d+); "
    r"expected version (\d+)"
)
_MISSING = "is not implemented"
_FREED = ("backward through the graph a second time", "after they have already been freed")


class _Sum:
    """What is in a leaf's .grad: the .parts that passes have added since it was last cleared, each
    with its line, the line of what it differentiated, and how often the leaf had changed."""

    __slots__ = ("leaf", "parts", "steps")

    def __init__(self, leaf: Tensor) -> None:
        self.leaf = weakref.ref(leaf)
        self.parts: list[tuple[int, int, int]] = []
        self.steps = 0


class PassLedger:
    """What is noted about the passes of one run."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        ledger.stepped.append(self._stepped)
        self._sums: dict[int, _Sum] = {}
        self._by_memory: dict[int, int] = {}
        self._lines: dict[int, int] = {}  # of the passes
        self.on_ctx: list[tuple[int, str]] = []
        self._is_finite = True  # all that passes have brought to leaves
        self._differentiable = False  # whether a pass has recorded what it did

    def before(self, graph: RecordedGraph) -> None:
        """A pass is about to run through a graph."""
        if not graph.capturing:
            named = reversed(list(graph.names.items()))  # the first of several names holds
            names = {id(tensor): name for name, tensor in named}
            for _, leaf in graph.leaves():
                self._look_at_leaf(leaf, names)
        if self.ledger.has_changes:
            self._find_hidden_changes(graph)
        if self._differentiable:
            for line, name in self.on_ctx:
                self.ledger.note("lost_in_ctx", line, name)

    @property
    def count(self) -> int:
        """How many passes have run."""
        return len(self._lines)

    def _look_at_leaf(self, leaf: Tensor, names: Mapping[int, str]) -> None:
        found = self._sums.get(id(leaf))
        if found is None or found.leaf() is not leaf:
            found = self._sums[id(leaf)] = _Sum(leaf)
            self._by_memory[memory_of(leaf)] = id(leaf)
            if not has_nonzero(leaf):
                changes = self.ledger.changes_of(leaf)
                line = changes[-1].line if changes else line_of_leaf(leaf)
                self.ledger.note("zero_leaf", line or 0, names.get(id(leaf), ""))
        if found.parts and (leaf.grad is None or not has_nonzero(leaf.grad)):
            found.parts.clear()

    def after(self, graph: RecordedGraph, number: int, line: int, again: bool) -> bool:
        """A pass has run, the number-th; `again` says whether it has been recorded itself. Returns
        whether it is the first with a leaf's gradient that is not finite."""
        self._differentiable |= again
        self._lines[number] = line
        telling = False
        root = graph.notes[0]
        made = line if root is None else root.line
        for i, (note, kind) in enumerate(zip(graph.notes, graph.classes, strict=True)):
            if note is not None and kind != _LEAF:
                note.ran, note.place = number, i
        for i, leaf in graph.leaves() if not graph.capturing else ():
            if graph.received[i] is not None:
                found = self._sums.get(id(leaf))
                if found is not None:
                    found.parts.append((line, made, found.steps))
        if self._is_finite and not graph.capturing:
            self._is_finite = _all_finite([graph.received[i] for i, _ in graph.leaves()])
            telling = not self._is_finite
        return telling

    def _stepped(self, tensor: Tensor, line: int) -> None:
        """A tensor has changed in place: if it is a leaf, its gradient has been used."""
        found = self._sums.get(id(tensor))
        if found is None or found.leaf() is not tensor:
            memory = memory_of(tensor)
            found = self._sums.get(self._by_memory.get(memory, 0))
            leaf = None if found is None else found.leaf()
            if found is None or leaf is None or memory_of(leaf) != memory:
                return
        self._note_sum(found, line)
        found.steps += 1

    def _note_sum(self, found: _Sum, step_line: int | None) -> None:
        """A leaf's gradient is used on a line, or the run ends."""
        leaf, parts = found.leaf(), found.parts
        if leaf is None or len(parts) < 2 or leaf.grad is None:
            return
        line, made, _ = parts[-1]
        is_stale = parts[0][2] != parts[-1][2]
        kind, at = ("stale_gradient", line) if is_stale else ("summed_passes", made)
        if (is_stale and step_line is None) or self.ledger.has_enough(kind, at):
            return
        facts: dict[str, Any] = {"passes": len(parts)}
        if is_stale:
            facts |= {"first_line": parts[0][0], "step_line": step_line}
        else:
            facts["backward_line"] = line
        self.ledger.note(kind, at, self.ledger.name_of(leaf), **facts)

    def at_end(self) -> None:
        for found in self._sums.values():
            leaf = found.leaf()
            several = leaf is not None and len(found.parts) > 1 and leaf.grad is not None
            if several and has_nonzero(leaf.grad):  # type: ignore[union-attr, arg-type]
                self._note_sum(found, None)

    # What has changed since it was saved

    def _find_hidden_changes(self, graph: RecordedGraph) -> None:
        """Saved tensors whose memory has changed in a way that PyTorch does not see. It refuses to
        read those whose change it sees."""
        for i, note in enumerate(graph.notes):
            for memory in graph.saved.memory(i) if note is not None else ():
                for change in self.ledger.changes_in(memory) if memory else ():
                    if note is not None and change.is_later(note):
                        self.ledger.note(
                            "changed_behind_autograd", change.line, note.name or "",
                            node=graph.classes[i], saved_line=note.line,
                        )  # fmt: skip

    def failed(self, graph: RecordedGraph, error: Exception, line: int, last_line: int,
               passes: Mapping[int, BackwardGraph]) -> None:  # fmt: skip
        """A pass has failed; last_line is that of the last statement that ran before."""
        words = str(error)
        if "modified by an inplace operation" in words:
            self._find_change(graph, line)
        elif any(freed in words for freed in _FREED):
            self._find_shared(graph, line, passes)
        elif "returned an incorrect number of gradients" in words:
            numbers = [int(n) for n in re.findall(r"(?:expected|got) (\d+)", words)]
            expected, got = numbers if len(numbers) == 2 else (0, 0)
            self.ledger.note("wrong_number_of_gradients", last_line, expected=expected, got=got)
        elif _MISSING in words:
            self._find_missing(graph, line, words)
        elif "returned an invalid gradient" in words and last_line != line:
            self.ledger.note("wrong_shape_of_gradient", last_line)

    def _find_missing(self, graph: RecordedGraph, line: int, words: str) -> None:
        """Which line used an operation without a derivative."""
        for note, kind in zip(graph.notes, graph.classes, strict=True):
            if kind == "NotImplemented" and note is not None:
                operation = words.partition("aten::")[2].partition(" ")[0]
                self.ledger.note("no_derivative", note.line, operation, raised_line=line)

    def _find_change(self, graph: RecordedGraph, line: int) -> None:
        """Which line changed what a node had saved."""
        for node, note, kind in zip(graph.nodes, graph.notes, graph.classes, strict=True):
            for attribute, *_ in saved_attributes(type(node)):
                found = _versions(node, attribute)
                if found is None or note is None:
                    continue
                name, change = self._change_of(node, attribute, found, note)
                if change is not None:
                    self.ledger.note(
                        _kind_of(change), change.module or change.line, name or note.name or "",
                        node=kind, saved_line=note.line, changed_line=change.line,
                        raised_line=line, version=found.now, expected=found.saved,
                    )  # fmt: skip
                    return

    def _change_of(
        self, node: Any, attribute: str, found: "_Versions", note: Note
    ) -> tuple[str, Change | None]:
        """The first change of a tensor after a node had saved it. If raising a tensor's version
        raises the one that PyTorch complains of, that is the tensor. One that the program no longer
        holds can only be told by its shape and the time."""
        gone = []
        for tensor, changes in self.ledger.changed():
            later = [change for change in changes if change.version > found.saved]
            if not later:
                continue
            if tensor is None:
                gone += [c for c in later if c.is_later(note) and c.shape == found.shape]
                continue
            with preserving_version(tensor):
                torch.autograd.graph.increment_version(tensor)
                is_it = _versions(node, attribute) != found
            if is_it:
                return self.ledger.name_of(tensor), later[0]
        gone.sort(key=lambda change: change.during[-1])
        return "", next(iter(gone), None)

    # Nodes that two passes share

    def _find_shared(
        self, graph: RecordedGraph, line: int, passes: Mapping[int, BackwardGraph]
    ) -> None:
        """Where a pass has come into the graph of an earlier one, which has freed it."""
        notes = [
            None if kind == _LEAF else note
            for note, kind in zip(graph.notes, graph.classes, strict=True)
        ]
        shared = {i: note for i, note in enumerate(notes) if note and note.ran is not None}
        links = list(graph.links())
        gone = {i for i in shared if not all(saved.held for saved in graph.saved.of(i))}
        freed = _upwards(gone, links, shared)
        ways = [(s, t) for s, t in links if t in freed and s not in shared]
        top = shared.get(ways[0][1] if ways else 0)
        if top is None or top.ran is None:
            return
        facts = {
            "raised_line": line,
            "forward_line": min(note.line for note in shared.values()),
            "shared_line": top.line,
            "nodes": len(shared),
        }
        name = top.name or ""
        own = [note for i, note in enumerate(notes) if note and i not in shared]
        if any(note.line == top.line and note.statement > top.statement for note in own):
            # The line has run again, on what it had made itself in an earlier turn.
            self.ledger.note("carried_graph", top.line, name, **facts)
            return
        if self._lines.get(top.ran) == line:
            # All that was recorded before the loop has to go into it, from its first line on.
            self.ledger.note("forward_once", min(shared[i].line for i in freed), name, **facts)
            return
        earlier = passes.get(top.ran)
        places = {note.place for note in shared.values() if note.ran == top.ran}
        led = [
            edge.source
            for edge in (earlier.edges if earlier else ())
            if edge.target in places and edge.source not in places
        ]
        if earlier and led and _leaves(earlier, places) & _leaves(graph.view(), set(shared)):
            # Both passes train the same leaves beyond what they share: a critic, for example.
            at = earlier.nodes[led[0]].line or top.line
            self.ledger.note("not_detached", at, name, **facts)
            return
        self.ledger.note("second_backward", line, name, **facts)


def _kind_of(change: Change) -> str:
    if change.how == "step":
        return "stepped_between"
    return "modified_in_place" if change.module is None else "modified_by_module"


def _upwards(nodes: set[int], links: Iterable[tuple[int, int]], among: Container[int]) -> set[int]:
    """Some nodes, and those among others that lead to them."""
    sources: dict[int, list[int]] = {}
    for source, target in links:
        if source in among:
            sources.setdefault(target, []).append(source)
    found, queue = set(nodes), list(nodes)
    for node in queue:
        for source in sources.get(node, ()):
            if source not in found:
                found.add(source)
                queue.append(source)
    return found


def _leaves(graph: BackwardGraph, places: set[int]) -> set[str]:
    """The names of the leaves that a graph reaches without going through some of its nodes."""
    reached, ways = {0}, dict[int, list[int]]()
    for edge in graph.edges:
        if edge.target is not None:
            ways.setdefault(edge.source, []).append(edge.target)
    queue = [0]
    for node in queue:
        for target in ways.get(node, ()):
            if target not in reached and target not in places:
                reached.add(target)
                queue.append(target)
    return {graph.nodes[i].tensor or "" for i in reached if graph.nodes[i].kind == "leaf"} - {""}


def _all_finite(several: Iterable[Sequence[Array | None] | None]) -> bool:
    """Asked of all at once, which nearly always answers: copies may be rows of one array."""
    arrays = [array for one in several for array in one or () if array is not None]
    wholes = [array if array.base.__class__ is not np.ndarray else array.base for array in arrays]
    apart: list[Array] = list({id(whole): whole for whole in wholes}.values())
    if all(array.dtype is _SINGLE for array in apart):
        apart = [np.concatenate([array.ravel() for array in apart])] if apart else []
    return all(map(are_finite, apart)) or all(map(are_finite, arrays))


class _Versions(NamedTuple):
    """Of a saved tensor that has changed: its version .now and when it was .saved; its .shape."""

    now: int
    saved: int
    shape: tuple[int, ...]


def _versions(node: Any, attribute: str) -> _Versions | None:
    """What PyTorch says of a saved tensor that has changed since."""
    try:
        getattr(node, attribute)
    except RuntimeError as error:
        found = re.search(_CHANGED, str(error), re.DOTALL)
        if found:
            shape = tuple([int(size) for size in re.findall(r"\d+", found[1])])
            return _Versions(int(found[2]), int(found[3]), shape)
    return None
