"""Training once more from where a run began, watched at each step; and the loss around its path.

A run keeps what its program assigns, but not what an optimizer does to w and b in place. So the
same steps are taken here, by PyTorch's own optimizers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from autograd_explorer.explaining.forward_again import frozen
from autograd_explorer.records import Array, Run, TensorView

SAMPLES = 41  # of the map, along each of its sides
_ROOM = 1.6  # how far the map reaches beyond the start, seen from its middle
_LEAST_REACH = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Training, at each step before the parameters move: float32.

    .losses      (steps,)
    .path        the two parameters of a LossMap, (steps, 2)
    .kept        steps of which more is kept, ascending
    .ws, .grads  w and w.grad at these, (len(kept), n_in, n_out)
    """

    losses: Array
    path: Array
    kept: Sequence[int]
    ws: Array
    grads: Array


@dataclass(frozen=True, slots=True, eq=False)
class LossMap:
    """The mean squared error where two parameters take other values.

    .names   of the two: across, up
    .across  values of the first, (SAMPLES,); .up of the second; equally far around the middle
    .losses  (SAMPLES, SAMPLES), a row for each value of .up

    All other parameters have the values that gradient descent leads to from the run's start if its
    steps are small enough. So the map depends on no optimizer, and its middle is the best point.
    """

    names: tuple[str, str]
    across: Array
    up: Array
    losses: Array


def descend(
    run: Run, optimizer: str, options: Mapping[str, float], steps: int, kept: Sequence[int] = ()
) -> Descent:
    """Train w and b from where a run began, by the mean squared error.

    optimizer  a class of torch.optim, and its options; kept: steps of which w and w.grad are kept
    Raises:    KeyError, when the run never had x, y, w or b
    """
    x, y, w, b = (torch.tensor(_first(run, name)) for name in ("x", "y", "w", "b"))
    w.requires_grad_()
    b.requires_grad_()
    moving = getattr(torch.optim, optimizer)([w, b], **options)
    losses, path = torch.empty(steps), torch.empty(steps, 2)
    ws, grads = torch.empty(len(kept), *w.shape), torch.empty(len(kept), *w.shape)
    place = {step: i for i, step in enumerate(kept)}
    for step in range(steps):
        loss = F.mse_loss(torch.matmul(x, w) + b, y)
        loss.backward()
        losses[step], path[step] = loss.detach(), _on_map(w, b)
        if step in place and w.grad is not None:
            ws[place[step]], grads[place[step]] = w.detach(), w.grad
        moving.step()
        moving.zero_grad()
    return Descent(frozen(losses), frozen(path), tuple(kept), frozen(ws), frozen(grads))


def loss_map(run: Run) -> LossMap:
    """The loss over w[0, 0] and w[0, 1], or b[0] where there is one output, around the best point.

    Raises:  KeyError, when the run never had x, y, w or b
    """
    x, y, w, b = (torch.tensor(_first(run, name)) for name in ("x", "y", "w", "b"))
    # Each gradient is a multiple of (x, 1), so descent leads straight to where the error is 0.
    missing = (y - torch.matmul(x, w) - b) / (x @ x + 1)
    best_w, best_b = w + torch.outer(x, missing), b + missing
    wide = len(b) > 1
    start, middle = _on_map(w, b), _on_map(best_w, best_b)
    reach = max(_LEAST_REACH, _ROOM * (start - middle).abs().max().item())
    across, up = middle[:, None] + torch.linspace(-reach, reach, SAMPLES)
    ws = best_w.expand(SAMPLES, SAMPLES, *w.shape).clone()
    bs = best_b.expand(SAMPLES, SAMPLES, *b.shape).clone()
    ws[..., 0, 0] = across
    if wide:
        ws[..., 0, 1] = up[:, None]
    else:
        bs[..., 0] = up[:, None]
    losses = (torch.matmul(x, ws) + bs - y).square().mean(-1)
    names = ("w[0, 0]", "w[0, 1]" if wide else "b[0]")
    return LossMap(names, frozen(across), frozen(up), frozen(losses))


def _on_map(w: Tensor, b: Tensor) -> Tensor:
    """The two parameters that a map is drawn over."""
    return torch.stack([w[0, 0], w[0, 1] if len(b) > 1 else b[0]]).detach()


def _first(run: Run, name: str) -> Array:
    """A tensor as it was when the program first assigned it."""
    for statement in run.statements:
        view = statement.assigned.get(name)
        if isinstance(view, TensorView):
            return view.values
    raise KeyError(name)
