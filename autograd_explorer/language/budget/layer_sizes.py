"""Sizes of what some layers make, by arithmetic: where a trial on the meta device takes too long
or is not possible."""

import math
from collections.abc import Iterable
from typing import Any

from torch import Tensor, nn

from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.torch_internals import parameters_of

# How many operations in a row one step of a recurrent layer records.
_RECORDED_A_STEP = 8


def judge_attention(
    budget: Budget, module: nn.Module, values: tuple[Any, ...], weights: int
) -> None:
    """Check a transformer: each token is compared with each other one, in every head, and becomes
    as wide as the widest weight."""
    tensors = [value for value in values if isinstance(value, Tensor) and value.ndim > 1]
    rows = sum(math.prod(tensor.shape[:-1]) for tensor in tensors)
    longest = max((max(tensor.shape[:-1]) for tensor in tensors), default=1)
    widest = max((max(p.shape) for _, p in parameters_of(module)), default=1)
    heads = max((getattr(part, "num_heads", 1) for part in module.modules()), default=1)
    budget.check_elements(rows * max(widest, longest * heads))
    budget.check_work(rows * (weights + longest * widest))


def judge_ctc(budget: Budget, values: Iterable[Any]) -> None:
    """Check the CTC loss, which goes through each text once for each letter that it may stand for.
    It does not run on the meta device."""
    given = [value for value in values if isinstance(value, Tensor) and value.ndim]
    if len(given) > 1:
        steps, letters = given[0].shape[0], max(given[1].shape)
        made = steps * max(given[0].shape[1:], default=1) * (2 * letters + 1)
        budget.check_elements(made)
        budget.check_work(given[0].numel() * (2 * letters + 1) * 10)


def judge_recurrence(
    budget: Budget, module: nn.RNNBase, values: tuple[Any, ...], weights: int
) -> None:
    """Check a recurrent layer: on the meta device, each of its steps would take half a
    millisecond."""
    packed = next((v for v in values if isinstance(v, nn.utils.rnn.PackedSequence)), None)
    if packed is not None:
        sequence: Tensor | None = packed.data
        budget.check_graph(len(packed.batch_sizes) * module.num_layers * _RECORDED_A_STEP)
        sequence = packed.data.unsqueeze(0 if module.batch_first else 1)
    else:
        sequence = next((value for value in values if isinstance(value, Tensor)), None)
    if sequence is None or sequence.ndim not in (2, 3):
        return  # the real call raises, in PyTorch's own words
    batched_first = sequence.ndim == 3 and module.batch_first
    steps = sequence.shape[1 if batched_first else 0]
    budget.check_graph(steps * module.num_layers * _RECORDED_A_STEP)
    rows = math.prod(sequence.shape[:-1])
    budget.check_work(rows * weights)
    directions = 2 if module.bidirectional else 1
    made = rows * directions * module.hidden_size
    budget.check_elements(made)
    # Each step keeps its gates for backward, twice four of them at most.
    budget.check_bytes(8 * module.num_layers * made * sequence.element_size())
