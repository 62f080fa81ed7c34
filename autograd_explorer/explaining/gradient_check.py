"""Three independent ways to the same gradient, and how far apart they are."""

from dataclasses import dataclass

import torch
from torch import Tensor

from autograd_explorer.explaining.forward_again import frozen, losses_of, tensors_of
from autograd_explorer.records import Array, Run

# In float64 the truncation error of a central difference (∝ step²) and its rounding error
# (∝ 1/step) balance near the cube root of the machine epsilon.
STEP = 6e-6


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """The gradients of the loss with respect to w and b, found three ways.

    .autograd     (w, b) as backward() filled them in, float32; None if it did not
    .formula      (w, b) from outer(x, (σ(z) − y) / n_out) and (σ(z) − y) / n_out, float32
    .differences  (w, b) from central finite differences, float64
    .step         how far each parameter was moved for them, up and down
    Shapes:       w (n_in, n_out), b (n_out)
    """

    autograd: tuple[Array, Array] | None
    formula: tuple[Array, Array]
    differences: tuple[Array, Array]
    step: float = STEP

    def gap(self, one: tuple[Array, Array], other: tuple[Array, Array]) -> tuple[float, float]:
        """The largest absolute difference, for w and for b."""
        return (
            float(abs(one[0] - other[0]).max()),
            float(abs(one[1] - other[1]).max()),
        )


@dataclass(frozen=True, slots=True)
class RowPattern:
    """How the rows of w.grad relate to b.grad, in the numbers of one run.

    .rows           how many
    .all_zero       every gradient is exactly 0
    .all_ones       every x[i] is exactly 1
    .identical      all rows are equal, bit for bit
    .equal_to_b     and each equals b.grad
    .largest_gap    the largest |w.grad[i, j] − x[i]·b.grad[j]|, in float64
    """

    rows: int
    all_zero: bool
    all_ones: bool
    identical: bool
    equal_to_b: bool
    largest_gap: float


def row_pattern(run: Run) -> RowPattern | None:
    """Compare the rows of w.grad with b.grad; None where there is no w.grad."""
    x = run.tensor("x").values
    by_w, by_b = run.tensor("w").grad, run.tensor("b").grad
    if by_w is None or by_b is None:
        return None
    expected = x.astype(float)[:, None] * by_b.astype(float)
    return RowPattern(
        rows=len(x),
        all_zero=not by_w.any() and not by_b.any(),
        all_ones=bool((x == 1).all()),
        identical=bool((by_w == by_w[0]).all()),
        equal_to_b=bool((by_w == by_b).all()),
        largest_gap=float(abs(by_w - expected).max()),
    )


def predicted(run: Run) -> Array:
    """σ(z): what the model predicts, between 0 and 1; shaped like z."""
    return frozen(torch.sigmoid(*tensors_of(run, "z")))


def prove(run: Run) -> Proof:
    """Find the gradients of a Problem's run by formula and by finite differences too.

    Raises:  KeyError, when the run has no x, y, w, b or z
    """
    x, y, w, b, z = tensors_of(run, "x", "y", "w", "b", "z")
    by_autograd = (run.tensor("w").grad, run.tensor("b").grad)
    grad_z = (torch.sigmoid(z) - y) / len(y)
    return Proof(
        autograd=None if by_autograd[0] is None or by_autograd[1] is None else by_autograd,  # type: ignore[arg-type]
        formula=(frozen(torch.outer(x, grad_z)), frozen(grad_z)),
        differences=_central_differences(x.double(), y.double(), w.double(), b.double()),
    )


def _central_differences(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Array, Array]:
    """Move one parameter at a time by ±STEP and run the whole forward pass again.

    A row of w is moved in one batch: n_out copies of w, copy j off in the row's cell j.
    """

    n_in, n_out = w.shape
    step = STEP * torch.eye(n_out, dtype=torch.float64)
    copies = w.expand(n_out, n_in, n_out).clone()
    by_w = torch.empty_like(w)
    for i in range(n_in):
        copies[:, i] = w[i] + step
        above = losses_of(x, y, copies, b)
        copies[:, i] = w[i] - step
        by_w[i] = (above - losses_of(x, y, copies, b)) / (2 * STEP)
        copies[:, i] = w[i]
    by_b = (losses_of(x, y, w, b + step) - losses_of(x, y, w, b - step)) / (2 * STEP)
    return frozen(by_w), frozen(by_b)
