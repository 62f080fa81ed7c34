"""Explain a node with its own numbers: what it saved × what arrived = what it passes on.

For the operations that learners meet, rules.py restates PyTorch's formula as a short
equation between arrays. The equation is evaluated here, from what the node saved and received,
and compared with what the engine really sent. A node without a rule gets no explanation, and
one that did not save what its rule needs gets one that says so.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from autograd_explorer.explaining.formulas import formula
from autograd_explorer.explaining.rules import RULES, Facts, NotSaved, Operand, Parts, Rule
from autograd_explorer.records import Array, BackwardGraph, Edge, Node, Sample, Shape

_LOG = logging.getLogger(__name__)
# What arithmetic on arrays raises where a rule does not fit what it was given.
_RULE_FAILED = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)

Operator = Literal["@", "⊙", "÷", "+", "−"]

_EVALUATE: dict[str, Callable[[Any, Any], Any]] = {
    "@": np.matmul,
    "⊙": np.multiply,
    "÷": np.divide,
    "+": np.add,
    "−": np.subtract,
}


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """How the gradient for one forward input comes about.

    .slot, .input  the edge's slot, and the input's name in derivatives.yaml
    .operands      taken together from left to right by .operators
    .summed        whether the result was then summed to the shape of a broadcast input
    .result        the outcome, float64; .sent what the engine sent
    .gap           the largest |result − sent|
    .relative_gap  the same over the largest |sent|
    """

    slot: int
    input: str
    operands: tuple[Operand, ...]
    operators: tuple[Operator, ...]
    summed: bool
    result: Array
    sent: Array
    gap: float
    relative_gap: float


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What a node's numbers say.

    .forward    what the node's operation computes
    .equations  one for each edge that carried, as far as the node holds what its rule needs
    .lacking    names of what it does not hold, in the words of derivatives.yaml
    """

    forward: str
    equations: tuple[Equation, ...]
    lacking: tuple[str, ...] = ()

    def __repr__(self) -> str:
        told = ", ".join(
            f"grad of {equation.input}: {equation.relative_gap:.0e} off the engine's"
            for equation in self.equations
        )
        lacks = f", lacking {', '.join(self.lacking)}" if self.lacking else ""
        return f"Explanation({self.forward}; {told or 'no equation'}{lacks})"


def explain(graph: BackwardGraph, node_id: int) -> Explanation | None:
    """Explain a node of a graph on which backward has run. Never raises for a recorded node.

    None for a node whose operation has no rule here, that received nothing, or whose numbers are
    complex. Where a rule needs what was not saved, or was freed or changed before it could be
    read, the explanation has fewer equations and names what is lacking; where only a sample of a
    tensor was kept, there is nothing to be computed.
    """
    known = _rule_of(graph.nodes[node_id])
    if known is None:
        return None
    rule, inputs = known
    node = graph.nodes[node_id]
    held = (*node.upstream, *(saved.values for saved in node.saved))
    sampled = any(isinstance(values, Sample) for values in held)
    equations: list[Equation] = []
    lacking: list[str] = []
    for edge in graph.edges:
        if edge.source != node_id or edge.gradient is None or np.iscomplexobj(edge.gradient):
            continue
        if sampled or isinstance(edge.gradient, Sample):
            continue
        try:
            equations.append(_equation(rule, Facts(graph, edge, inputs[edge.slot])))
        except NotSaved as absent:
            lacking.append(absent.name)
        except _RULE_FAILED:
            _LOG.exception("the rule of %s failed", graph.nodes[node_id].name)
            return None
    return Explanation(rule.forward, tuple(equations), tuple(dict.fromkeys(lacking)))


def evaluate(graph: BackwardGraph, edge: Edge, upstream: Array) -> Array | None:
    """What a node's rule would send on an edge for another upstream gradient; None without one."""
    known = _rule_of(graph.nodes[edge.source])
    if known is None or edge.target is None or edge.gradient is None:
        return None
    rule, inputs = known
    try:
        facts = Facts(graph, edge, inputs[edge.slot], upstream)
        with np.errstate(all="ignore"):
            return _sum_to(_evaluated(rule.parts(facts)), facts.shape)
    except NotSaved:
        return None
    except _RULE_FAILED:
        _LOG.exception("the rule of %s failed", graph.nodes[edge.source].name)
        return None


def _rule_of(node: Node) -> tuple[Rule, list[str]] | None:
    """A node's rule, and the names of its inputs, slot by slot."""
    entry = formula(node.name)
    rule = RULES.get(entry.entry) if entry else None
    if rule is None or entry is None or not node.upstream or node.upstream[0] is None:
        return None
    held = (saved.values for saved in node.saved if saved.values is not None)
    if any(np.iscomplexobj(values) for values in (node.upstream[0], *held)):
        return None
    return rule, list(entry.derivatives)


def _equation(rule: Rule, facts: Facts) -> Equation:
    """Evaluate a rule's operands from left to right and compare with what was sent."""
    with np.errstate(all="ignore"):  # NaN and infinity are what a learner wants to see
        parts = rule.parts(facts)
        result = _evaluated(parts)
    operands = tuple(part for part in parts if isinstance(part, Operand))
    operators = tuple(part for part in parts if isinstance(part, str))
    summed = result.shape != facts.shape
    result = _sum_to(result, facts.shape)
    gap = largest_gap(result, facts.sent)
    finite = facts.sent[np.isfinite(facts.sent)]
    scale = float(abs(finite).max(initial=0.0))
    return Equation(
        facts.edge.slot,
        facts.input,
        operands,
        operators,  # type: ignore[arg-type]
        summed,
        result,
        facts.sent,
        gap,
        gap / scale if scale else gap,
    )


def largest_gap(ours: Array, sent: Array) -> float:
    """The largest difference; two NaNs are the same, and so are two infinities of one sign."""
    with np.errstate(all="ignore"):
        alike = (ours == sent) | (np.isnan(ours) & np.isnan(sent))
        gaps = np.where(alike, 0.0, abs(ours - sent))
    return float(np.nan_to_num(gaps, nan=np.inf).max(initial=0.0))


def _evaluated(parts: Parts) -> Array:
    """Operands and operators in turn, taken from left to right."""
    first, *rest = parts
    assert isinstance(first, Operand)  # noqa: S101
    result = first.values
    for operator, operand in zip(rest[::2], rest[1::2], strict=True):
        assert isinstance(operand, Operand)  # noqa: S101
        result = _EVALUATE[str(operator)](result, operand.values)
    return result


def _sum_to(values: Array, shape: Shape) -> Array:
    """Undo broadcasting: sum over the dimensions that were added or stretched."""
    lead = values.ndim - len(shape)
    stretched = [
        lead + i for i, size in enumerate(shape) if size == 1 and values.shape[lead + i] != 1
    ]
    summed: Array = values.sum(axis=(*range(lead), *stretched), keepdims=True)
    return summed.reshape(shape)
