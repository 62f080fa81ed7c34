"""Facts that read best as a table, as DataFrames: a few to be read, many to be searched."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

import autograd_explorer as ax
from autograd_explorer.course import forward, gradient
from autograd_explorer.course.leaf import LEAVES
from autograd_explorer.records import Array
from components.icons import LETTERS
from components.matrix import real, shape_text
from components.program_view import summary
from texts import Say

MOST_ROWS = 10_000  # of a table to be searched: more would not fit into one message
VARIABLES = ("x", "y", "w", "b", "z", "loss")


def build_tensors(run: ax.Run, say: Say, names: Sequence[str] = VARIABLES) -> pd.DataFrame:
    """One row a variable: shape, requires_grad, is_leaf, grad_fn, values."""
    rows = []
    for name in names:
        view = run.tensor(name)
        rows.append(
            {
                say("col_shape"): code(shape_text(view.shape)),
                say("col_requires_grad"): code(view.requires_grad),
                say("col_is_leaf"): _leaf(view.is_leaf),
                say("col_grad_fn"): code(view.grad_fn),
                say("col_values"): code(summary(view)) if len(view.shape) < 2 else say("nothing"),
            }
        )
    return _frame(rows, [f"**{name}**" for name in names], say("col_name"))


def _leaf(is_leaf: bool) -> str:
    return f"{LETTERS['leaf']} {code(is_leaf)}" if is_leaf else code(is_leaf)


def build_grad_modes(recorded: ax.Run, unrecorded: ax.Run, say: Say) -> pd.DataFrame:
    """The same forward pass recorded and not, side by side."""
    modes = _grad_mode(recorded, say), _grad_mode(unrecorded, say)
    heads = say("col_recorded"), say("col_unrecorded")
    rows = [
        dict(zip(heads, row, strict=True)) for row in zip(*map(dict.values, modes), strict=True)
    ]
    return _frame(rows, list(modes[0]), "")


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


def build_modes(runs: Mapping[str, ax.Run], chosen: str, say: Say) -> pd.DataFrame:
    """One row a way of running the forward pass; the chosen one is marked."""
    rows = []
    for run in runs.values():
        z = run.tensor("z")
        rows.append(
            {
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
    names = [f"**{say(f'mode_{mode}')}**" + (" ◀" if mode == chosen else "") for mode in runs]
    return _frame(rows, names, say("col_mode"))


def build_leaves(run: ax.Run, say: Say, reasons: Mapping[str, str], *, told: bool) -> pd.DataFrame:
    """One row a tensor: how it was made, and once that is told whether it got a .grad, and why.

    reasons  what the diagnosis says of some
    """
    rows = []
    for name in LEAVES:
        view = run.variables[name]
        facts = dict.fromkeys(("is_leaf", "requires_grad", "grad_fn"), say("nothing"))
        grad = say("nothing")
        if isinstance(view, ax.TensorView):
            facts = {
                "is_leaf": _leaf(view.is_leaf),
                "requires_grad": code(view.requires_grad),
                "grad_fn": code(view.grad_fn),
            }
            grad = code("None") if view.grad is None else say("filled")
        answered = {
            ".grad": grad,
            say("col_why"): f"{reasons.get(name, '')} {say(f'why_{name}')}".strip(),
        }
        rows.append({**facts, **(answered if told else {})})
    return _frame(rows, [f"**{name}**" for name in LEAVES], say("col_name"))


def build_quotients(run: ax.Run, say: Say) -> pd.DataFrame:
    """One row a step of w[0, 0]: how the loss changed, and by how much for each unit."""
    rows = [
        {say("col_change"): code(f"{change:+.7f}"), say("col_quotient"): code(f"{change / h:+.6f}")}
        for h, change in zip(gradient.STEPS, run.tensor("change").values, strict=True)
    ]
    slope = run.tensor("w").grad[0, 0]  # type: ignore[index]  # backward() put it there
    rows.append({say("col_change"): "", say("col_quotient"): code(f"{slope:+.6f}")})
    return _frame(
        rows, [*(code(f"{h:g}") for h in gradient.STEPS), "`w.grad[0, 0]`"], say("col_step")
    )


def build_written(lines: Sequence[forward.Written], say: Say) -> pd.DataFrame:
    """One row a line of a forward pass, by what it makes: which nodes it wrote."""
    rows = [
        {
            "requires_grad": code(one.requires_grad),
            say("col_nodes"): ", ".join(map(code, one.nodes)) or say("no_nodes"),
        }
        for one in lines
    ]
    return _frame(rows, [f"**{one.makes}**" for one in lines], say("col_line"))


def build_proof(proof: ax.Proof, say: Say) -> pd.DataFrame:
    """Three ways to the gradient, each with its largest difference from the first there is."""
    base = proof.autograd or proof.formula
    reference = say("reference_autograd" if proof.autograd else "reference_formula")
    rows, ways = [], ("autograd", "formula", "differences")
    for name in ways:
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
                say("col_first"): first,
                say("col_w", reference=reference): w_gap,
                say("col_b", reference=reference): b_gap,
            }
        )
    return _frame(rows, [say(f"way_{name}") for name in ways], say("col_way"))


def code(value: object) -> str:
    """A value in code type."""
    return f"`{value}`"


def _frame(rows: Sequence[Mapping[str, str]], names: Sequence[str], title: str) -> pd.DataFrame:
    """A frame to be read: cells of one-line Markdown, and names for its rows under a title."""
    # As objects: pandas would look at every cell for what kind it is.
    cells = np.array([list(row.values()) for row in rows], dtype=object)
    columns = pd.Index(list(rows[0]), dtype=object)
    return pd.DataFrame(cells, pd.Index(names, dtype=object, name=title), columns, dtype=object)


def build_nodes(graph: ax.BackwardGraph) -> pd.DataFrame:
    """A graph's nodes to be searched, numbered as on their boxes."""
    frame = replace(graph, nodes=graph.nodes[:MOST_ROWS]).nodes_frame()
    shapes = [", ".join(map(shape_text, of_node)) for of_node in frame["shapes"]]
    # A program that runs here is one file, and its modules are known to watch() alone.
    frame = frame.drop(columns=["kind", "module", "file"])
    return frame.assign(shapes=shapes).rename_axis("node")


