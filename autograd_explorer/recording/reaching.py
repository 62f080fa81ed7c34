"""Which leaves the passes of a run reach. With what influence.py, holders.py and reads.py know, the
end makes a Reach of it."""

import weakref
from collections.abc import Callable, Iterable, Mapping
from types import GeneratorType
from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.reach import Cut, Reach, Root
from autograd_explorer.recording.graph_walks import line_that_made, lines_behind
from autograd_explorer.recording.holders import Holders, Scopes
from autograd_explorer.recording.influence import Influence
from autograd_explorer.recording.leaves import numbers_in, search
from autograd_explorer.recording.marks import mark_of
from autograd_explorer.recording.operations import called
from autograd_explorer.recording.reads import Reads
from autograd_explorer.recording.trace import RecordedGraph
from autograd_explorer.torch_internals import is_wrapped

_MOST_ROOTS, _MOST_ITERATORS, _MOST_ASSIGNED = 100, 1000, 500


class _Root:
    def __init__(self, line: int, made: int, kind: Any) -> None:
        self.line, self.made, self.kind = line, made, kind
        self.times = 0
        self.reached: set[int] = set()
        self.cuts: set[int] = set()


class Reaching(Influence):
    """All that a Reach tells, while the program runs."""

    def __init__(self, statement: Callable[[], int], scopes: Scopes) -> None:
        super().__init__(statement)
        self._scopes = scopes
        self._roots: dict[tuple[int, str], _Root] = {}
        self._holders = Holders(self.leaves, scopes)
        self._reads = Reads(self, scopes)
        # The last tensor that each line has assigned to a name: its statement, and its leaves.
        self._assigned: dict[tuple[int, str], tuple[int, int]] = {}
        self._iterators: dict[int, tuple[Any, int, str]] = {}
        self._hooked: dict[int, Any] = {}  # by id: a module may have a __hash__ of the program

    # Passes

    def passed(self, output: Tensor, graph: RecordedGraph) -> None:
        """A pass has been traced that began at a tensor."""
        filled, reached = [], []
        for i, leaf in graph.leaves():
            number = self.leaves.number(leaf)
            if number is not None:
                reached.append(number)
                arrived = graph.received[i]
                if arrived and arrived[0] is not None:
                    filled.append(number)
        self._count(output, reached, filled, graph.capturing)

    def broke_off(self, graph: RecordedGraph) -> None:
        """A traced pass has raised on its way. What it had filled by then has arrived."""
        for _, leaf in graph.leaves():
            number = self.leaves.number(leaf)
            if number is not None and leaf.grad is not None:
                self.leaves.drafts[number].got = max(self.leaves.drafts[number].got, 1)

    def passed_untraced(self, outputs: Iterable[Any], captured: bool) -> None:
        for output in outputs:
            if isinstance(output, Tensor) and output.requires_grad and not is_wrapped(output):
                reached = self.leaves.behind(output)
                self._count(output, reached, reached, captured)

    def _count(
        self, output: Tensor, reached: Iterable[int], filled: Iterable[int], captured: bool
    ) -> None:
        self.leaves.passes += 1
        drafts = self.leaves.drafts
        for number in reached:
            drafts[number].reached += 1
        for number in () if captured else filled:
            drafts[number].got += 1
            drafts[number].first = drafts[number].first or self.statement()
        root = self._root(output, "grad" if captured else "backward")
        root.reached.update(reached)
        if root.times == 1:
            found = search(self._scopes())
            self.leaves.name(found.paths)
            self._look_for_users(output)

    def _root(self, output: Tensor, kind: str) -> _Root:
        key = (self.line, kind)
        root = self._roots.get(key)
        if root is None:
            root = _Root(self.line, line_that_made(output), kind)
            if len(self._roots) < _MOST_ROOTS:
                self._roots[key] = root
            else:
                self.complete = False
        root.times += 1
        mark = mark_of(output)
        if mark is not None:
            root.cuts |= mark.cuts
        return root

    def _look_for_users(self, output: Tensor) -> None:
        """For a leaf that this pass left out, a tensor that depends on it, and the line after it
        on which this loss went on without."""
        if output.grad_fn is None:
            return
        reached = self.leaves.bits_behind(output)
        lines: list[tuple[int, int]] | None = None
        latest = sorted(self._assigned.items(), key=lambda item: item[1][0])
        for (line, name), (statement, leaves) in latest:
            for number in numbers_in(leaves & ~reached):
                draft = self.leaves.drafts[number]
                lines = lines_behind(output.grad_fn) if lines is None else lines
                draft.user, draft.user_line = name, line
                draft.instead = next((at for when, at in lines if when > statement), 0)

    def assigned(self, name: str, tensor: Tensor, line: int) -> None:
        """A tensor with a graph was assigned to a name."""
        key = (line, name)
        if key in self._assigned or len(self._assigned) < _MOST_ASSIGNED:
            self._assigned[key] = self.statement(), self.leaves.bits_behind(tensor)

    # What the interpreter tells

    def follow(
        self, function: Any, args: tuple[Any, ...], named: Mapping[str, Any], made: Any
    ) -> None:
        super().follow(function, args, named, made)
        kind = function.kind
        if kind == "special":
            if function.name == "autograd_grad":
                self._reads.asked(args, named, made)
            elif function.name == "optimizer_step":
                self._holders.stepped(args[0])
            elif isinstance(made, torch.optim.Optimizer):
                self._holders.made(made, self.line)
        elif kind == "plain" and made.__class__ is GeneratorType:
            if len(self._iterators) < _MOST_ITERATORS:
                self._iterators[id(made)] = weakref.ref(made), self.line, function.name

    def failed(self, function: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        name = called(function)
        if function.kind != "special" or not args:
            return
        if name == "backward":
            outputs = args[0] if isinstance(args[0], (tuple, list)) else (args[0],)
            for output in outputs:
                if isinstance(output, Tensor) and not output.requires_grad:
                    root = self._root(output, "failed")
                    self._reads.rebound(root.cuts)
        elif name == "grad":
            self._reads.asked(args, named, None)

    def no_backward(self, value: Any) -> None:
        cuts = self.behind(value)
        if cuts:
            root = self._roots[self.line, "failed"] = _Root(self.line, 0, "failed")
            root.times, root.cuts = 1, set(cuts)
            self.leaves.name(search(self._scopes()).paths)

    def attribute(self, owner: Any, name: str, made: Any) -> None:
        if name != "grad" or not isinstance(owner, Tensor):
            super().attribute(owner, name, made)
        elif self._roots:  # before any pass there is nothing to be missed
            self._reads.read(owner, made)

    def put_on(self, owner: Any, name: str, value: Any) -> None:
        if name == "requires_grad" and isinstance(owner, Tensor):
            self.flagged(owner)
        elif isinstance(owner, nn.Module) and isinstance(value, (list, tuple, dict)):
            self._holders.put_on(owner, name, self.line)

    def walks(self, values: Any) -> None:
        if values.gi_frame is None:  # it has come to its end before
            known = self._iterators.get(id(values))
            if known is not None and known[0]() is values:
                _, line, method = known
                self._reads.note("iterator_used_up", method, line, True, again=self.line)

    def hooked(self, module: nn.Module, reads_input: bool) -> None:
        if reads_input:
            self._hooked[id(module)] = weakref.ref(module)

    def calls_with_hooks(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        """Where no input of a module requires a gradient, its backward hook gets None for them."""
        if not self._hooked or id(module) not in self._hooked:
            return
        if self._hooked[id(module)]() is not module:
            return
        given = [value for value in args if isinstance(value, Tensor)]
        if given and not any(tensor.requires_grad for tensor in given):
            del self._hooked[id(module)]  # said once
            name = search(self._scopes()).paths.get(id(given[0]), "")
            line = line_that_made(given[0]) or self.line
            kind = type(module).__name__
            self._reads.note("hook_gets_none", name, line, True, module=kind, call=self.line)

    def ignored(self, name: str, line: int) -> None:
        self._reads.note("not_differentiated", name, line, True, call=self.line)

    # The end

    def finish(self) -> Reach:
        found = search(self._scopes())
        holders = self._holders.finish(found)
        cuts = [Cut(c.cause, c.line, c.at, c.operation, tuple(sorted(c.leaves))) for c in self.cuts]
        roots = [
            Root(r.line, r.made, r.kind, r.times, tuple(sorted(r.reached)), tuple(sorted(r.cuts)))
            for r in self._roots.values()
        ]
        return Reach(
            self.leaves.finish(),
            tuple(cuts),
            tuple(roots),
            holders,
            tuple(self._reads.notes()),
            tuple(sorted(self.steering)),
            self.complete and self.leaves.complete,
        )
