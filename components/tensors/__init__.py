"""Show what a run has left as one table: tensors, parameters of modules, and their gradients."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array, Sample, Shape, TensorView
from components.assets import register
from components.graph_view.describe import clipped
from components.matrix import build_matrix, glyph, real, shape_text
from components.part import part
from components.program_view import number, summary
from components.prose import note, show
from texts import Say

_mount = register("tensors")

MOST_ROWS = 30
LARGEST = 64  # a side of a heatmap
MOST_NUMBERS = 6_000  # of all heatmaps together, which travel with the table
_COLUMNS = ("name", "shape", "requires_grad", "is_leaf", "grad_fn", "values", "grad")


class _Row(NamedTuple):
    """A tensor as the table has it; .values are None of a parameter, which is no variable.

    .passed  its gradient is what this pass added, not all that its .grad holds
    """

    name: str
    shape: Shape
    requires_grad: bool
    is_leaf: bool
    grad_fn: str | None
    values: TensorView | None
    grad: Array | None
    passed: bool = False


@part()
def show_tensors(run: ax.Run, graph: ax.BackwardGraph | None, say: Say, key: str) -> None:
    """Draw the table; each gradient that is a vector or a matrix opens as a heatmap.

    graph  the pass that is shown, which knows the gradients of parameters of modules
    """
    rows = [*_rows(run, graph)]
    if not rows:
        return
    _mount(key, build_tensors(rows[:MOST_ROWS], say))
    if any(row.passed for row in rows[:MOST_ROWS]):
        show(note(say("passed_note")))
    if len(rows) > MOST_ROWS:
        show(note(say("tensors_more", shown=MOST_ROWS, count=len(rows))))


def _rows(run: ax.Run, graph: ax.BackwardGraph | None) -> Iterator[_Row]:
    names = set()
    for name, view in run.variables.items():
        if isinstance(view, TensorView):
            names.add(name)
            about = view.shape, view.requires_grad, view.is_leaf, view.grad_fn
            yield _Row(name, *about, view, view.grad)
    for node in graph.nodes if graph and graph.order else ():
        if node.kind == "leaf" and node.tensor and node.tensor.partition(",")[0] not in names:
            yield _Row(node.tensor, node.shapes[0], True, True, None, None, node.upstream[0], True)


def build_tensors(rows: list[_Row], say: Say) -> dict[str, Any]:
    """The table as plain data; heatmaps in the order of the rows, as long as there is room."""
    left = MOST_NUMBERS
    built = []
    for row in rows:
        one: dict[str, Any] = {
            "name": clipped(row.name),
            "cells": [
                shape_text(row.shape),
                str(row.requires_grad),
                str(row.is_leaf),
                str(row.grad_fn),
                _values(row.values, say),
            ],
            "gradient": gradient_text(row.grad, passed=row.passed),
            "leaf": row.is_leaf and row.requires_grad,
        }
        if row.grad is not None and _drawable(row.grad) and row.grad.size <= left:
            left -= row.grad.size
            one["matrix"] = build_matrix(f"{clipped(row.name)}.grad", np.atleast_1d(row.grad))
        built.append(one)
    labels = {name: say(name) for name in ("open", "close", "help", "none")}
    return {
        "heads": [say(f"col_{name}") for name in _COLUMNS],
        "leaf": _COLUMNS.index("is_leaf") - 1,  # where its sign stands, among the cells
        "rows": built,
        "labels": labels | {"caption": say("tensors_title")},
    }


def _values(view: TensorView | None, say: Say) -> str:
    return summary(view) if view is not None and len(view.shape) < 2 else say("nothing")


def gradient_text(values: Array | None, *, passed: bool = False) -> str:
    """A number or, of several, from where to where they go; of complex ones their magnitudes."""
    if values is None:
        return "None"
    numbers = real(values).astype(np.float64).ravel()
    finite = numbers[np.isfinite(numbers)]
    odd = dict.fromkeys(filter(None, map(glyph, islice(numbers[~np.isfinite(numbers)], 1000))))
    ends = [finite.min(), finite.max()] if finite.size else []
    told = [" … ".join(dict.fromkeys(map(number, ends))), *odd]
    text = ", ".join(filter(None, told)) or "–"
    return f"{'→ ' if passed else ''}{f'|{text}|' if np.iscomplexobj(values) else text}"


def _drawable(values: Array) -> bool:
    """A vector or a matrix that a screen can hold."""
    is_whole = not isinstance(values, Sample) and 1 <= values.ndim <= 2 and values.size > 0
    return is_whole and max(values.shape) <= LARGEST
