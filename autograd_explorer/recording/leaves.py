"""The leaves that a run has shown, each with a number, and the paths by which they are reached.

The number lies on the tensor itself (marks.py), and a leaf is held here by a weak reference only:
nothing lives longer than the program lets it.
"""

import sys
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from torch import Tensor, nn

from autograd_explorer.reach import Leaf
from autograd_explorer.recording.graph_walks import is_of_leaf, node_of
from autograd_explorer.recording.marks import marked
from autograd_explorer.recording.node_tags import line_of_leaf
from autograd_explorer.torch_internals import parameters_of, stores_of

MOST = 500
_MOST_VISITS, _DEEPEST, _LONGEST = 5000, 5, 1000
_MEMO = "autograd_explorer.leaves"


class Draft:
    """A Leaf while the program runs; .first is the statement of the first pass that filled it, and
    .thawed how many passes had run when a frozen one was told again to require a gradient."""

    name = listed = user = ""
    got = first = reached = returned = read = flagged = used = frozen = thawed = 0
    listed_line = user_line = instead = 0

    def __init__(self, tensor: Tensor, line: int) -> None:
        self.tensor = weakref.ref(tensor)
        self.line = line
        self.shape = tuple(tensor.shape)
        # Of a plain tensor PyTorch would ask for an attribute that it does not have.
        self.parameter = type(tensor) is not Tensor and isinstance(tensor, nn.Parameter)
        self.holders: list[int] = []

    def leaf(self) -> Leaf:
        return Leaf(
            self.name, self.line, self.shape, self.parameter, self.got, self.reached,
            self.returned, self.read, self.flagged, self.used, self.frozen, tuple(self.holders),
            self.listed, self.listed_line, self.user, self.user_line, self.instead,
        )  # fmt: skip


def numbers_in(bits: int) -> frozenset[int]:
    return frozenset([number for number in range(bits.bit_length()) if bits >> number & 1])


class Leaves:
    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.passes = 0  # that have run so far
        self.complete = True

    def know(self, tensor: Tensor) -> bool:
        return marked(tensor).owner == id(tensor)

    def number(self, tensor: Tensor) -> int | None:
        """A leaf's number; None where there are too many."""
        mark = marked(tensor)
        if mark.owner == id(tensor):  # a deep copy has the mark of what it was copied from
            return mark.leaf
        if len(self.drafts) >= MOST:
            self.complete = False
            return None
        mark.owner, mark.leaf = id(tensor), len(self.drafts)
        self.drafts.append(Draft(tensor, line_of_leaf(tensor) or mark.line))
        return mark.leaf

    def freeze(self, tensor: Tensor, line: int) -> None:
        """A leaf was told not to require a gradient any more."""
        number = self.number(tensor)
        if number is not None:
            self.drafts[number].frozen, self.drafts[number].thawed = line, sys.maxsize

    def is_frozen(self, tensor: Tensor) -> bool:
        mark = marked(tensor)
        return mark.owner == id(tensor) and self.drafts[mark.leaf].thawed == sys.maxsize

    def behind(self, tensor: Tensor) -> frozenset[int]:
        """The leaves that a tensor's graph reaches; itself, if it is one."""
        return numbers_in(self.bits_behind(tensor))

    def bits_behind(self, tensor: Tensor) -> int:
        """The same, with the bit of each leaf's number set: a set that is joined at once."""
        if not tensor.requires_grad:
            return 0
        node = node_of(tensor)
        return self._bit(tensor) if node is None else self._behind_node(node)

    def _bit(self, leaf: Tensor) -> int:
        number = self.number(leaf)
        return 0 if number is None else 1 << number

    def _behind_node(self, root: Any) -> int:
        """Noted on each node, so that each is looked at once."""
        stack: list[Any] = [root]
        while stack:
            node = stack[-1]
            metadata = node.metadata
            if _MEMO in metadata:
                stack.pop()
                continue
            found, waiting = 0, len(stack)
            for other, _ in node.next_functions:
                if other is not None:
                    more = other.metadata.get(_MEMO)
                    if more is None:
                        stack.append(other)
                    else:
                        found |= more
            while len(stack) > waiting and not stack[-1].next_functions:  # most often a leaf
                last = stack.pop()
                more = last.metadata[_MEMO] = self._bit(last.variable) if is_of_leaf(last) else 0
                found |= more
            if len(stack) == waiting:
                metadata[_MEMO] = self._bit(node.variable) if is_of_leaf(node) else found
                stack.pop()
        bits: int = root.metadata[_MEMO]
        return bits

    def finish(self) -> tuple[Leaf, ...]:
        for draft in self.drafts:
            if draft.thawed < self.passes:
                draft.frozen = 0
        return tuple([draft.leaf() for draft in self.drafts])

    def name(self, paths: Mapping[int, str]) -> None:
        """Give a name to each leaf that has none yet and that one of the paths leads to."""
        for draft in self.drafts:
            if not draft.name:
                tensor = draft.tensor()
                if tensor is not None:
                    draft.name = paths.get(id(tensor), "")


