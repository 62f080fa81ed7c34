"""Below a program that is played: what the node received that backward has come to, and what it
passed on."""

from typing import Any

import autograd_explorer as ax
from components.assets import register
from components.graph_view.describe import equation_text, gradient_text
from components.matrix import build_matrix
from components.part import part
from texts import Say

_mount = register("steps")


@part()
def show_steps(graph: ax.BackwardGraph, say: Say, key: str) -> None:
    """Say of each node what arrived, by which rule it was changed, and where it went."""
    _mount(key, {"steps": build_steps(graph, say), "before": say("before")})


def build_steps(graph: ax.BackwardGraph, say: Say) -> dict[str, Any]:
    """Every step of backward, by the id of its node's box, in the order in which they ran."""
    return {f"node-{step.node}": _step(graph, step, say) for step in ax.backward_steps(graph)}


def _step(graph: ax.BackwardGraph, step: ax.Step, say: Say) -> dict[str, Any]:
    node = graph.nodes[step.node]
    upstream = node.upstream[0]
    texts, matrices = [], []
    if upstream is not None:
        texts.append(say("step_arrives", gradient=gradient_text(upstream)))
        matrices.append(build_matrix(say("upstream"), upstream))
    texts += [say("step_rule", rule=rule) for rule in _rules_of(graph, node.id)]
    for edge in step.leaving:
        assert edge.target is not None and edge.gradient is not None  # noqa: S101
        target = f"{edge.target} {graph.nodes[edge.target].name}"
        texts.append(say("step_leaves", gradient=gradient_text(edge.gradient), target=target))
        matrices.append(build_matrix(f"→ {target}", edge.gradient))
    for meeting in step.sums:
        target = f"{meeting.node} {graph.nodes[meeting.node].name}"
        texts.append(say("step_sum", target=target, arrived=meeting.arrived, of=meeting.of))
        matrices.append(build_matrix(f"Σ {meeting.arrived}/{meeting.of}", meeting.total))
    if step.fills is not None:
        words = "step_hands_back" if graph.captured else "step_fills"
        texts.append(say(words, name=node.tensor or node.name))
    return {
        "title": f"{node.id} {node.name}" + (f" ({node.tensor})" if node.tensor else ""),
        "texts": texts,
        "matrices": matrices,
    }


def _rules_of(graph: ax.BackwardGraph, node_id: int) -> list[str]:
    """Each equation of a node in one line; without a rule of ours, PyTorch's own formula."""
    explanation = ax.explain(graph, node_id)
    if explanation is not None:
        return [equation_text(equation) for equation in explanation.equations]
    formula = ax.formula(graph.nodes[node_id].name)
    return [f"{name}: {text}" for name, text in formula.derivatives.items()] if formula else []
