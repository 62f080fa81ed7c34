"""What each line of one file did while it was watched: the values that it assigned, as they were
right after, and the passes that it ran.

Python's own tracing (sys.settrace) tells of each line, in frames of this file alone. A line that
runs often is kept as it ran first and as it ran last; of one that assigns a single number, such as
a loss, executions in between are kept as well, evenly.
"""

import ast
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from inspect import CO_OPTIMIZED
from itertools import chain
from types import CodeType, FrameType, FunctionType, MappingProxyType, ModuleType
from typing import Any

from torch import Tensor, nn

from autograd_explorer.recording.passes import Pass
from autograd_explorer.recording.snapshot import view_of
from autograd_explorer.records import BackwardGraph, PlainView, Statement, View
from autograd_explorer.torch_internals import part_named

_FIRST = 3  # executions of a line that are kept besides the last one
_BETWEEN = 60  # executions of a line that assigns a number that are kept in between, at the most
_MOST_LINES = 2_000  # of the file, of which something is kept
_MOST_VARIABLES = 300
_NO_VALUES = (ModuleType, FunctionType, type)


@dataclass(frozen=True, slots=True)
class Spot:
    """A statement, or the head of one that holds others.

    .line, .end_line  its first line and its last one
    .targets          what it assigns to: variables, and attributes as "self.hidden"
    .last             the last line of what it holds; else its own
    .kind             the name of its kind of statement: "With", "For", …
    """

    line: int
    end_line: int
    targets: tuple[str, ...]
    last: int
    kind: str

    def holds(self, line: int) -> bool:
        return self.end_line < line <= self.last


@dataclass(slots=True)
class _Draft:
    number: int
    spot: Spot
    turn: int
    assigned: Mapping[str, View] = field(default_factory=dict)
    passes: tuple[int, ...] = ()
    began: int = 0


def spots_of(source: str) -> dict[int, Spot]:
    """For each line of a program, the statement whose execution Python tells of there."""
    found: dict[int, Spot] = {}
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None) or getattr(node, "cases", None)
            last = node.end_lineno or node.lineno
            first_inside = getattr(body[0], "lineno", last) if body else last + 1
            end = max(node.lineno, first_inside - 1) if body else last
            spot = Spot(node.lineno, end, tuple(_targets(node)), last, type(node).__name__)
            for line in range(spot.line, spot.end_line + 1):
                found.setdefault(line, spot)
    return found


def _targets(node: ast.stmt) -> Iterator[str]:
    given: list[ast.expr] = []
    match node:
        case ast.Assign(targets=targets):
            given = [*targets]
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            given = [target]
        case ast.With(items=items):
            given = [item.optional_vars for item in items if item.optional_vars is not None]
    for target in given:
        yield from _names(target)


