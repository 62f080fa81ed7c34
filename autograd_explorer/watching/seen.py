"""What watch() has seen: the passes it kept, and the diagnosis."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from autograd_explorer.explaining.diagnosis import Finding, Path, diagnose, path_of
from autograd_explorer.recording.passes import Pass
from autograd_explorer.records import BackwardGraph, Heard, Run
from autograd_explorer.watching.page import bundle_of, notebook_of, page_of
from autograd_explorer.watching.places import Places, is_of_another_file, source_of
from autograd_explorer.watching.steps import Call, told_by

_LOG = logging.getLogger(__name__)


class Seen:
    """Filled when the block of watch() ends. What takes long to make of it is made when it is asked
    for first.

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
    .run       all that was noted, with the kept passes, as the diagnosis asks for it; likewise
    .sources   file → text of the program's files, as they were when the block ended
    """

    def __init__(self) -> None:
        self.graphs: Mapping[int, BackwardGraph] = MappingProxyType({})
        self.passes = 0
        self.warnings: tuple[Heard, ...] = ()
        self.warned_in: tuple[str, ...] = ()
        self.unseen: tuple[str, ...] = ()
        self.number: int | None = None
        self.sources: Mapping[str, str] = MappingProxyType({})
        self._places = Places()
        self._gathered: Run | None = None
        self._kept: Mapping[int, Pass] = {}
        self._calls: Mapping[int, Call] = {}
        self._raw: dict[int, Finding] = {}  # a finding as the diagnosis has it, by id of ours

    def fill(
        self,
        run: Run,
        kept: Mapping[int, Pass],
        calls: Mapping[int, Call],
        chosen: int | None,
        passes: int,
        unseen: Sequence[str],
        places: Places,
    ) -> None:
        """The block is over. Lines of the run, which has no graphs yet, are numbers of places."""
        self._places, self._gathered = places, run
        self._kept, self._calls = kept, calls
        self.sources = MappingProxyType({file: source_of(file) for file in places.files})
        self.graphs = _Placed(kept, places)
        self.number = chosen
        self.passes = passes
        self.unseen = tuple(dict.fromkeys(unseen))
        heard = [(places.place(one.line), one) for one in run.warnings]
        self.warnings = tuple([replace(one, line=line or 0) for (_, line), one in heard])
        self.warned_in = tuple([file for (file, _), _ in heard])

    @property
    def graph(self) -> BackwardGraph | None:
        return None if self.number is None else self.graphs[self.number]

    @cached_property
    def run(self) -> Run | None:
        if self._gathered is None:
            return None
        graphs = [self._kept[number].graph for number in sorted(self._kept)]
        return replace(
            self._gathered, backwards=tuple(graphs), graph=graphs[-1] if graphs else None
        )

    @cached_property
    def told(self) -> Run | None:
        if self.run is None or self.number is None:
            return self.run
        return told_by(self.run, self._kept[self.number], self._calls[self.number])

    def of_pass(self, number: int) -> "Seen":
        """The same, with another of the kept passes as its .graph.

        Raises:  KeyError, where that pass was not kept
        """
        if number not in self.graphs:
            raise KeyError(number)
        _ = self.findings  # which both share
        other = copy(self)
        other.number = number
        other.__dict__.pop("told", None)
        return other

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        if self.run is None:
            return ()
        try:
            found = diagnose(self.run)
        except Exception:  # a kind of tensor that no rule has expected
            _LOG.warning("the diagnosis has failed", exc_info=True)
            return ()
        return tuple([self._told(finding) for finding in found if not self._is_guess(finding)])

    def path_of(self, finding: Finding) -> Path | None:
        """Where in .graph the gradient came to that one of .findings is about."""
        raw = self._raw.get(id(finding))
        if raw is None or self.run is None or self.told is None or self.told.graph is None:
            return None
        return path_of(self.run, raw, self.told.graph)

    def place(self, line: int | None) -> tuple[str, int | None]:
        """The file and the line that a number of .told means."""
        return self._places.place(line)

    def _is_guess(self, finding: Finding) -> bool:
        """Some causes compare the elements of two tensors, one by one; those of samples are not all
        from the same places."""
        if self.run is None or finding.cause not in _BY_ELEMENT:
            return False
        return any(
            hasattr(array, "summary")
            for graph in self.run.backwards
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
        Of small graphs it has the first kept passes as well, for its reader to choose from.

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
        """What there is to see, and each mistake by the key of its cause and its place; once where
        it befalls many parameters, as those of a layer."""
        lines = [f"Seen({self.passes} backward pass{'' if self.passes == 1 else 'es'})"]
        if self.graph is not None:
            lines.append(f"  {self.graph!r}")
        alike: dict[tuple[str, str, str], list[str]] = {}
        for finding in self.findings:
            if finding.severity == "alarm":
                place = f" at {finding.file}:{finding.line}" if finding.line else ""
                alike.setdefault((finding.status, finding.cause, place), []).append(finding.name)
        for (status, cause, place), names in alike.items():
            shown = ", ".join(filter(None, names[:_MOST_NAMED]))
            more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
            of = f" of {shown}{more}" if shown else ""
            lines.append(f"  {status}{of}: {cause}{place}")
        if self.unseen:
            lines.append(f"  not seen: {', '.join(self.unseen)}")
        return "\n".join(lines)


_MOST_NAMED = 2
_BY_ELEMENT = {"clamped_in_part", "tie", "index_twice", "padding"}


class _Placed(Mapping[int, BackwardGraph]):
    """The graphs of passes, with the files and lines that their numbers of places mean."""

    def __init__(self, kept: Mapping[int, Pass], places: Places) -> None:
        self._kept, self._places = kept, places
        self._known: dict[int, BackwardGraph] = {}

    def __getitem__(self, number: int) -> BackwardGraph:
        if number not in self._known:
            self._known[number] = _placed(self._kept[number].graph, self._places)
        return self._known[number]

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._kept))

    def __len__(self) -> int:
        return len(self._kept)


def _placed(graph: BackwardGraph, places: Places) -> BackwardGraph:
    nodes = []
    for node in graph.nodes:
        file, line = places.place(node.line)
        nodes.append(node._replace(line=line, file=file))
    return replace(graph, nodes=tuple(nodes))
