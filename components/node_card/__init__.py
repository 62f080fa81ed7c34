"""Show one node: what it computes, what arrived, what it saved, and its rule with numbers."""

from collections.abc import Iterator, Sequence, Set
from pathlib import PurePath
from typing import Any

import autograd_explorer as ax
from autograd_explorer.records import Array, Sample, shape_of
from components.assets import register
from components.graph_view.describe import clipped, equation_text, gradient_text, norm
from components.matrix import build_matrix, glyph, shape_text
from texts import Say

_mount = register("node_card")

AGREES = 1e-5  # relative, for float32
# A program may split a tensor into 60,000, save as many, and give each a million numbers.
MOST_MATRICES, MOST_SAVED, LARGEST = 8, 24, 64

_LABELS = (
    "card_forward", "card_upstream", "card_saved", "card_bytes", "card_held", "card_freed",
    "card_formula", "card_numbers", "card_sends", "none",
)  # fmt: skip


def show_node(graph: ax.BackwardGraph, node_id: int, say: Say, key: str) -> None:
    """Draw the card of a node."""
    _mount(key, build_node(graph, node_id, say))


def show_edge(graph: ax.BackwardGraph, source: int, slot: int, say: Say, key: str) -> None:
    """Draw the card of an edge; nothing for an edge that does not exist."""
    for edge in graph.edges:
        if (edge.source, edge.slot) == (source, slot):
            _mount(key, build_edge(graph, edge, say))


def build_node(
    graph: ax.BackwardGraph, node_id: int, say: Say, largest: int = LARGEST
) -> dict[str, Any]:
    """A node as static/node_card/view.js has it; largest is the most rows and columns of a matrix.

    Of a tensor of which only a sample was kept, words say what is known of all of it.
    """
    node = graph.nodes[node_id]
    explanation = ax.explain(graph, node_id)
    formula = ax.formula(node.name)
    arrived = [(i, upstream) for i, upstream in enumerate(node.upstream) if upstream is not None]
    kept = sorted(node.saved, key=lambda saved: saved.values is None)
    explained = {equation.slot for equation in explanation.equations} if explanation else set()
    sends = _sends(graph, node_id, explained)
    return _card(say) | {
        "title": f"{node.id} {clipped(node.name)}",
        "variable": clipped(node.tensor or ""),
        "place": _place(node, say),
        "starts": _starts(graph, node, say),
        "note": _note(node, explanation, formula, graph.captured, say),
        "forward": explanation.forward if explanation else "",
        "signature": formula.signature if formula else "",
        "upstream": [
            _matrix(f"grad[{i}]" if len(node.upstream) > 1 else "grad", upstream, largest)
            for i, upstream in arrived[:MOST_MATRICES]
            if not isinstance(upstream, Sample)
        ],
        "saved": [_saved(saved, say) for saved in kept[:MOST_SAVED]],
        "formulas": [
            [f"grad_{name}", text]
            for name, text in (formula.derivatives if formula else {}).items()
        ],
        "sends": [
            _matrix(_target(graph, target), gradient, largest)
            for target, gradient in sends[:MOST_MATRICES]
            if not isinstance(gradient, Sample)
        ],
        "equations": [
            _equation(graph, equation, node_id, say, largest)
            for equation in (explanation.equations if explanation else ())
        ],
        "more": {
            name: " ".join(words)
            for name, items, most in (
                ("upstream", [("grad", gradient) for _, gradient in arrived], MOST_MATRICES),
                ("saved", [(saved.name, None) for saved in kept], MOST_SAVED),
                (
                    "sends",
                    [(_target(graph, to), gradient) for to, gradient in sends],
                    MOST_MATRICES,
                ),
            )
            if (words := [*_more(items, most, say)])
        },
    }


def _place(node: ax.Node, say: Say) -> str:
    """Which line and which module made a node, where watch() knows the file."""
    if not node.file or node.line is None:
        return ""
    place = say("card_place", file=PurePath(node.file).name, line=node.line)
    return f"{place} · {clipped(node.module)}" if node.module else place


def _target(graph: ax.BackwardGraph, node: int) -> str:
    return f"→ {node} {clipped(graph.nodes[node].name)}"


def _more(items: Sequence[tuple[str, Array | None]], most: int, say: Say) -> Iterator[str]:
    """What is known of those of which there are only samples, and how many are not shown."""
    for name, item in items[:most]:
        if isinstance(item, Sample) and item.summary is not None:
            known = item.summary
            yield say(
                "card_summary",
                name=name,
                shape=shape_text(known.shape),
                norm=f"{known.norm:.4g}",
                low=glyph(known.low) or f"{known.low:.4g}",
                high=glyph(known.high) or f"{known.high:.4g}",
                zeros=f"{known.zeros:.1%}",
                nonfinite=f"{known.nonfinite:.1%}",
            )
    if len(items) > most:
        yield say("more", count=f"{len(items) - most:,}")


def _sends(graph: ax.BackwardGraph, node_id: int, explained: Set[int]) -> list[tuple[int, Array]]:
    """To whom a node passed what, edge by edge, where no equation shows it."""
    return [
        (edge.target, edge.gradient)
        for edge in graph.edges
        if edge.source == node_id and edge.target is not None and edge.gradient is not None
        if edge.slot not in explained
    ]


