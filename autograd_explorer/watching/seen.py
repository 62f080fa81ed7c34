"""What watch() has seen: the passes it kept, and the diagnosis."""

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from autograd_explorer.explaining.diagnosis import Finding, Path, diagnose, path_of
from autograd_explorer.records import BackwardGraph, Heard, Run
from autograd_explorer.watching.page import bundle_of, notebook_of, page_of
from autograd_explorer.watching.places import Places, is_of_another_file, source_of

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
    .number    which pass .graph is, counted from 0
    .findings  the diagnosis: what became of the gradients, and why
    .told      the run as the statements that recorded .graph, and the call that ran it; in it a
               line is a number that place() explains
    .sources   file → text of the program's files, as they were when the block ended
    """

    def __init__(self) -> None:
        self.graphs: Mapping[int, BackwardGraph] = MappingProxyType({})
        self.graph: BackwardGraph | None = None
        self.passes = 0
        self.warnings: tuple[Heard, ...] = ()
        self.warned_in: tuple[str, ...] = ()
        self.unseen: tuple[str, ...] = ()
        self.number: int | None = None
        self.told: Run | None = None
        self.sources: Mapping[str, str] = MappingProxyType({})
        self._places = Places()
        self._run: Run | None = None
        self._raw: dict[int, Finding] = {}  # a finding as the diagnosis has it, by id of ours

    def fill(
        self,
        run: Run,
        told: Run,
        graphs: Mapping[int, BackwardGraph],
        chosen: int | None,
        passes: int,
        unseen: Sequence[str],
        places: Places,
    ) -> None:
        """The block is over. Lines of the run are numbers of places."""
        self._places, self._run, self.told = places, run, told
        self.sources = MappingProxyType({file: source_of(file) for file in places.files})
        self.graphs = MappingProxyType({n: _placed(graph, places) for n, graph in graphs.items()})
        self.number = chosen
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

    def path_of(self, finding: Finding) -> Path | None:
        """Where in .graph the gradient came to that one of .findings is about."""
        raw = self._raw.get(id(finding))
        if raw is None or self._run is None or self.told is None or self.told.graph is None:
            return None
        return path_of(self._run, raw, self.told.graph)

    def place(self, line: int | None) -> tuple[str, int | None]:
        """The file and the line that a number of .told means."""
        return self._places.place(line)

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
        told = replace(finding, line=line, file=file, facts=MappingProxyType(facts))
        self._raw[id(told)] = finding
        return told

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write what was seen into one file that works by itself, offline: as a page (.html), with
        the graph, its timeline, all cards and findings, or as a notebook (.ipynb) that shows it.

        Raises:  ValueError, for another ending
        """
        file = FilePath(path)
        writers = {".html": page_of, ".htm": page_of, ".ipynb": notebook_of}
        write = writers.get(file.suffix.lower())
        if write is None:
            raise ValueError(f"{file.name}: it is saved as .html or as .ipynb")
        file.write_text(write(self), encoding="utf-8")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """For notebooks: the page, and the same as for a terminal."""
        return bundle_of(self)

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
