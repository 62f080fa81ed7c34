"""What the ledger noted while the program ran, and what its exception says, as findings."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.error_causes import CAUSES as ERRORS
from autograd_explorer.explaining.error_causes import cause_of
from autograd_explorer.records import Entry, Run

# Entries that are findings by themselves, with their status.
_SILENT: dict[str, tuple[Status, str]] = {
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
    "carried_graph": "second_backward", "forward_once": "second_backward",
    "not_detached": "second_backward", "second_backward": "second_backward",
    "sparse_gradient": "sparse_gradient",
    "wrong_number_of_gradients": "wrong_number_of_gradients",
    "wrong_shape_of_gradient": "wrong_shape_of_gradient",
}  # fmt: skip
# Told by another part of the diagnosis, which knows what cut the path.
_OF_CUTS = {"nothing_recorded", "grad_is_none"}
_SIZES = re.compile(r"Using a target size \((.+?)\) that is different to the input size \((.+?)\)")

CAUSES = (
    *_SILENT, *_RAISED, "ids_need_no_gradient", "derivative_is_constant",
    *(key for key, _ in ERRORS if key not in _OF_CUTS and key not in _RAISED),
)  # fmt: skip


def noted_findings(run: Run) -> Iterator[Finding]:
    """The silent ones."""
    for entry in run.ledger:
        if entry.kind in _SILENT:
            status, severity = _SILENT[entry.kind]
            line = entry.line
            if entry.kind == "kept_graphs":
                line = _line_that_keeps(run, entry)
            yield Finding(
                entry.name, status, severity, entry.kind, line, dict(entry.facts)  # type: ignore[arg-type]
            )
    for heard in run.warnings:
        sizes = _SIZES.search(heard.message)
        if sizes:
            facts = {"left": _shape(sizes[2]), "right": _shape(sizes[1])}
            yield Finding("", "unexpected", "fact", "broadcast", heard.line, facts)


def _shape(text: str) -> str:
    numbers = re.findall(r"\d+", text)
    return f"({numbers[0]},)" if len(numbers) == 1 else f"({', '.join(numbers)})"


def _line_that_keeps(run: Run, entry: Entry) -> int:
    """Where a list gets the tensors that it keeps; of a variable, where its last node was made."""
    for node in ast.walk(ast.parse(run.source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" | "insert")
            ) if name == entry.name:
                return node.lineno
    return entry.line


def raised_findings(run: Run) -> Iterator[Finding]:
    """What the program's exception comes from."""
    error = run.error
    if error is None or error.kind != "torch":
        return
    key = cause_of(error)
    if key is None or key in _OF_CUTS:
        return
    facts: dict[str, Any] = {"raised_line": error.line}
    entries = [entry for entry in run.ledger if _RAISED.get(entry.kind) == _of_freed(key)]
    if entries:
        last = entries[-1]
        facts |= dict(last.facts)
        yield Finding(last.name, "none", "alarm", last.kind, last.line, facts)
        return
    if key == "only_floating" and any(entry.kind == "embedding" for entry in run.ledger):
        key = "ids_need_no_gradient"
    if key == "unused_input" and _is_of_derivative(run):
        key = "derivative_is_constant"
    yield Finding("", "none", "alarm", key, error.line, facts)


def _of_freed(key: str) -> str:
    return "second_backward" if key == "saved_freed" else key


def _is_of_derivative(run: Run) -> bool:
    """Whether an earlier autograd.grad made what could not be differentiated once more."""
    return any(graph.captured for graph in run.backwards)
