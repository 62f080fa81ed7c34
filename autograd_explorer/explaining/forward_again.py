"""The forward pass of a Problem's run once more, with other numbers."""

import torch
import torch.nn.functional as F
from torch import Tensor

from autograd_explorer.records import Array, Run


def tensors_of(run: Run, *names: str) -> tuple[Tensor, ...]:
    """Copies of variables of a run, without a history.

    Raises:  KeyError, when the run has no such tensor
    """
    return tuple(torch.tensor(run.tensor(name).values) for name in names)


def losses_of(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """The loss; where x, w or b has one dimension more in front, one loss for each along it."""
    z = torch.matmul(x, w) + b
    return F.binary_cross_entropy_with_logits(z, y.expand_as(z), reduction="none").mean(-1)


def frozen(tensor: Tensor) -> Array:
    """A tensor's values as a read-only array. The tensor is dense, and nobody else's."""
    array: Array = tensor.numpy()
    array.setflags(write=False)
    return array