def build_edges(graph: ax.BackwardGraph) -> pd.DataFrame:
    """A graph's edges to be searched."""
    frame = replace(graph, edges=graph.edges[:MOST_ROWS]).edges_frame()
    return frame.assign(shape=frame["shape"].map(shape_text, na_action="ignore")).rename_axis(
        "edge"
    )


def build_all_tensors(run: ax.Run) -> pd.DataFrame:
    """All tensors that a run has left, with the sizes of their values and gradients."""
    frame = run.tensors_frame()
    sizes = {name: f"value_{name}" for name in ("norm", "zeros", "nonfinite")}
    return frame.assign(shape=frame["shape"].map(shape_text)).rename(columns=sizes)


def build_gradients(run: ax.Run, findings: Sequence[ax.Finding], say: Say) -> pd.DataFrame:
    """All leaves with what became of their gradients, to be searched.

    say  has the words for a status
    """
    frame = ax.gradients_frame(run, findings).head(MOST_ROWS)
    words = {status: say(f"status_{status}") for status in frame["status"].unique()}
    return frame.assign(shape=frame["shape"].map(shape_text), status=frame["status"].map(words))


def to_be_read(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """The same as a few rows of text."""
    heads = {name: say(f"head_{name}") for name in frame.columns}
    shown = frame.astype(object).where(frame.notna(), say("nothing"))
    shown["grad_norm"] = [_short(value) for value in shown["grad_norm"]]
    shown["grad_zeros"] = [_percent(value) for value in shown["grad_zeros"]]
    shown.index = [code(name.replace("`", "'")) for name in frame.index]
    return shown.rename(columns=heads).rename_axis(say("head_name"))


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _percent(value: Any) -> str:
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def build_numbers(values: Array) -> pd.DataFrame:
    """A matrix's numbers, or the magnitudes of complex ones, to be searched."""
    frame = pd.DataFrame(np.atleast_2d(real(values))).rename_axis("row")
    return frame.rename(columns=str)
