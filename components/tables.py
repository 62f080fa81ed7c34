"""Facts that read best as a table: tensors, nodes, the two grad modes, the proof."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import autograd_explorer as ax
from autograd_explorer.course.leaf import LEAVES
from components.matrix import shape_text
from components.program_view import summary
from texts import Say


class Table(NamedTuple):
    """Cells of one-line Markdown; the first of a row is the row's header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


VARIABLES = ("x", "y", "w", "b", "z", "loss")


def build_tensors(run: ax.Run, say: Say, names: Sequence[str] = VARIABLES) -> Table:
    """One row a variable: shape, requires_grad, is_leaf, grad_fn, values."""
    rows = []
    for name in names:
        view = run.tensor(name)
        rows.append(
            {
                say("col_name"): f"**{name}**",
                say("col_shape"): code(shape_text(view.shape)),
                say("col_requires_grad"): code(view.requires_grad),
                say("col_is_leaf"): code(view.is_leaf),
                say("col_grad_fn"): code(view.grad_fn),
                say("col_values"): code(summary(view)) if len(view.shape) < 2 else say("nothing"),
            }
        )
    return _table(rows)


def build_grad_modes(recorded: ax.Run, unrecorded: ax.Run, say: Say) -> Table:
    """The same forward pass recorded and not, side by side."""
    with_graph, without = _grad_mode(recorded, say), _grad_mode(unrecorded, say)
    return Table(
        ("", say("col_recorded"), say("col_unrecorded")),
        tuple((name, with_graph[name], without[name]) for name in with_graph),
    )


def _grad_mode(run: ax.Run, say: Say) -> dict[str, str]:
    z, loss = run.tensor("z"), run.tensor("loss")
    return {
        "z.requires_grad": code(z.requires_grad),
        "z.grad_fn": code(z.grad_fn),
        "loss.requires_grad": code(loss.requires_grad),
        "loss.grad_fn": code(loss.grad_fn),
        say("row_loss"): code(f"{float(loss.values):.4f}"),
        say("row_nodes"): code(len(run.graph.nodes) if run.graph else 0),
        say("row_bytes"): code(run.graph.saved_bytes if run.graph else 0),
        say("row_backward"): say("raises", type=code(run.error.type))
        if run.error
        else say("works"),
    }


def build_modes(runs: Mapping[str, ax.Run], chosen: str, say: Say) -> Table:
    """One row a way of running the forward pass; the chosen one is marked."""
    rows = []
    for mode, run in runs.items():
        z = run.tensor("z")
        rows.append(
            {
                say("col_mode"): f"**{say(f'mode_{mode}')}**" + (" ◀" if mode == chosen else ""),
                "z.requires_grad": code(z.requires_grad),
                "z.is_leaf": code(z.is_leaf),
                "z.grad_fn": code(z.grad_fn),
                say("col_nodes"): code(len(run.graph.nodes) if run.graph else 0),
                say("col_bytes"): code(run.graph.saved_bytes if run.graph else 0),
                "loss.backward()": say("raises", type=code(run.error.type))
                if run.error
                else say("works"),
            }
        )
    return _table(rows)


def build_leaves(run: ax.Run, say: Say) -> Table:
    """One row a tensor: whether it got a .grad, and why."""
    rows = []
    for name in LEAVES:
        view = run.variables[name]
        facts = dict.fromkeys(("is_leaf", "requires_grad", "grad_fn", ".grad"), say("nothing"))
        if isinstance(view, ax.TensorView):
            facts = {
                "is_leaf": code(view.is_leaf),
                "requires_grad": code(view.requires_grad),
                "grad_fn": code(view.grad_fn),
                ".grad": code("None") if view.grad is None else say("filled"),
            }
        rows.append({say("col_name"): f"**{name}**", **facts, say("col_why"): say(f"why_{name}")})
    return _table(rows)


def build_proof(proof: ax.Proof, say: Say) -> Table:
    """Three ways to the gradient, each with its largest difference from the first there is."""
    base = proof.autograd or proof.formula
    reference = say("reference_autograd" if proof.autograd else "reference_formula")
    rows = []
    for name in ("autograd", "formula", "differences"):
        pair = getattr(proof, name)
        if pair is None:
            first = w_gap = b_gap = code("None")
        else:
            first = code(f"{float(pair[0][0, 0]):+.10f}")
            w_gap, b_gap = (
                say("reference") if pair is base else code(f"{gap:.1e}")
                for gap in proof.gap(base, pair)
            )
        rows.append(
            {
                say("col_way"): say(f"way_{name}"),
                say("col_first"): first,
                say("col_w", reference=reference): w_gap,
                say("col_b", reference=reference): b_gap,
            }
        )
    return _table(rows)


def code(value: object) -> str:
    """A value in code type."""
    return f"`{value}`"


def _table(rows: Sequence[Mapping[str, str]]) -> Table:
    return Table(tuple(rows[0]), tuple(tuple(row.values()) for row in rows))