@dataclass(slots=True, eq=False)
class Found:
    """What a program's variables lead to: a path for each tensor, by its id; and for each tensor in
    a plain list of a module, the module and the name of that list."""

    paths: dict[int, str] = field(default_factory=dict)
    visits: int = 0
    tensors: dict[str, Tensor] = field(default_factory=dict)
    listed: list[tuple[nn.Module, str, str, Tensor]] = field(default_factory=list)


def search(scopes: Iterable[Mapping[str, Any]]) -> Found:
    """Look through variables, and through what they hold, as far as there is time."""
    found = Found()
    seen: set[int] = set()
    for scope in scopes:
        own = [(name, value) for name, value in scope.items() if name != "self"]
        late = [("self", scope["self"])] if "self" in scope else []
        for name, value in (*own, *late):
            _look(value, name, found, seen, 0)
    return found


# The program's own objects, and UserDict and its kin.
_HOLDERS = ("__main__", "collections")


def _look(value: Any, path: str, found: Found, seen: set[int], depth: int) -> None:
    if isinstance(value, Tensor):
        if id(value) not in found.paths:
            found.paths[id(value)] = path
            found.tensors[path] = value
        return
    found.visits += 1
    if depth > _DEEPEST or found.visits > _MOST_VISITS or id(value) in seen:
        return
    if isinstance(value, nn.Module):
        _look_into_module(value, path, found, seen, depth)
    elif isinstance(value, (list, tuple, dict)) or type(value).__module__ in _HOLDERS:
        seen.add(id(value))
        for name, part in _parts(value):
            _look(part, path + name, found, seen, depth + 1)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    # Python's own iterators, because a class of the program might have others.
    if isinstance(value, dict):
        return (
            (f"[{key!r:.30}]" if isinstance(key, (str, int)) else "[…]", part)
            for key, part in islice(dict.items(value), _LONGEST)
        )
    if isinstance(value, (list, tuple)):
        items = list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value)
        return ((f"[{i}]", part) for i, part in enumerate(islice(items, _LONGEST)))
    own = getattr(value, "__dict__", {})
    return ((f".{name}", part) for name, part in own.items() if isinstance(name, str))


def _look_into_module(
    module: nn.Module, path: str, found: Found, seen: set[int], depth: int
) -> None:
    for name, parameter in parameters_of(module):
        if id(parameter) not in found.paths:
            found.paths[id(parameter)] = f"{path}.{name}"
            found.tensors[f"{path}.{name}"] = parameter
    for name, part in _modules_of(module):
        if id(part) in seen:
            continue
        seen.add(id(part))
        for attribute, value in part.__dict__.items():
            if attribute in _BARE:
                continue
            if isinstance(value, (Tensor, list, tuple, dict)):
                before = len(found.paths)
                _look(value, f"{path}.{name}{attribute}", found, seen, depth + 1)
                if not isinstance(value, Tensor) and len(found.paths) > before:
                    for key, tensor in list(found.tensors.items())[before:]:
                        if isinstance(tensor, nn.Parameter):
                            found.listed.append((part, attribute, key, tensor))


_BARE = frozenset(nn.Module().__dict__)


def _modules_of(module: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    queue = [("", module)]
    seen: set[int] = set()
    for path, part in queue:
        if id(part) not in seen:
            seen.add(id(part))
            yield path, part
            for name, child in stores_of(part)[2].items():
                if child is not None:
                    queue.append((f"{path}{name}.", child))
