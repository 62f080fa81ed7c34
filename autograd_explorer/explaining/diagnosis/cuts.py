"""Gradients that did not arrive: for each leaf, whether a pass reached it, and if none did, where
the way was cut. From Run.reach, and from the traced passes."""

import ast
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.diagnosis.syntax import tree_of
from autograd_explorer.reach import Cut, Leaf, Reach
from autograd_explorer.records import Run

# All keys that the functions of this file give as a cause.
CAUSES = (
    "arrived",
    "cut_item", "cut_tolist", "cut_numpy", "cut_data", "cut_detach", "cut_new_tensor", "cut_index",
    "cut_integer", "cut_comparison", "cut_no_grad", "cut_inference", "cut_not_differentiable",
    "cut_sample",
    "unused", "used_nowhere", "unused_input", "constant_derivative", "new_view",
    "flag_too_late", "frozen", "not_a_leaf", "leaf_without_a_name", "name_rebound",
    "returned_not_filled", "not_handed_on",
    "optimizer_holds_old", "in_no_optimizer", "in_a_plain_list",
    "iterator_used_up", "hook_gets_none", "not_differentiated",
)  # fmt: skip
_MOST_ROWS = 50


def of_leaves(run: Run) -> Iterator[Finding]:
    """What became of each leaf's gradient."""
    reach = run.reach
    if not reach.roots:
        return
    rows = 0
    for number, leaf in enumerate(reach.leaves):
        found = _of_leaf(run, number, leaf)
        if found is not None and rows < _MOST_ROWS:
            rows += 1
            yield found


def _of_leaf(run: Run, number: int, leaf: Leaf) -> Finding | None:
    reach = run.reach
    facts: dict[str, Any] = {"shape": leaf.shape, "made": leaf.line, "parameter": leaf.parameter}
    if leaf.returned and not leaf.got and leaf.read:
        return _finding(
            leaf.name, "none", False, "returned_not_filled", reach.roots[-1].line, facts
        )
    if leaf.got or leaf.returned:
        facts |= {"passes": leaf.got, "returned": leaf.returned}
        return _finding(leaf.name, "arrived", False, "arrived", leaf.line, facts)
    if any(leaf.name in h.paths and number not in h.replaced for h in reach.holders):
        return None  # one that another has taken the place of, which is told of that one
    facts |= {"backward": reach.roots[-1].line, "read": leaf.read}
    if leaf.frozen:
        # Where every pass failed, there was nothing left to differentiate.
        serious = all(root.kind == "failed" for root in reach.roots)
        told = serious or leaf.read
        return _finding(leaf.name, "none", serious, "frozen", leaf.frozen, facts) if told else None
    serious = leaf.read > 0 or any(reach.holders[n].steps for n in leaf.holders)
    cut = _cut_of(reach, number, {cut for root in reach.roots for cut in root.cuts})
    if cut is None and not leaf.reached and not leaf.flagged:
        cut = _cut_of(reach, number, set(reach.steering))
        if cut is not None and cut.line <= leaf.user_line:
            cut = None  # what was computed afterwards might still have gone into the loss
    if cut is not None:
        serious = serious or _has_failed_for(reach, cut)
        return _finding(
            leaf.name, "none", serious, cut.cause, cut.line, facts | _facts_of(reach, cut)
        )
    if not serious:
        return None
    if leaf.flagged:
        facts |= {"used": leaf.used}
        return _finding(leaf.name, "none", True, "flag_too_late", leaf.flagged, facts)
    if leaf.reached:
        return _reached(run, leaf, facts)
    loss = next((root.made for root in reversed(reach.roots) if root.made), 0)
    facts |= {"loss": loss}
    if leaf.user:
        facts |= {"user": leaf.user, "user_line": leaf.user_line}
        line = leaf.instead or _return_after(run.source, leaf.user_line) or loss or leaf.user_line
        return _finding(leaf.name, "none", True, "used_nowhere", line, facts)
    return _finding(leaf.name, "none", True, "unused", loss or facts["backward"], facts)


