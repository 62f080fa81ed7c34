"""Keep what a running program does, statement by statement, until it is a Run."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from core.allowed import Function, Namespace
from core.trace import RecordedGraph
from core.views import BackwardGraph, Failure, Run, Statement, View, name_of, views_of


@dataclass(slots=True)
class _Draft:
    """A Statement whose node ids are not known yet: the graph is numbered at the end."""

    node: ast.stmt
    assigned: Mapping[str, View]
    printed: str
    recorded: list[Any]
    backwards: range


class Recorder:
    """The memory of one run: its variables, and what each statement did to them."""

    def __init__(self) -> None:
        self.variables: dict[str, Any] = {}
        self._drafts: list[_Draft] = []
        self._printed: list[str] = []
        self._line_of: dict[Any, int] = {}  # grad_fn → line; holding a node keeps its identity
        self._leaf_line: dict[int, int] = {}  # id(tensor) → line; variables keep them alive
        self._latest: Any = None  # grad_fn of the last tensor assigned with one
        self._backwards: list[tuple[RecordedGraph, BackwardGraph]] = []

    @contextmanager
    def statement(self, node: ast.stmt) -> Iterator[list[str]]:
        """Record one statement, also one that fails; it fills in the names it assigns."""
        printed, passes = len(self._printed), len(self._backwards)
        names: list[str] = []
        try:
            yield names
        finally:
            assigned = {name: self.variables[name] for name in names}
            self._drafts.append(
                _Draft(
                    node,
                    _views_of_data(assigned),
                    "".join(self._printed[printed:]),
                    self._note_nodes(assigned, node.lineno),
                    range(passes, len(self._backwards)),
                )
            )

    def write(self, text: str) -> None:
        self._printed.append(text)

    def backward(self, tensor: Tensor, gradient: Any, retain_graph: Any) -> None:
        """Run a tensor's own backward, and keep what it sends."""
        if tensor.grad_fn is None or (gradient is None and tensor.numel() != 1):
            # Nothing to trace: PyTorch says why, or fills a leaf's own .grad.
            tensor.backward(gradient, retain_graph=retain_graph)
            return
        graph = self._graph_of(tensor.grad_fn)
        with graph.listening():
            tensor.backward(gradient, retain_graph=retain_graph)
        self._backwards.append((graph, graph.view()))

    def _graph_of(self, root: Any) -> RecordedGraph:
        tensors = {
            name: value for name, value in self.variables.items() if isinstance(value, Tensor)
        }
        return RecordedGraph(root, tensors, self._line_of)

    def _note_nodes(self, assigned: Mapping[str, Any], line: int) -> list[Any]:
        """The nodes that are new behind the variables just set."""
        new: list[Any] = []
        for value in assigned.values():
            if not isinstance(value, Tensor):
                continue
            if value.grad_fn is None:
                self._leaf_line[id(value)] = line
                continue
            self._latest = value.grad_fn
            queue: list[Any] = [value.grad_fn]
            for node in queue:
                if node is None or node in self._line_of:
                    continue
                leaf = node.variable if name_of(node) == "AccumulateGrad" else None
                self._line_of[node] = self._leaf_line.get(id(leaf), line)
                new.append(node)
                queue += [following for following, _ in node.next_functions]
        return new

    def finish(self, source: str, failure: Failure | None) -> Run:
        """Number the last graph, and give every statement the ids of what it recorded."""
        live, graph = self._last_graph()
        ids = live.ids if live else {}
        kept = Run(
            source=source,
            statements=tuple(
                Statement(
                    draft.node.lineno,
                    draft.node.end_lineno or draft.node.lineno,
                    draft.assigned,
                    draft.printed,
                    tuple(sorted(ids[node] for node in draft.recorded if node in ids)),
                    tuple(draft.backwards),
                )
                for draft in self._drafts
            ),
            variables=_views_of_data(self.variables),
            printed="".join(self._printed),
            backwards=tuple(view for _, view in self._backwards),
            graph=graph,
            error=failure,
        )
        self._let_go()
        return kept

    def _last_graph(self) -> tuple[RecordedGraph | None, BackwardGraph | None]:
        """The graph behind the last tensor with a grad_fn, with gradients if backward ran on it."""
        for live, graph in reversed(self._backwards):
            if live.root is self._latest:
                return live, graph
        if self._latest is None:
            return None, None
        live = self._graph_of(self._latest)
        return live, live.view()

    def _let_go(self) -> None:
        """Free the graph from its newest node on: the other way round, a long chain would be
        freed by recursion in C++ (see RecordedGraph)."""
        self.variables.clear()
        self._backwards.clear()
        self._drafts.clear()
        self._latest = None
        while self._line_of:
            self._line_of.popitem()


def _views_of_data(values: Mapping[str, Any]) -> Mapping[str, View]:
    """Views of everything but modules and functions, which are ours and not the program's."""
    return views_of(
        {
            name: value
            for name, value in values.items()
            if not isinstance(value, Namespace | Function)
        }
    )
