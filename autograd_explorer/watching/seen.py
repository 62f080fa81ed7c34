"""What watch() has seen: the passes it kept, and the diagnosis."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from autograd_explorer.explaining.diagnosis import Finding, diagnose
from autograd_explorer.records import BackwardGraph, Heard, Run
from autograd_explorer.watching.places import Places, is_of_another_file

_LOG = logging.getLogger(__name__)


class Seen:
    """Filled when the block of watch() ends.

    .graph     the pass that was to be kept, with what travelled on each edge; None if none ran
    .graphs    all passes that were kept, by their number, counted from 0
    .passes    how many ran
    .warnings  what PyTorch and Python warned of; for their files see .warned_in
    .unseen    what watch() could not look into, as keys: "several_outputs" a pass from several
               tensors at once, "compiled" what torch.compile has made, "other_thread" a pass in
               another thread, "transform" one of torch.func's, "too_large", "not_traced" a pass
               after the first few where a later one was not to be kept
    .findings  the diagnosis: what became of the gradients, and why
    """

    def __init__(self) -> None:
        self.graphs: Mapping[int, BackwardGraph] = MappingProxyType({})
        self.graph: BackwardGraph | None = None
        self.passes = 0
        self.warnings: tuple[Heard, ...] = ()
        self.warned_in: tuple[str, ...] = ()
        self.unseen: tuple[str, ...] = ()
        self._places = Places()
        self._run: Run | None = None

    def fill(
        self,
        run: Run,
        graphs: Mapping[int, BackwardGraph],
        chosen: int | None,
        passes: int,
        unseen: Sequence[str],
        places: Places,
    ) -> None:
        """The block is over. Lines of the run are numbers of places."""
        self._places, self._run = places, run
        self.graphs = MappingProxyType({n: _placed(graph, places) for n, graph in graphs.items()})
        self.graph = None if chosen is None else self.graphs[chosen]
        self.passes = passes
        self.unseen = tuple(dict.fromkeys(unseen))
        heard = [(places.place(one.line), one) for one in run.warnings]
        self.warnings = tuple([replace(one, line=line or 0) for (_, line), one in heard])
        self.warned_in = tuple([file for (file, _), _ in heard])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        if self._run is None:
            return ()
        try:
            found = diagnose(self._run)
        except Exception:  # a kind of tensor that no rule has expected
            _LOG.warning("the diagnosis has failed", exc_info=True)
            return ()
        return tuple([self._told(finding) for finding in found if not self._is_guess(finding)])

    def _is_guess(self, finding: Finding) -> bool:
        """Some causes compare the elements of two tensors, one by one; those of samples are not all
        from the same places."""
        if self._run is None or finding.cause not in _BY_ELEMENT:
            return False
        return any(
            hasattr(array, "summary")
            for graph in self._run.backwards
            for node in graph.nodes
            if node.line == finding.line
            for array in (*node.upstream, *(saved.values for saved in node.saved))
        )

    def _told(self, finding: Finding) -> Finding:
        file, line = self._places.place(finding.line)
        facts: dict[str, Any] = {}
        for name, value in finding.facts.items():
            if type(value) is int and is_of_another_file(value):
                other, value = self._places.place(value)
                facts[f"{name}_file"] = other
            facts[name] = value
        return replace(finding, line=line, file=file, facts=MappingProxyType(facts))

    def __repr__(self) -> str:
        """What there is to see, and each mistake by the key of its cause and its place."""
        lines = [f"Seen({self.passes} backward pass{'' if self.passes == 1 else 'es'})"]
        if self.graph is not None:
            lines.append(f"  {self.graph!r}")
        for finding in self.findings:
            if finding.severity == "alarm":
                name = f" of {finding.name}" if finding.name else ""
                place = f" at {finding.file}:{finding.line}" if finding.line else ""
                lines.append(f"  {finding.status}{name}: {finding.cause}{place}")
        if self.unseen:
            lines.append(f"  not seen: {', '.join(self.unseen)}")
        return "\n".join(lines)


_BY_ELEMENT = {"clamped_in_part", "tie", "index_twice", "padding"}


def _placed(graph: BackwardGraph, places: Places) -> BackwardGraph:
    nodes = []
    for node in graph.nodes:
        file, line = places.place(node.line)
        nodes.append(node._replace(line=line, file=file))
    return replace(graph, nodes=tuple(nodes))
