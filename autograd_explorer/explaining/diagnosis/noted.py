"""What the ledger noted while the program ran, and what its exception says, as findings."""

import ast
import re
from collections.abc import Iterator
from typing import Any, Literal

from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.diagnosis.ways import operation, saved
from autograd_explorer.explaining.error_causes import CAUSES as ERRORS
from autograd_explorer.explaining.error_causes import cause_of
from autograd_explorer.records import Entry, Run

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
    "carried_graph": "second_backward", "forward_once": "second_backward",
    "not_detached": "second_backward", "second_backward": "second_backward",
    "sparse_gradient": "sparse_gradient",
    "wrong_number_of_gradients": "wrong_number_of_gradients",
    "wrong_shape_of_gradient": "wrong_shape_of_gradient",
}  # fmt: skip
# Told by another part of the diagnosis, which knows what cut the path.
_OF_CUTS = {"nothing_recorded", "grad_is_none"}
_OF_SHAPES = {"truth_of_many", "shapes_do_not_fit", "types_do_not_fit"}  # no matter of gradients
_SIZES = re.compile(r"Using a target size \((.+?)\) that is different to the input size \((.+?)\)")

CAUSES = (
    *_SILENT, *_RAISED, "ids_need_no_gradient", "derivative_is_constant",
    *(key for key, _ in ERRORS if key not in _OF_CUTS | _OF_SHAPES | set(_RAISED)),
)  # fmt: skip


def noted_findings(run: Run) -> Iterator[Finding]:
    """The silent ones."""
    for entry in run.ledger:
        if entry.kind in _SILENT:
            status, severity = _SILENT[entry.kind]
            if entry.kind == "summed_passes" and _is_divided(run, entry):
                continue
            line = entry.line
            if entry.kind == "kept_graphs":
                line = _line_that_keeps(run, entry)
            yield Finding(
                entry.name,
                status,
                severity,
                entry.kind,
                line,
                dict(entry.facts),
            )
    for heard in run.warnings:
        sizes = _SIZES.search(heard.message)
        if sizes:
            facts = {"left": _shape(sizes[2]), "right": _shape(sizes[1])}
            yield Finding("", "unexpected", "fact", "broadcast", heard.line, facts)


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
    for node in ast.walk(ast.parse(run.source)):
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
    entries = [entry for entry in run.ledger if _RAISED.get(entry.kind) == _of_freed(key)]
    if entries:
        last = entries[-1]
        facts = {**dict(last.facts), **facts}
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
