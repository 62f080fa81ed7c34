"""Collects what a running program does, statement by statement, and makes a Run of it.

The line, the statement and the name that belong to a node of PyTorch are noted on the node itself
(node_tags.py) and not in a table here: a table would keep a graph alive after the program has
dropped it.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from torch import Tensor
from torch.utils.hooks import RemovableHandle

from autograd_explorer.errors import LimitReached, Refused
from autograd_explorer.recording.clues import NOTHING_GATHERED, gatherers
from autograd_explorer.recording.drafts import LIGHT, Draft, is_kept
from autograd_explorer.recording.graph_walks import node_of, nodes_behind
from autograd_explorer.recording.modules import Modules
from autograd_explorer.recording.names import names_of_kept, names_of_tensors, node_of_last
from autograd_explorer.recording.node_tags import note_leaf, note_new, note_of
from autograd_explorer.recording.passes import Pass, pass_of
from autograd_explorer.recording.room import Remaining, Room, Witness
from autograd_explorer.recording.snapshot import describe, size_of, view_of
from autograd_explorer.recording.summaries import Copies
from autograd_explorer.recording.trace import RecordedGraph, uncollected
from autograd_explorer.records import (
    Failure,
    Heard,
    PlainView,
    Run,
    Statement,
    View,
    run_without_values,
)
from autograd_explorer.torch_internals import is_gone, is_wrapped

_RUN = "autograd_explorer.backward"
_KEPT_BACKWARDS = 20
# Once this share of the memory for a Run is used (one part in four), only the last execution of
# each line is kept, and of light ones some more, up to twice as much. So early executions do not
# use up the memory that the end of the run needs.
_HISTORY_SHARE = 4
_NOTHING: Mapping[str, View] = MappingProxyType({})


class _Recording:
    """One statement while it runs. A class, because @contextmanager would double its cost."""

    __slots__ = ("assigned", "begun", "header", "node", "recorder")

    def __init__(self, recorder: "Recorder", node: ast.stmt, header: bool) -> None:
        self.recorder, self.node, self.header = recorder, node, header
        self.assigned: dict[str, Any] = {}

    def __enter__(self) -> dict[str, Any]:
        self.begun = self.recorder._begin(self.node.lineno)
        return self.assigned

    def __exit__(self, *_: object) -> None:
        self.recorder._end(self.node, self.header, self.begun, self.assigned)


class Recorder:
    """Keeps the variables of one run, and what each statement did to them.

    room     what it may keep; witness: who hears of each line at once
    is_data  whether a value is worth showing; functions and classes are not
    clues    whether it gathers what the diagnosis needs
    """

    def __init__(
        self,
        room: Room,
        is_data: Callable[[Any], bool],
        witness: Witness | None = None,
        clues: bool = True,
    ) -> None:
        self.room = room
        self._most_kept = room.most_kept
        self._copies = Copies(room)
        self._history = room.most_kept / _HISTORY_SHARE
        self._witness = witness
        self._is_data = is_data
        self.variables: dict[str, Any] = {}
        self.locals: list[dict[str, Any]] = []  # of the functions that are running
        self.modules = Modules(lambda: (self.variables, *self.locals))
        self._drafts: list[Draft] = []
        self._latest_turn: dict[ast.stmt, Draft] = {}
        self._turns: dict[ast.stmt, int] = {}
        self._statements = 0
        self._open = [0]  # numbers of the statements that are running, innermost last
        self._printed: list[str] = []
        # The last grad_fn of a tensor assigned, or the number of the backward that came after it:
        # to hold on to the nodes that a backward went through would keep leaves as they were.
        self._latest: Any = None
        self._line = 1
        self.read_saved = True
        self._unaltered = True
        self._passes = 0
        self.heard: list[Heard] = []
        self._backwards: dict[int, Pass] = {}
        self._replaceable: int | None = None  # the pass to drop when the next one comes
        begun = lambda: self._statements  # noqa: E731
        self._clues = gatherers(self, self._names, self._open, begun) if clues else NOTHING_GATHERED
        self.influence, self.notice = self._clues.influence, self._clues.noticed.hear
        self._follows = self.influence.follows
        self._made, self._assigned = self._clues.ledger.made, self._clues.noticed.assigned

    # Statements

    def statement(self, node: ast.stmt, header: bool = False) -> "_Recording":
        """Record one statement, also one that fails: `with … as assigned`, by name."""
        return _Recording(self, node, header)

    def _begin(self, line: int) -> tuple[int, int, int]:
        self._statements += 1
        self._open.append(self._statements)
        self._line = line
        if self._witness is not None:
            self._witness.at(line)
        if self._follows:
            self.influence.begin()
        return self._statements, len(self._printed), self._passes

    def _end(
        self, node: ast.stmt, header: bool, begun: tuple[int, int, int], values: dict[str, Any]
    ) -> None:
        number, printed, passes = begun
        self._open.pop()
        if self._follows:
            scope = (self.locals or (self.variables,))[-1]
            self.influence.end(scope, values, node.__class__ is ast.Return)
        turn = self._turns[node] = self._turns.get(node, 0) + 1
        assigned: Mapping[str, View] = _NOTHING
        line, end = node.lineno, node.lineno if header else node.end_lineno or node.lineno
        text = "".join(self._printed[printed:]) if len(self._printed) > printed else ""
        size = len(text) + 500
        if values:
            self._assigned(values)
            self._name_nodes(values, line)
            views: dict[str, View] = {}
            assigned = MappingProxyType(views)
            for name, value in values.items():
                if isinstance(value, Tensor):
                    self._make_room(self._copies.bytes_of(value))
                elif not self._is_data(value):
                    continue
                view = views[name] = view_of(value, self._copies.way)
                size += size_of(view)
        ran = range(passes, self._passes) if self._passes > passes else ()
        fields = (number, line, end, turn, assigned, text, ran, size)
        self._keep(node, tuple.__new__(Draft, fields))  # what Draft(…) calls, as in snapshot.py

    def _keep(self, node: ast.stmt, draft: Draft) -> None:
        """Keep some turns of a line, and its last one."""
        before = self._latest_turn.pop(node, None)
        if before is not None:
            self.room.kept_bytes -= before.size
        self.room.kept_bytes += draft.size
        room = self._history * (2 if draft.size <= LIGHT else 1)
        if self.room.kept_bytes < room and is_kept(draft.turn):
            self._drafts.append(draft)
        else:
            self._latest_turn[node] = draft

    def _make_room(self, size: int) -> None:
        """Check, before a value is copied, that there is room for so many bytes. They are counted
        afterwards, with the draft of the statement."""
        room = self.room
        if room.kept_bytes + size > self._most_kept:
            room.keep(size)
            room.kept_bytes -= size

    def write(self, text: str) -> None:
        self._printed.append(text)
        if self._witness is not None:
            self._witness.printed(text)

    def hear(self, line: int, category: str, words: str) -> None:
        self.heard.append(Heard(line, category, words))

    def hook_set(self) -> None:
        self._unaltered = False

    # Nodes

    def place(self, tensor: Tensor, line: int) -> None:
        """Note the line that made a tensor: on its node, or on the tensor itself if it has none."""
        if self._follows:
            self._made(tensor, line)
        node = node_of(tensor)
        if node is None:
            if tensor.requires_grad:
                note_leaf(tensor, line)
        else:
            note_new(node, line, self._open[-1], self.room.check_graph, self.modules.now)

    def _name_nodes(self, assigned: Mapping[str, Any], line: int) -> None:
        for name, value in assigned.items():
            if not isinstance(value, Tensor):
                continue
            node = node_of(value)
            if node is not None and not is_wrapped(value):
                self._latest = node
                self.place(value, line)
                note = note_of(node)
                if note is not None and note.name is None:
                    note.name = name
                self.influence.assigned(name, value, line)

    # Backward

    def backward(self, tensor: Tensor, **options: Any) -> None:
        """Run tensor.backward(), and keep the gradients on all edges."""
        if node_of(tensor) is None or (options.get("gradient") is None and tensor.numel() != 1):
            # There is no graph: PyTorch raises its error, or fills the .grad of a leaf.
            tensor.backward(**options)
            self.influence.passed_untraced((tensor,), captured=False)
            return
        self._traced(
            tensor,
            lambda: tensor.backward(**options),
            everywhere=options.get("inputs") is None,
            again=bool(options.get("create_graph")),
        )

    def gradients(self, output: Tensor, call: Callable[[], Any], again: bool = False) -> Any:
        """Run torch.autograd.grad, and keep the gradients on all edges."""
        if node_of(output) is None:
            return call()
        return self._traced(output, call, capturing=True, again=again)

    @uncollected()
    def _traced(
        self,
        output: Tensor,
        call: Callable[[], Any],
        *,
        capturing: bool = False,
        everywhere: bool = False,
        again: bool = False,
    ) -> Any:
        if output.is_meta:  # there are no gradients to keep
            raise Refused("device", "meta")
        if is_wrapped(output):
            return call()
        before = self.room.kept_bytes
        self._latest = output.grad_fn
        self.place(output, self._line)
        graph = RecordedGraph(
            output.grad_fn,
            self._names(),
            {},
            watch=self.room,
            capturing=capturing,
            everywhere=everywhere,
            unaltered=self._unaltered and self.read_saved,
            read_saved=self.read_saved,
            copy=self._copies.way,
        )
        line = self._line
        self._clues.passes.before(graph)
        try:
            with graph.listening():
                result = call()
        except RuntimeError as error:
            passes = {number: made.graph for number, made in self._backwards.items()}
            self._clues.passes.failed(graph, error, line, self._line, passes)
            self.influence.broke_off(graph)
            raise
        number, self._passes = self._passes, self._passes + 1
        telling = self._clues.passes.after(graph, number, line, again)
        self.influence.passed(output, graph)
        graph.root.metadata[_RUN] = number
        self._keep_pass(number, pass_of(graph, self.room.kept_bytes - before), telling)
        return result

    def _keep_pass(self, number: int, made: Pass, telling: bool) -> None:
        """Keep the first passes, the last one, and the first that is not finite."""
        if number >= _KEPT_BACKWARDS or self.room.kept_bytes > self._history:
            if self._replaceable is not None:
                self.room.kept_bytes -= self._backwards.pop(self._replaceable).size
            self._replaceable = None if telling else number
        self._backwards[number] = made
        self._latest = number

    @contextmanager
    def guarding(self, outputs: Iterable[Any], captured: bool = True) -> Iterator[None]:
        """The block runs a backward that is not traced; the time limit is checked at its nodes.
        captured  whether it hands the gradients back"""
        handles = self.watch_nodes(outputs)
        try:
            yield
            self.influence.passed_untraced(outputs, captured)
        finally:
            for handle in handles:
                handle.remove()

    def watch_nodes(self, outputs: Iterable[Any]) -> list[RemovableHandle]:
        """Have the time limit checked whenever a backward reaches a node behind these tensors.
        All are walked at once, because a list may hold a thousand tensors of one long graph."""
        roots = [node_of(tensor) for tensor in outputs if isinstance(tensor, Tensor)]
        nodes = nodes_behind([node for node in roots if node is not None], self.room.check_nodes)
        return [node.register_hook(lambda *_: self.room.check_time()) for node in nodes]

    def _names(self) -> dict[str, Tensor]:
        return names_of_tensors((self.variables, *self.locals[-1:]))

    # The end

    def finish(self, source: str, failure: Failure | None) -> Run:
        """Number the last graph, and give every statement the ids of what it recorded."""
        self._clues.passes.at_end()
        self._clues.noticed.at_end(lambda: names_of_kept((self.variables, *self.locals[-1:])))
        last = self._last_pass()
        recorded: dict[int, list[int]] = {}
        for node, statement in enumerate(last.owners if last else ()):
            recorded.setdefault(statement, []).append(node)
        numbers = sorted(self._backwards)
        positions = {number: i for i, number in enumerate(numbers)}
        drafts = sorted([*self._drafts, *self._latest_turn.values()])  # by their numbers
        passes = [self._backwards[number] for number in numbers]
        statements = [draft.number for draft in drafts]
        graphs = {made: made.placed(statements) for made in (*passes, last) if made is not None}

        def placed(draft: Draft) -> Statement:
            number, line, end, turn, assigned, printed, ran, _ = draft
            nodes = tuple(recorded.get(number, ()))
            backwards = tuple([positions[n] for n in ran if n in positions]) if ran else ()
            fields = (line, end, assigned, printed, nodes, backwards, turn)
            return tuple.__new__(Statement, fields)  # what Statement(…) calls

        kept = Run(
            source=source,
            statements=tuple([placed(draft) for draft in drafts]),
            variables=self._final_views(),
            printed="".join(self._printed),
            backwards=tuple(graphs[made] for made in passes),
            graph=graphs[last] if last else None,
            error=failure,
            warnings=tuple(self.heard),
            ledger=self._clues.ledger.entries(),
            reach=self.influence.finish(),
        )
        self.variables.clear()
        self._latest = None
        return kept

    def _final_views(self) -> Mapping[str, View]:
        """The variables at the end. Of those for which there is no room, only name and kind."""
        views: dict[str, View] = {}
        room = self.room.most_kept
        for name, value in self.variables.items():
            if isinstance(value, Tensor):
                room -= self._copies.bytes_of(value)
                if room < 0:
                    views[name] = PlainView(type(value).__name__, describe(value))
                    continue
            # By globals() a program can put anything beside its variables.
            if type(name) is str and self._is_data(value):
                views[name] = view_of(value, self._copies.way)
        return MappingProxyType(views)

    def give_up(self, source: str, failure: Failure | None) -> Run:
        """The Run where there was no room to copy its values."""
        size = f"{self.room.kept_bytes:,}"
        stop = Failure(self._line, 1, "LimitReached", size, "limit", "kept_bytes")
        self.variables.clear()
        self._latest = None
        return run_without_values(source, "".join(self._printed), failure or stop)

    def _last_pass(self) -> Pass | None:
        """The graph behind the last tensor with a grad_fn, with gradients if backward ran on it.
        None where it is too large to keep."""
        root = self._latest
        if root is None or (not isinstance(root, int) and is_gone(root)):
            root = node_of_last(self._names().values())  # losses.append(loss) assigns nothing
        if root is None:
            return None
        number = root if isinstance(root, int) else root.metadata.get(_RUN, -1)
        made = self._backwards.get(number)
        if made is not None:
            return made
        # If the run was stopped for its memory, saved tensors are not copied on top of it.
        room = getattr(self.room.stopped, "key", "") != "total_bytes"
        try:
            live = RecordedGraph(
                root,
                self._names(),
                {},
                watch=Remaining(self.room),
                read_saved=self.read_saved and room,
                copy=self._copies.way,
            )
        except LimitReached:
            return None
        return pass_of(live)
