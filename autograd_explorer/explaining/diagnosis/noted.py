"""What the ledger noted while the program ran, and what its exception says, as findings."""

import ast
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.diagnosis.syntax import tree_of
from autograd_explorer.explaining.diagnosis.ways import listed, operation, saved
from autograd_explorer.explaining.error_causes import CAUSES as ERRORS
from autograd_explorer.explaining.error_causes import cause_of
from autograd_explorer.records import BackwardGraph, Entry, Run

Severity = Literal["alarm", "fact"]
# Entries that are findings by themselves, with their status.
_SILENT: dict[str, tuple[Status, Severity]] = {
    "stale_gradient": ("unexpected", "alarm"),
    "summed_passes": ("unexpected", "fact"),
    "changed_behind_autograd": ("unexpected", "alarm"),
    "hook_before_in_place": ("unexpected", "fact"),
    "in_place_on_skip": ("unexpected", "fact"),
    "lost_in_ctx": ("partial", "fact"),
    "kept_graphs": ("unexpected", "fact"),
    "eval_records": ("unexpected", "fact"),
    "broadcast": ("unexpected", "fact"),
}
# Entries that say which line an exception comes from, by the words of the exception.
_RAISED = {
    "modified_in_place": "modified_in_place", "stepped_between": "modified_in_place",
    "modified_by_module": "modified_in_place",
    "carried_graph": "second_backward", "forward_once": "second_backward",
    "not_detached": "second_backward", "second_backward": "second_backward",
    "no_derivative": "no_derivative",
    "sparse_gradient": "sparse_gradient",
    "wrong_number_of_gradients": "wrong_number_of_gradients",
    "wrong_shape_of_gradient": "wrong_shape_of_gradient",
}  # fmt: skip
# Told by another part of the diagnosis, which knows what cut the path to a leaf.
_OF_CUTS = {"nothing_recorded", "grad_is_none", "unused_input"}
_OF_SHAPES = {"truth_of_many", "shapes_do_not_fit", "types_do_not_fit"}  # no matter of gradients
_SIZES = re.compile(r"Using a target size \((.+?)\) that is different to the input size \((.+?)\)")

CAUSES = (
    *_SILENT, *_RAISED, "growing_graph", "ids_need_no_gradient", "nothing_recorded",
    *(key for key, _ in ERRORS if key not in _OF_CUTS | _OF_SHAPES | set(_RAISED)),
)  # fmt: skip


def noted_findings(run: Run) -> Iterator[Finding]:
    """The silent ones: one finding for each cause and line, with the names that it concerns."""
    found: dict[tuple[str, int], list[Entry]] = {}
    for entry in run.ledger:
        if entry.kind in _SILENT:
            line = entry.line
            if entry.kind == "kept_graphs":
                line = _line_that_keeps(run, entry)
            if entry.kind != "summed_passes" or not _is_divided(run, entry):
                found.setdefault((entry.kind, line), []).append(entry)
    for (cause, line), entries in found.items():
        status, severity = _SILENT[cause]
        names = listed([entry.name for entry in entries])
        yield Finding(names, status, severity, cause, line, dict(entries[0].facts))
    yield from _growing(run)
    for heard in run.warnings:
        sizes = _SIZES.search(heard.message)
        if sizes:
            facts = {"left": _shape(sizes[2]), "right": _shape(sizes[1])}
            yield Finding("", "unexpected", "fact", "broadcast", heard.line, facts)


def _growing(run: Run) -> Iterator[Finding]:
    """Passes of one line that go through more of the past each time: the graph of the turns before
    is still there, by retain_graph=True."""
    sizes: dict[int, list[int]] = {}
    for graph in run.backwards:
        if not graph.captured and graph.nodes[0].line:
            sizes.setdefault(graph.nodes[0].line, []).append(len(graph.nodes))
    for line, several in sizes.items():
        steps = {after - before for before, after in itertools.pairwise(several)}
        if len(several) > 2 and min(steps) > 0 and len(steps) == 1:
            last = next(g for g in reversed(run.backwards) if g.nodes[0].line == line)
            at, name = _where_it_goes_on(last) or (line, "")
            facts = {"passes": len(several), "first": several[0], "nodes": several[-1]}
            yield Finding(name, "unexpected", "fact", "growing_graph", at, facts)


def _where_it_goes_on(graph: BackwardGraph) -> tuple[int, str] | None:
    """Line and name of what leads from one turn to the next: the result with a name that most nodes
    of the graph have."""
    named = [(n.line, n.tensor.partition(",")[0]) for n in graph.nodes
             if n.kind == "operation" and n.tensor and n.line]  # fmt: skip
    counts = Counter(named).most_common(1)
    return counts[0][0] if counts and counts[0][1] > 1 else None


def _shape(text: str) -> str:
    numbers = re.findall(r"\d+", text)
    return f"({numbers[0]},)" if len(numbers) == 1 else f"({', '.join(numbers)})"


def _is_divided(run: Run, entry: Entry) -> bool:
    """Whether each of the losses that were summed was divided, as parts of a mean are."""
    ends = [graph.nodes[0] for graph in run.backwards if graph.nodes[0].line == entry.line]
    divisors = [saved(node).get("other") for node in ends if operation(node.name) in ("Div", "Mul")]
    return bool(ends) and len(divisors) == len(ends) and all(
        one is not None and one.size == 1 and float(one.ravel()[0]) != 1 for one in divisors
    )  # fmt: skip


def _line_that_keeps(run: Run, entry: Entry) -> int:
    """Where a list gets the tensors that it keeps; of a variable, where its last node was made."""
    for node in ast.walk(tree_of(run.source)):
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Name(id=name) | ast.Attribute(attr=name),
                    attr="append" | "extend" | "insert",
                )
            ) if name == entry.name.rpartition(".")[2]:
                return node.lineno
    return entry.line


def raised_findings(run: Run) -> Iterator[Finding]:
    """What the program's exception comes from."""
    error = run.error
    if error is None or error.kind != "torch":
        return
    key = cause_of(error)
    if key is None or key in _OF_CUTS | _OF_SHAPES:
        return
    facts: dict[str, Any] = {"raised_line": error.line}
    entries = [entry for entry in run.ledger if _RAISED.get(entry.kind) == key]
    if entries:
        last = entries[-1]
        facts = {**dict(last.facts), **facts}
        yield Finding(last.name, "none", "alarm", last.kind, last.line, facts)
        return
    if key == "only_floating" and any(entry.kind == "embedding" for entry in run.ledger):
        key = "ids_need_no_gradient"
    yield Finding("", "none", "alarm", key, error.line, facts)


def unexplained_findings(run: Run) -> Iterator[Finding]:
    """A pass that could not begin, although nothing was cut off: nothing asked for a gradient."""
    error = run.error
    if error is not None and cause_of(error) == "nothing_recorded":
        facts = {"raised_line": error.line}
        yield Finding("", "none", "alarm", "nothing_recorded", error.line, facts)