def _matrix(name: str, values: Array, largest: int = LARGEST) -> dict[str, Any]:
    """A matrix, or as much of its corner as a screen can hold, named as PyTorch would be asked
    for that corner."""
    rows, part = values, ""
    if values.ndim > 2 and values.size > largest:
        rows, part = values.reshape(-1, values.shape[-1]), ".flatten(0, -2)"
    if max(rows.shape, default=0) <= largest:
        return build_matrix(name, values)
    corner = rows[(slice(largest),) * rows.ndim]
    part += f"[{', '.join([f':{largest}'] * rows.ndim)}]"
    return build_matrix(name + part, corner) | {"shape": shape_text(values.shape)}


def _note(
    node: ax.Node,
    explanation: ax.Explanation | None,
    formula: ax.Formula | None,
    captured: bool,
    say: Say,
) -> str:
    if node.kind == "leaf":
        words = "card_leaf_captured" if captured else "card_leaf"
        return say(words, name=node.tensor or node.name)
    sampled = any(isinstance(values, Sample) for values in node.upstream)
    if sampled or any(isinstance(saved.values, Sample) for saved in node.saved):
        return say("card_sampled")
    if explanation is None:
        return say("card_no_rule" if formula else "card_no_formula")
    if explanation.lacking:
        gone = {saved.name.partition("[")[0] for saved in node.saved if not saved.held}
        words = "card_gone" if gone.intersection(explanation.lacking) else "card_not_saved"
        return say(words, names=", ".join(explanation.lacking))
    return ""


def _starts(graph: ax.BackwardGraph, node: ax.Node, say: Say) -> str:
    mark = ax.nonfinite_nodes([node], graph.edges).get(node.id)
    if mark is None or not mark.starts:
        return ""
    return say("card_starts_nan" if mark.starts == "nan" else "card_starts_inf")


def build_edge(
    graph: ax.BackwardGraph, edge: ax.Edge, say: Say, largest: int = LARGEST
) -> dict[str, Any]:
    source = graph.nodes[edge.source]
    if edge.target is None:
        title, note = f"{clipped(source.name)} → None", say("edge_none", slot=edge.slot)
    else:
        target = graph.nodes[edge.target]
        title = f"{edge.source} {clipped(source.name)} → {edge.target} {clipped(target.name)}"
        if edge.gradient is None:
            note = say("edge_empty" if edge.source in graph.order else "edge_idle")
        else:
            carried = gradient_text(edge.gradient)
            size = norm(edge.gradient)
            note = say("edge_carries", gradient=carried, norm=glyph(size) or f"{size:.4g}")
    told = _card(say) | {"title": title, "note": note}
    if isinstance(edge.gradient, Sample):
        return told | {"more": {"upstream": " ".join(_more([("grad", edge.gradient)], 1, say))}}
    matrices = [] if edge.gradient is None else [_matrix("grad", edge.gradient, largest)]
    return told | {"upstream": matrices}


def _card(say: Say) -> dict[str, Any]:
    """A card with nothing on it."""
    return {
        "variable": "",
        "place": "",
        "starts": "",
        "forward": "",
        "signature": "",
        "upstream": [],
        "saved": [],
        "formulas": [],
        "sends": [],
        "equations": [],
        "more": {},
        "labels": {name: say(name) for name in _LABELS},
    }


def _saved(saved: ax.Saved, say: Say) -> list[str]:
    """Name, what it is, bytes, whether it was held when backward reached the node, in words and
    as the name of an icon, if there is one."""
    if saved.values is not None:
        what = shape_text(shape_of(saved.values))
    else:
        what = clipped(str(saved.plain)) if saved.held else say("nothing")
    size = str(saved.nbytes) if saved.nbytes else say("nothing")
    state = "card_held" if saved.held else "card_freed"
    # Sizes and settings are no tensors: nothing of them is held, and nothing freed.
    told = "nothing" if saved.held and not saved.nbytes else state
    return [saved.name, what, size, say(told), told.removeprefix("card_")]


def _equation(
    graph: ax.BackwardGraph, equation: ax.Equation, node_id: int, say: Say, largest: int
) -> dict[str, Any]:
    edge = next(e for e in graph.edges if (e.source, e.slot) == (node_id, equation.slot))
    target = graph.nodes[edge.target or 0]
    terms = [_matrix(operand.label, operand.values, largest) for operand in equation.operands]
    return {
        "title": f"→ {edge.target} {target.name}"
        + (f" ({target.tensor})" if target.tensor else ""),
        "text": equation_text(equation),
        "terms": terms,
        "operators": list(equation.operators),
        "result": _matrix(say("card_result"), equation.result, largest),
        "summed": say("card_summed", shape=shape_text(equation.result.shape))
        if equation.summed
        else "",
        "agrees": equation.relative_gap <= AGREES,
        "check": say(
            "card_check", gap=f"{equation.gap:.1e}", relative=f"{equation.relative_gap:.1e}"
        ),
    }
