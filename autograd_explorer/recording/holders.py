"""The optimizers of a run: which leaves each holds, and which lie where none finds them."""

import weakref
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from torch import nn

from autograd_explorer.reach import Holder
from autograd_explorer.recording.graph_walks import is_leaf
from autograd_explorer.recording.leaves import Found, Leaves, search

Scopes = Callable[[], Iterable[Mapping[str, Any]]]
_MOST_HOLDERS, _MOST_LISTS = 50, 500


class _Draft:
    """.held has, for each leaf, its path when it was handed over; .replaced, for such a path, the
    leaf that was found there last, if another one has taken its place."""

    def __init__(self, kind: str, line: int, position: int) -> None:
        self.kind, self.line, self.position = kind, line, position
        self.steps = self.groups = 0
        self.held: dict[int, str] = {}
        self.replaced: dict[str, int] = {}


class Holders:
    def __init__(self, leaves: Leaves, scopes: Scopes) -> None:
        self._leaves, self._scopes = leaves, scopes
        self._drafts: list[_Draft] = []
        self._of: dict[int, tuple[Any, _Draft]] = {}
        self._lists: dict[tuple[int, str], int] = {}

    def made(self, optimizer: Any, line: int) -> _Draft | None:
        """.line is 0 for one that was made before anybody looked."""
        if len(self._drafts) >= _MOST_HOLDERS:
            return None
        draft = _Draft(type(optimizer).__name__, line, len(self._drafts))
        self._of[id(optimizer)] = weakref.ref(optimizer), draft
        self._drafts.append(draft)
        self._look_into(optimizer, draft)
        return draft

    def stepped(self, optimizer: Any) -> None:
        known, draft = self._of.get(id(optimizer), (None, None))
        if known is None or known() is not optimizer:
            draft = self.made(optimizer, 0)
        if draft is not None:
            draft.steps += 1
            if draft.steps == 1 or draft.groups != len(optimizer.param_groups):
                self._look_into(optimizer, draft)

    def _look_into(self, optimizer: Any, draft: _Draft) -> None:
        found = search(self._scopes())
        draft.groups = len(optimizer.param_groups)
        for group in optimizer.param_groups:
            for tensor in group["params"]:
                # Its gradient may come from a pass that nobody has seen.
                if not draft.line and tensor.grad is not None and not self._leaves.know(tensor):
                    continue
                number = self._leaves.number(tensor)
                if number is not None and number not in draft.held:
                    draft.held[number] = found.paths.get(id(tensor), "")
                    self._leaves.drafts[number].holders.append(draft.position)
        self.look_around(found)

    def look_around(self, found: Found) -> None:
        """Name the leaves that the program's variables lead to, and note those in plain lists and
        those in the place of others."""
        for module, attribute, path, tensor in found.listed:
            number = self._leaves.number(tensor)
            if number is not None and not self._leaves.drafts[number].listed:
                leaf = self._leaves.drafts[number]
                leaf.listed = path.partition("[")[0]
                leaf.listed_line = self._lists.get((id(module), attribute), leaf.line)
        for draft in self._drafts:
            for number, path in draft.held.items() if draft.line else ():
                other = self._number_at(path, found)
                if other is not None:
                    draft.replaced.pop(path, None)
                    if other != number and other not in draft.held:
                        draft.replaced[path] = other
        self._leaves.name(found.paths)

    def _number_at(self, path: str, found: Found) -> int | None:
        tensor = found.tensors.get(path)
        if tensor is None or not tensor.requires_grad or not is_leaf(tensor):
            return None
        return self._leaves.number(tensor)

    def put_on(self, module: nn.Module, name: str, line: int) -> None:
        """A plain list, tuple or dict was put on a module."""
        if len(self._lists) < _MOST_LISTS:
            self._lists[id(module), name] = line

    def finish(self, found: Found) -> tuple[Holder, ...]:
        self.look_around(found)
        return tuple(map(self._holder, self._drafts))

    def _holder(self, draft: _Draft) -> Holder:
        replaced = draft.replaced
        return Holder(
            draft.kind,
            draft.line,
            draft.steps,
            len(draft.held),
            tuple(replaced),
            tuple(replaced.values()),
            tuple([self._leaves.drafts[number].line for number in replaced.values()]),
        )
