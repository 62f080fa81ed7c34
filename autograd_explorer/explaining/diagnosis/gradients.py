"""Every leaf with its gradient, and what the diagnosis says of it, as a table."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from autograd_explorer.explaining.diagnosis.finding import Finding, Status
from autograd_explorer.explaining.finite import nonfinite
from autograd_explorer.frames import LeafGradient, leaves_frame
from autograd_explorer.records import Array, Run, TensorView

if TYPE_CHECKING:
    import pandas as pd


def gradients_frame(run: Run, findings: Sequence[Finding]) -> "pd.DataFrame":
    """A row for each leaf, by its name or its path in a module; for the columns see
    autograd_explorer.frames.leaves_frame.

    The gradient is a variable's .grad; of a parameter that is no variable, what the last pass
    that reached it added.
    """
    return leaves_frame([*_leaves(run, findings)])


def _leaves(run: Run, findings: Sequence[Finding]) -> Iterator[LeafGradient]:
    gradients = _last_gradients(run)
    said = _by_leaf(findings)
    seen = set()
    for leaf in run.reach.leaves:
        if not leaf.name or leaf.name in seen:
            continue
        seen.add(leaf.name)
        view = run.variables.get(leaf.name)
        gradient = view.grad if isinstance(view, TensorView) else gradients.get(leaf.name)
        status: Status = "arrived"
        line = None
        if leaf.name in said:
            status, line = said[leaf.name].status, said[leaf.name].line
        elif gradient is None:
            status = "none"
        elif nonfinite(gradient):
            status = "nonfinite"
        yield LeafGradient(leaf.name, leaf.shape, gradient, status, line)


def _last_gradients(run: Run) -> dict[str, Array]:
    """What the last pass to reach each leaf brought it, by all its names."""
    found: dict[str, Array] = {}
    for graph in run.backwards:
        for node in graph.nodes if not graph.captured else ():
            if node.kind == "leaf" and node.tensor and node.upstream:
                gradient = node.upstream[0]
                if gradient is not None:
                    found |= dict.fromkeys(node.tensor.split(", "), gradient)
    return found


def _by_leaf(findings: Sequence[Finding]) -> dict[str, Finding]:
    """The first finding about each leaf that says that something is not well, alarms first."""
    said: dict[str, Finding] = {}
    for one in sorted(findings, key=lambda finding: finding.severity != "alarm"):
        if one.status == "arrived":
            continue
        for name in one.facts.get("names", one.name.split(", ")):
            said.setdefault(name, one)
    return said
