"""Each backward pass of the watched program: traced, told to the gatherers, and kept or not."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

import torch
from torch import Tensor, distributed

from autograd_explorer.errors import TraceError
from autograd_explorer.recording.clues import Gatherers
from autograd_explorer.recording.graph_walks import node_of
from autograd_explorer.recording.listening import Plans
from autograd_explorer.recording.passes import Pass, pass_of
from autograd_explorer.recording.snapshot import view_of
from autograd_explorer.recording.summaries import Copier
from autograd_explorer.recording.trace import RecordedGraph, uncollected
from autograd_explorer.records import Statement
from autograd_explorer.torch_internals import (
    COMPILED,
    acts_on_gradient,
    code_of_backward,
    has_hooks,
    has_prehooks,
    hooks_so_far,
    is_being_compiled,
    is_made_by_function,
    is_wrapped,
    next_number,
)
from autograd_explorer.watching.hearing import Called, Hearing
from autograd_explorer.watching.steps import Call

Keep = Literal["first", "last", "nonfinite"] | int
_KEPT = 5  # passes that are traced and kept for the diagnosis, whichever was asked for
_MOST_NODES = 200_000
# What runs on another device runs in a thread of its own, in an order that no number tells.
_ONE_THREAD = not torch.accelerator.is_available()
_NO_HOOKS = (False, False)


class Passes:
    """.kept passes, by their number; .count of all, .ended of those that are over;
    .losses as statements that assigned them; .unseen what could not be looked into; .read_saved
    whether what is saved can be read without calling what the program has hooked.

    names  the tensors that the program can reach now
    """

    def __init__(
        self,
        keep: Keep,
        copier: Copier,
        hearing: Hearing,
        clues: Gatherers,
        names: Callable[[], Mapping[str, Tensor]],
    ) -> None:
        self._keep, self._copier = keep, copier
        self._hearing, self._places, self._clues = hearing, hearing.places, clues
        self._names = names
        self.kept: dict[int, Pass] = {}
        self.losses: list[Statement] = []
        self.calls: dict[int, Call] = {}  # by which they ran
        self.count = self.ended = 0
        self.unseen: list[str] = []
        self.read_saved = True
        self._plans = Plans()
        self._running = False
        # Leaves, by id: whether their nodes have hooks, and whether they have them themselves.
        self._looked_at: dict[int, tuple[bool, bool]] = {}
        self._nonfinite: int | None = None
        self._replaceable: int | None = None

    def begin(self) -> None:
        """The block begins; the hooks that are in force for it have been registered."""
        self._hooks, self._since = hooks_so_far(), next_number()

    def chosen(self) -> int | None:
        """The number of the pass that was asked for."""
        numbers = sorted(self.kept)
        if not numbers:
            return None
        if self._keep == "first":
            return numbers[0]
        if self._keep == "nonfinite" and self._nonfinite is not None:
            return self._nonfinite
        if isinstance(self._keep, int):
            return self._keep if self._keep in numbers else None
        return numbers[-1]

    def _is_wanted(self, number: int) -> bool:
        """Whether a pass is to be traced."""
        if number < _KEPT or self._keep in (number, "last"):
            return True
        return self._keep == "nonfinite" and self._nonfinite is None

    def run(self, original: Callable[..., Any], outputs: Any, *args: Any, **kwargs: Any) -> Any:
        """Stands in the place of the function through which all of PyTorch's passes go. One that
        begins inside another, such as a checkpoint's, belongs to that one."""
        hear = self._hearing
        if not hear.is_here():
            self.unseen.append("other_thread")
            return original(outputs, *args, **kwargs)
        if self._running or hear.deaf or is_being_compiled() or not hear.arrive():
            return original(outputs, *args, **kwargs)
        self._running = True
        hear.deaf += 1
        try:
            with uncollected():
                return self._heard(original, outputs, args, kwargs)
        finally:
            self._running = False
            self.ended = self.count
            hear.deaf -= 1

    def _heard(self, original: Callable[..., Any], outputs: Any, args: Any, kwargs: Any) -> Any:
        captured = not kwargs.get("accumulate_grad")
        tensors = [one for one in outputs if isinstance(one, Tensor)]

        def call() -> Any:
            return original(outputs, *args, **kwargs)

        root = tensors[0] if len(tensors) == len(outputs) == 1 else None
        if root is None or node_of(root) is None or is_wrapped(root):
            return self._untraced(tensors, call, captured)
        number, self.count = self.count, self.count + 1
        if not self._is_wanted(number):
            self.unseen.append("not_traced")
            return self._untraced(tensors, call, captured)
        create_graph = bool(args[2]) if len(args) > 2 else bool(kwargs.get("create_graph"))
        inputs = args[3] if len(args) > 3 else kwargs.get("inputs")
        return self._traced(root, number, call, captured, create_graph, not inputs)

    def _untraced(self, outputs: list[Tensor], call: Callable[[], Any], captured: bool) -> Any:
        if len(outputs) > 1:
            self.unseen.append("several_outputs")
        elif outputs and is_wrapped(outputs[0]):
            self.unseen.append("transform")
        try:
            made = call()
        except RuntimeError:
            with self._hearing.telling():
                failed = Called("backward", "special", call)
                self._clues.influence.failed(failed, (outputs,), {})
            raise
        with self._hearing.telling():
            self._clues.influence.passed_untraced(outputs, captured)
        return made

    def _graph_of(self, root: Tensor, captured: bool, everywhere: bool) -> RecordedGraph | None:
        with self._hearing.telling():
            self._hearing.place(root)
            graph = RecordedGraph(
                root.grad_fn,
                self._names(),
                {},
                watch=_Bounds(),
                capturing=captured,
                everywhere=everywhere,
                read_saved=self.read_saved,
                copier=self._copier,
                plans=self._plans,
            )
            leaves = [leaf for _, leaf in graph.leaves()]
            # To know from now on when they change.
            self._clues.ledger.look_at_all(leaves, self._places.at.lineno)
            self._look_for_hooks(graph)
            note = graph.notes[0]
            if not root.is_cpu and note is not None:  # where results are not looked at one by one
                self._clues.ledger.check(root, note.line)
            self.unseen += ["compiled"] * graph.classes.count(COMPILED)
            self._clues.passes.before(graph)
            return graph
        return None

    def _look_for_hooks(self, graph: RecordedGraph) -> None:
        """Hooks that the program has put on leaves and their nodes, and whether there can be any
        at all. A leaf is looked at once, and again when any hook has been registered since by
        somebody else."""
        if hooks_so_far() != self._hooks:
            self._looked_at.clear()
            self._since = next_number()
        bare = True
        for i, leaf in graph.leaves():
            known = self._looked_at.get(id(leaf))
            if known is None:
                own = has_hooks(leaf) or acts_on_gradient(leaf)
                known = self._looked_at[id(leaf)] = has_prehooks(graph.nodes[i]), own
            if known != _NO_HOOKS:
                bare = False
                if known[0]:
                    graph.hooked.add(i)
        self._hooks = hooks_so_far()
        graph.unaltered = bare and _ONE_THREAD and not _shares_gradients()
        # No hook can be on nodes that were recorded after the last one was registered.
        graph.unaltered = graph.unaltered and min(graph.numbers) >= self._since

    def _traced(
        self,
        root: Tensor,
        number: int,
        call: Callable[[], Any],
        captured: bool,
        again: bool,
        everywhere: bool,
    ) -> Any:
        graph = self._graph_of(root, captured, everywhere)
        if graph is None:
            self.unseen.append("too_large")
            return self._untraced([root], call, captured)
        line, passes = self._places.at.lineno, self._clues.passes
        before = hooks_so_far()
        try:
            with graph.listening():
                self._hooks += hooks_so_far() - before
                result = call()
        except RuntimeError as error:
            kept = {n: made.graph for n, made in self.kept.items()}
            with self._hearing.telling():
                last = self._line_of_function(graph, error) or line
                passes.failed(graph, error, line, last, kept)
            raise
        with self._hearing.telling():
            telling = passes.after(graph, number, line, again)
            if telling and self._nonfinite is None:
                self._nonfinite = number
            self._clues.influence.passed(root, graph)
            self._keep_pass(number, pass_of(graph), telling, root)
        return result

    def _line_of_function(self, graph: RecordedGraph, error: Exception) -> int:
        """The last line of the backward of a program's own function that an error speaks of."""
        for node, name in zip(graph.nodes, graph.classes, strict=True):
            if is_made_by_function(type(node)) and name in str(error):
                code = code_of_backward(node)
                lines = [line for *_, line in code.co_lines() if line] if code else []
                return self._places.line_of(code, max(lines)) if code and lines else 0
        return 0

    def _keep_pass(self, number: int, made: Pass, telling: bool, root: Tensor) -> None:
        """Keep the first passes, the last one, the first that is not finite, and the one that was
        asked for."""
        if self._replaceable is not None:
            del self.kept[self._replaceable], self.calls[self._replaceable]
            self._replaceable = None
        if number >= _KEPT and not telling and self._keep != number:
            self._replaceable = number
        self.kept[number] = made
        value = view_of(root) if root.numel() == 1 else None
        self.calls[number] = Call(self._places.at.lineno, value)
        if number < _KEPT and value is not None:
            name, line = made.root
            loss = MappingProxyType({name or "": value})
            self.losses.append(Statement(line or 0, line or 0, loss, "", (), ()))


class _Bounds:
    """What a traced graph may take."""

    def check_nodes(self, count: int) -> None:
        if count > _MOST_NODES:
            raise TraceError("nodes")

    def check_edges(self, count: int) -> None:
        pass

    def keep(self, count: int) -> None:
        pass


def _shares_gradients() -> bool:
    """Whether processes average their gradients, so that a leaf's .grad is not what it received."""
    return distributed.is_available() and distributed.is_initialized()