def _return_after(source: str, line: int) -> int:
    """The line on which the function around a line returns something else; 0 where no line is."""
    inside = [
        node
        for node in ast.walk(tree_of(source))
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    if not inside:
        return 0
    innermost = max(inside, key=lambda node: node.lineno)
    returns = [node.lineno for node in ast.walk(innermost) if isinstance(node, ast.Return)]
    return next((at for at in sorted(returns) if at > line), 0)


def _reached(run: Run, leaf: Leaf, facts: dict[str, Any]) -> Finding | None:
    """In the graph of a pass, and still without a .grad."""
    if all(root.kind != "backward" for root in run.reach.roots):
        return _finding(leaf.name, "none", False, "returned_not_filled", facts["backward"], facts)
    node = _silent_node(run, leaf.name)
    if node is None:
        return None
    name, applied = node
    line = _answer_of(run.source, name.removesuffix("Backward")) or applied
    return _finding(leaf.name, "none", True, "not_handed_on", line, facts | {"function": name})


def _answer_of(source: str, function: str) -> int:
    """The line on which the backward of a program's own autograd.Function returns; 0 if it is none
    of the program's."""
    found = 0
    for node in ast.walk(tree_of(source)):
        if isinstance(node, ast.ClassDef) and node.name == function:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name == "backward":
                    lines = [n.lineno for n in ast.walk(method) if isinstance(n, ast.Return)]
                    found = max(lines, default=method.lineno)
    return found


def _silent_node(run: Run, name: str) -> tuple[str, int | None] | None:
    """The node that ran and sent nothing on a way to a leaf: an autograd.Function whose backward
    returned None."""
    for graph in run.backwards:
        wanted = {node.id for node in graph.nodes if node.kind == "leaf" and _is_named(node, name)}
        ran = set(graph.order)
        above = set(wanted)
        for edge in reversed(graph.edges):  # breadth first: most senders come before receivers
            if edge.target in above and edge.source not in above:
                node = graph.nodes[edge.source]
                received = any(gradient is not None for gradient in node.upstream)
                if edge.source in ran and received and edge.gradient is None:
                    return node.name, node.line
                above.add(edge.source)
    return None


def _is_named(node: Any, name: str) -> bool:
    return name in (node.tensor or "").split(", ")


def _cut_of(reach: Reach, number: int, behind: set[int]) -> Cut | None:
    """The first of these cuts that lost a leaf."""
    for position in sorted(behind):
        cut = reach.cuts[position]
        if number in cut.leaves and cut.cause in CAUSES:
            return cut
    return None


def _has_failed_for(reach: Reach, cut: Cut) -> bool:
    """Whether a pass could not begin, because its tensor had been cut off here."""
    return any(
        reach.cuts[position] == cut
        for root in reach.roots
        if root.kind == "failed"
        for position in root.cuts
    )


def _facts_of(reach: Reach, cut: Cut) -> dict[str, Any]:
    names = tuple(reach.leaves[n].name for n in cut.leaves)
    return {"operation": cut.operation, "at": cut.at, "leaves": names[:8], "count": len(names)}


def partial_cuts(run: Run) -> Iterator[Finding]:
    """Leaves that arrived by one way and were cut off on another: it may be what is wanted."""
    reach = run.reach
    told = set()
    rebound = any(note.cause == "name_rebound" for note in reach.notes)
    for position in sorted({cut for root in reach.roots for cut in root.cuts}):
        cut = reach.cuts[position]
        names = [
            reach.leaves[n].name
            for n in cut.leaves
            if reach.leaves[n].got or reach.leaves[n].returned
        ]
        if names and cut.cause in CAUSES and (cut.cause, cut.line) not in told:
            told.add((cut.cause, cut.line))
            facts = _facts_of(reach, cut) | {"leaves": tuple(names[:8]), "count": len(names)}
            serious = not rebound and _has_failed_for(reach, cut)
            yield _finding(names[0], "partial", serious, cut.cause, cut.line, facts)


def of_notes(run: Run) -> Iterator[Finding]:
    """What was seen when it happened."""
    for note in run.reach.notes:
        if note.cause not in CAUSES:
            continue
        status: Status = "zero" if note.cause == "not_differentiated" else "none"
        if note.cause == "iterator_used_up":
            status = "unexpected"
        yield _finding(note.name, status, note.serious, note.cause, note.line, note.facts)


def of_optimizers(run: Run) -> Iterator[Finding]:
    """Parameters that get a gradient and that no optimizer steps."""
    reach = run.reach
    told = set()
    for holder in reach.holders:
        for path, new, line in zip(holder.paths, holder.replaced, holder.replaced_on, strict=True):
            leaf = reach.leaves[new]
            told.add(new)
            if leaf.holders:
                continue
            facts = {"optimizer": holder.kind, "optimizer_line": holder.line}
            serious = holder.steps > 0 and leaf.got > 0
            yield _finding(path, "unexpected", serious, "optimizer_holds_old", line, facts)
    stepped = [holder for holder in reach.holders if holder.steps]
    loose: list[Leaf] = []
    for number, leaf in enumerate(reach.leaves):
        if leaf.holders or number in told or not leaf.parameter:
            continue
        facts = {"passes": leaf.got, "made": leaf.line}
        if leaf.listed:
            facts |= {"list": leaf.listed}
            serious = bool(leaf.got and stepped)
            line = leaf.listed_line
            yield _finding(leaf.name, "unexpected", serious, "in_a_plain_list", line, facts)
        elif leaf.got and stepped:
            loose.append(leaf)
    if loose and stepped[-1].line:
        names = tuple(leaf.name for leaf in loose)
        facts = {"leaves": names[:8], "count": len(names), "optimizer": stepped[-1].kind}
        line = stepped[-1].line
        yield _finding(names[0], "unexpected", False, "in_no_optimizer", line, facts)


def _finding(
    name: str,
    status: Status,
    serious: bool,
    cause: str,
    line: int | None,
    facts: Mapping[str, Any],
) -> Finding:
    known = MappingProxyType(dict(facts))
    return Finding(name, status, "alarm" if serious else "fact", cause, line or None, known)
