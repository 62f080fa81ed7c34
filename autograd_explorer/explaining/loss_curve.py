"""The loss over one number of a Problem, with all others as they are: what a gradient is."""

from dataclasses import dataclass

import torch

from autograd_explorer.explaining.forward_again import frozen, losses_of, tensors_of
from autograd_explorer.records import Array, Run

LOW, HIGH = -4.0, 4.0
SAMPLES = 81
_BESIDE = 1.0  # how far the curve goes on beyond a number that lies outside


@dataclass(frozen=True, slots=True, eq=False)
class LossCurve:
    """The loss as PyTorch computes it where one number takes other values.

    .values, .losses  float32, (SAMPLES,) each
    .value, .loss     where the number stands, and the run's own loss there
    .slope            what backward() put into that place of .grad; None where it put nothing
    """

    values: Array
    losses: Array
    value: float
    loss: float
    slope: float | None


def loss_curve(run: Run, name: str, place: tuple[int, ...]) -> LossCurve:
    """Run the forward pass of a Problem's run once for each value, in one batch.

    name   "w", "b" or "x"; place: one index a dimension
    Raises:  KeyError, when the run has no such tensor; IndexError, when it has no such place
    """
    x, y, w, b = tensors_of(run, "x", "y", "w", "b")
    view = run.tensor(name)
    value = float(view.values[place])
    values = torch.linspace(min(LOW, value - _BESIDE), max(HIGH, value + _BESIDE), SAMPLES)
    moved = {"x": x, "w": w, "b": b}
    moved[name] = moved[name].expand(SAMPLES, *view.shape).clone()
    moved[name].movedim(0, -1)[place] = values
    return LossCurve(
        values=frozen(values),
        losses=frozen(losses_of(y=y, **moved)),
        value=value,
        loss=float(run.tensor("loss").values),
        slope=None if view.grad is None else float(view.grad[place]),
    )