def _names(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            yield f"{owner}.{name}"
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _names(part)
        case ast.Starred(value=value) | ast.Subscript(value=value):
            yield from _names(value)


class Lines:
    """Follows one file, as Python calls it in its code, from begin() to end().

    at     told of each line before it runs
    whole  elements of a tensor up to which its values are kept
    """

    def __init__(self, file: str, source: str, whole: int, at: Callable[[int], object]) -> None:
        self.file = file
        self._spots, self._whole, self._at = spots_of(source), whole, at
        self._statement: Callable[[], int] = lambda: 0
        self._passes: Callable[[], int] = lambda: 0
        self._told = 0  # passes that a statement has been found for
        self._begun = 0
        self._turns: dict[int, int] = {}
        self._first: list[_Draft] = []
        self._between: dict[int, list[_Draft]] = {}
        self._last: dict[int, _Draft] = {}
        self._before: Any = None
        self._quiet: Callable[[], AbstractContextManager[None]] = nullcontext

    def begin(
        self,
        statement: Callable[[], int],
        passes: Callable[[], int],
        quiet: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """From now on, in frames that are entered.

        statement  the number of the statement as the nodes' notes have it (places.py)
        passes     how many passes are over
        quiet      a block in which operations are not heard as the program's
        """
        self._statement, self._passes, self._quiet = statement, passes, quiet
        self._before = sys.gettrace()
        sys.settrace(self._called)

    def end(self) -> None:
        if sys.gettrace() == self._called:
            sys.settrace(self._before)

    def _called(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        if code.co_filename != self.file or not _is_followed(code):
            return None
        return _Follower(self).step

    # What a frame's follower tells

    def spot(self, line: int) -> Spot | None:
        self._at(line)
        return self._spots.get(line)

    def begins(self, spot: Spot) -> _Draft:
        self._begun += 1
        turn = self._turns[spot.line] = self._turns.get(spot.line, 0) + 1
        return _Draft(self._begun, spot, turn, began=self._statement())

    def ended(self, draft: _Draft, frame: FrameType, failed: bool) -> None:
        """A statement is over: look at what it assigned. One that failed has assigned nothing."""
        ran = self._passes()
        if ran > self._told:  # the innermost statement ends first
            draft.passes = tuple(range(self._told, ran))
            self._told = ran
        if draft.spot.targets and not failed:
            with self._quiet():
                draft.assigned = self._values(draft.spot.targets, frame)
        line = draft.spot.line
        if failed and draft.turn > 1:
            self._turns[line] -= 1
            return
        if draft.turn <= _FIRST:
            if len(self._turns) <= _MOST_LINES:
                self._first.append(draft)
        elif line in self._last or len(self._last) < _MOST_LINES:
            kept = self._last.get(line)
            if kept is None or kept.number < draft.number:
                self._last[line] = draft
                if kept is not None and any(map(_is_number, kept.assigned.values())):
                    self._keep_between(self._between.setdefault(line, []), kept)

    def _keep_between(self, drafts: list[_Draft], draft: _Draft) -> None:
        """As many, a power of two of executions apart."""
        apart = drafts[1].turn - drafts[0].turn if len(drafts) > 1 else 1
        if drafts and draft.turn - drafts[-1].turn < apart:
            return
        drafts.append(draft)
        if len(drafts) > _BETWEEN:
            del drafts[1::2]

    def _values(self, targets: Sequence[str], frame: FrameType) -> Mapping[str, View]:
        found = {}
        values = frame.f_locals
        for target in targets:
            name, _, attribute = target.partition(".")
            value = values.get(name, frame.f_globals.get(name, _NOTHING))
            if attribute:
                # What an object holds itself: to ask for it could run code of the program's.
                of, own = value, getattr(value, "__dict__", None)
                value = own.get(attribute, _NOTHING) if type(own) is dict else _NOTHING
                if value is _NOTHING and type(own) is dict and isinstance(of, nn.Module):
                    value = part_named(of, attribute, _NOTHING)  # a parameter, or another module
            if value is not _NOTHING and not isinstance(value, _NO_VALUES):
                found[target] = self.view(value)
        return found

    def view(self, value: Any) -> View:
        """A tensor that is too large is told by its shape."""
        if not isinstance(value, Tensor):
            return _quietly(view_of, value)
        here = value.device.type == "cpu"
        if here and value.numel() <= self._whole:
            return _quietly(view_of, value)
        kind = str(value.dtype).removeprefix("torch.")
        place = "" if here else f" {value.device}"
        return PlainView(type(value).__name__, f"{tuple(value.shape)} {kind}{place}")

    def variables(self, values: Mapping[str, Any]) -> Mapping[str, View]:
        """Of a module's variables at the end, those that hold values."""
        names = [
            name
            for name, value in values.items()
            if not name.startswith("__") and not isinstance(value, _NO_VALUES)
        ]
        return MappingProxyType({name: self.view(values[name]) for name in names[:_MOST_VARIABLES]})

    # What is kept

    def _kept(self) -> list[_Draft]:
        between = chain.from_iterable(self._between.values())
        drafts = [*self._first, *between, *self._last.values()]
        return sorted(drafts, key=lambda draft: draft.number)

    def statements(
        self, passes: Mapping[int, int], graph: BackwardGraph | None
    ) -> tuple[Statement, ...]:
        """The statements that are kept, in the order in which they began.

        passes  positions in Run.backwards, by the numbers of the passes
        graph   the run's last graph, whose .recorded says which statement made which node
        """
        nodes: dict[int, list[int]] = {}
        for number, at in enumerate(graph.recorded if graph else ()):
            nodes.setdefault(at, []).append(number)
        return tuple(
            Statement(
                draft.spot.line,
                draft.spot.end_line,
                MappingProxyType(dict(draft.assigned)),
                "",
                tuple(nodes.get(at, ())),
                tuple(passes[number] for number in draft.passes if number in passes),
                draft.turn,
            )
            for at, draft in enumerate(self._kept())
        )

    def recorded(self, made: Pass, lines: Sequence[int | None]) -> tuple[int, ...]:
        """For each node of a pass, the position of the statement that recorded it: of those that
        are kept, the last one on its line that had begun by then, or else on any line."""
        kept = self._kept()
        if not kept:
            return ()
        began = [draft.began for draft in kept]
        by_line: dict[int | None, list[int]] = {}
        for at, draft in enumerate(kept):
            for its in range(draft.spot.line, draft.spot.end_line + 1):
                by_line.setdefault(its, []).append(at)
        found = []
        for owner, line in zip(made.owners, lines, strict=True):
            last = bisect_left(began, owner) - 1
            same = [at for at in by_line.get(line, ()) if at <= last]
            found.append(max(same[-1] if same else last, 0))
        return tuple(found)


class _Follower:
    """Follows one frame, statement by statement."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._draft: _Draft | None = None
        self._at = 0
        self._failed = False

    def step(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            self._comes_to(frame.f_lineno, frame)
        elif event == "exception":
            self._failed = True
        elif event == "return":
            self._end(0, frame)
        return self.step

    def _comes_to(self, line: int, frame: FrameType) -> None:
        spot, draft, before = self._lines.spot(line), self._draft, self._at
        self._at = line
        if draft is not None and spot is draft.spot and (line != before or line == spot.last):
            return  # it goes on, on another of its lines, or on the line of its body
        if spot is not None and spot.kind == "With" and spot.holds(before):
            return  # its end
        self._end(line, frame)
        if spot is not None:
            self._draft = self._lines.begins(spot)

    def _end(self, line: int, frame: FrameType) -> None:
        draft, failed = self._draft, self._failed
        self._draft, self._failed = None, False
        if draft is None:
            return
        if draft.spot.kind == "For" and not draft.spot.holds(line):
            failed = True  # there was nothing more to walk through
        self._lines.ended(draft, frame, failed)


def _is_followed(code: CodeType) -> bool:
    """A module or a function, but no comprehension and no body of a class."""
    if code.co_name == "<module>":
        return True
    return bool(code.co_flags & CO_OPTIMIZED) and not code.co_name.startswith("<")


def _is_number(view: View) -> bool:
    return view.type in ("float", "int") if isinstance(view, PlainView) else not view.shape


def _quietly(look: Callable[[Any], View], value: Any) -> View:
    try:
        return look(value)
    except Exception:  # a kind of tensor that cannot be copied
        return PlainView(type(value).__name__, f"<{type(value).__name__}>")


_NOTHING = object()
