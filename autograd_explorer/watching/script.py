"""A script that runs as `python SCRIPT` runs it, watched; and what was seen of it, as a Run."""

import os
import runpy
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from autograd_explorer.explaining.diagnosis import Finding
from autograd_explorer.records import BackwardGraph, Failure, Heard, Run
from autograd_explorer.watching.lines import Lines
from autograd_explorer.watching.seen import Seen
from autograd_explorer.watching.watch import Watching, watched

WHOLE = 4096  # elements of a tensor that is kept whole


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What was seen of a script.

    .run       as of any program: what each line of the script assigned, its passes, its variables.
               Nodes that other files recorded have no line; their .file says where: "model.py:12"
    .findings  the diagnosis. One in another file has its .file, as seen from the script's folder
    .passes    how many backward passes ran
    .numbers   which of them run.backwards are, counted from 0
    .unseen    what could not be looked into (Seen.unseen)
    """

    run: Run
    findings: tuple[Finding, ...]
    passes: int
    numbers: tuple[int, ...]
    unseen: tuple[str, ...]


def run_script(
    script: str,
    arguments: Sequence[str],
    source: str,
    at: Callable[[int], object],
    over: Callable[[], object],
) -> tuple[Watched, BaseException | None]:
    """Run a script in this process, whose sys.argv and sys.path become the script's; what was seen
    of it, and what it raised.

    source  its text
    at      told of each line of it before it runs
    over    told when it has ended, before that is looked at
    """
    sys.argv[:] = [script, *arguments]
    sys.path.insert(0, str(Path(script).resolve().parent))
    lines = Lines(script, source, WHOLE, at)
    watching = Watching("last", WHOLE, lines)
    raised: BaseException | None = None
    seen = Seen()
    try:
        with watched(watching) as seen:
            try:
                runpy.run_path(script, run_name="__main__")
            finally:
                over()
    except BaseException as error:
        raised = error
    failure = failure_of(raised, script)
    return _Telling(script, source, watching, lines).told(seen, failure), raised


def failure_of(error: BaseException | None, script: str) -> Failure | None:
    """What ended a script, on the line of it that was running; None for an end as it should be."""
    if error is None or (isinstance(error, SystemExit) and error.code in (None, 0)):
        return None
    if isinstance(error, SyntaxError) and error.filename == script:
        return Failure(
            error.lineno or 1, error.offset or 1, type(error).__name__, error.msg, "syntax"
        )
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == script:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, KeyboardInterrupt):
        return Failure(line, 1, "KeyboardInterrupt", "", "ended", "stopped")
    return Failure(line, 1, type(error).__name__, _words_of(error), "torch")


def _words_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # the program's own exception may have an own __str__
        return ""


class _Telling:
    """Makes plain data of what was seen, with lines as the script's text has them."""

    def __init__(self, script: str, source: str, watching: Watching, lines: Lines) -> None:
        self._script, self._source = script, source
        self._watching, self._lines = watching, lines
        self._folder = Path(script).resolve().parent

    def told(self, seen: Seen, failure: Failure | None) -> Watched:
        kept = self._watching.passes.kept
        graphs = {number: self._placed(number, seen.graphs[number]) for number in sorted(kept)}
        places = {number: at for at, number in enumerate(graphs)}
        graph = next(reversed(graphs.values()), None)
        whole = seen.run or Run(self._source, (), {}, "", (), None, None)
        run = replace(
            whole,
            source=self._source,
            statements=self._lines.statements(places, graph),
            variables=self._watching.values,
            backwards=tuple(graphs.values()),
            graph=graph,
            error=failure,
            warnings=self._heard(seen),
        )
        findings = tuple(self._finding(finding) for finding in seen.findings)
        return Watched(run, findings, seen.passes, tuple(graphs), seen.unseen)

    def _file(self, file: str) -> str:
        """Another file, as seen from the script's folder; "" for the script itself."""
        if not file or file == self._script:
            return ""
        try:
            return os.path.relpath(file, self._folder)
        except ValueError:  # on another drive
            return file

    def _placed(self, number: int, graph: BackwardGraph) -> BackwardGraph:
        """The graph, with the lines of the script alone, and which statements recorded it."""
        nodes = []
        for node in graph.nodes:
            file = self._file(node.file)
            place = {"line": None, "file": f"{file}:{node.line}"} if file else {"file": ""}
            nodes.append(node._replace(**place))
        lines = [node.line for node in nodes]
        recorded = self._lines.recorded(self._watching.passes.kept[number], lines)
        return replace(graph, nodes=tuple(nodes), recorded=recorded)

    def _heard(self, seen: Seen) -> tuple[Heard, ...]:
        both = zip(seen.warnings, seen.warned_in, strict=True)
        return tuple(one for one, file in both if one.line and not self._file(file))

    def _finding(self, finding: Finding) -> Finding:
        facts = {
            name: self._file(value) if name.endswith("_file") else _plain(value)
            for name, value in finding.facts.items()
        }
        return replace(finding, file=self._file(finding.file), facts=MappingProxyType(facts))


def _plain(value: Any) -> Any:
    """A fact as wire.py can send it."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (tuple, list, frozenset)):
        return tuple(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return tuple((_plain(name), _plain(one)) for name, one in value.items())
    if value is None or isinstance(value, (bool, int, float, complex, str)):
        return value
    return str(value)
