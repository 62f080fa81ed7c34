"""Functions on tensors that need the running interpreter: seeds, conversions, slow repetitions.

Each takes the Runtime as its first argument.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.torch_more import DTYPE_OF
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def manual_seed(runtime: Runtime, seed: Any) -> torch.Generator:
    return runtime.randomness.seed(int(runtime.calls.native(size_of(seed))))


def device(runtime: Runtime, *args: Any, **options: Any) -> torch.device:
    """Any device has a name; only what puts a tensor on one that is not here is refused."""
    return torch.device(*args, **options)


def tensor_to(runtime: Runtime, tensor: Tensor, *args: Any, **options: Any) -> Any:
    for value in (*args, *options.values()):
        runtime.calls.check_device(value)
    args = tuple(runtime.calls.native(value) for value in args)
    return runtime.calls.made(
        tensor.to(*args, **{k: runtime.calls.native(v) for k, v in options.items()})
    )


def tensor_type(runtime: Runtime, tensor: Tensor, dtype: Any = None) -> Any:
    if dtype is None:
        return tensor.type()
    named = dtype.cls if isinstance(dtype, Function) else dtype
    if isinstance(named, str | type):
        dtype = DTYPE_OF.get(named)
    if not isinstance(dtype, torch.dtype):
        raise Refused("call", "type(…)")
    return runtime.calls.made(tensor.type(dtype))


def tensor_tolist(runtime: Runtime, tensor: Tensor) -> Any:
    runtime.budget.check_length([], tensor.numel())
    runtime.budget.count_bytes(32 * tensor.numel())
    return tensor.tolist()


def tensor_numpy(runtime: Runtime, tensor: Tensor, *, force: bool = False) -> Any:
    return tensor.numpy(force=force)


def tensor_data_ptr(runtime: Runtime, tensor: Tensor) -> int:
    return runtime.addresses.of_data(tensor)


def one_hot(runtime: Runtime, input: Tensor, num_classes: int = -1) -> Tensor:
    tensor, num_classes = input, size_of(num_classes)
    if isinstance(tensor, Tensor) and tensor.numel():
        classes = num_classes if num_classes > 0 else int(tensor.max()) + 1
        runtime.budget.check_elements(tensor.numel() * classes)
    return runtime.calls.made(F.one_hot(tensor, num_classes))  # type: ignore[no-any-return]


def repeat_interleave(
    runtime: Runtime, input: Tensor, repeats: Any, dim: Any = None, *, output_size: Any = None
) -> Tensor:
    tensor = input
    repeats, dim = size_of(repeats), size_of(dim)
    most = repeats
    if isinstance(repeats, Tensor):
        most = int(repeats.max()) if repeats.numel() else 0
    if isinstance(most, int):
        runtime.budget.check_elements(tensor.numel() * max(most, 0))
    return runtime.calls.made(torch.repeat_interleave(tensor, repeats, dim))  # type: ignore[no-any-return]


def correlated(call: Callable[..., Tensor]) -> Callable[..., Any]:
    """torch.cov and torch.corrcoef, which read numbers and so cannot be tried on the meta device:
    a number for each pair of rows."""

    def judged(runtime: Runtime, input: Any, **options: Any) -> Any:
        given = runtime.calls.native(input, "bounded")
        if isinstance(given, Tensor) and given.ndim == 2:
            runtime.budget.check_elements(len(given) ** 2)
            runtime.budget.check_work(len(given) * given.numel())
        named = {name: runtime.calls.native(value, "bounded") for name, value in options.items()}
        return runtime.calls.made(call(given, **named))

    judged.__name__ = call.__name__
    return judged


_TRUNCATED = Function(nn.init.trunc_normal_, "drawing")
_STEPS_A_TRIAL = 20


def init_trunc_normal(
    runtime: Runtime, tensor: Tensor, mean: Any = 0.0, std: Any = 1.0, a: Any = -2.0, b: Any = 2.0
) -> Any:
    """nn.init.trunc_normal_. It draws numbers evenly between a and b, and draws again those that
    the density rejects. Far from the mean nearly all are rejected, which would take minutes. So the
    work is estimated and checked first."""
    bounds = tuple([size_of(value) for value in (mean, std, a, b)])
    if all(isinstance(value, int | float) for value in bounds) and bounds[1] > 0:
        middle, width, low, high = bounds
        if math.isfinite(low) and math.isfinite(high) and low < high:
            places = np.linspace(low, high, 2001)
            mode = max(low, min(middle, high))
            exponents = ((mode - middle) ** 2 - (places - middle) ** 2) / (2 * width**2)
            accepted = max(float(np.exp(exponents).mean()), 1e-9)
            rounds = math.log(tensor.numel() + 2) / accepted
            runtime.budget.check_work(int(tensor.numel() * rounds * _STEPS_A_TRIAL))
    return runtime.calls.call(_TRUNCATED, (tensor, *bounds), {})


def pad_sequence(
    runtime: Runtime,
    sequences: Any,
    batch_first: Any = False,
    padding_value: Any = 0.0,
    padding_side: Any = "right",
) -> Any:
    items = runtime.walking.items(sequences)
    given = [item for item in items if isinstance(item, Tensor) and item.ndim]
    longest = max((item.shape[0] for item in given), default=0)
    width = max((item.numel() // max(item.shape[0], 1) for item in given), default=0)
    runtime.budget.check_elements(len(items) * longest * width)
    rnn = nn.utils.rnn
    return runtime.calls.made(
        rnn.pad_sequence(items, bool(batch_first), padding_value, padding_side)
    )


def pad_packed(
    runtime: Runtime,
    sequence: Any,
    batch_first: Any = False,
    padding_value: Any = 0.0,
    total_length: Any = None,
) -> Any:
    if isinstance(sequence, nn.utils.rnn.PackedSequence) and sequence.batch_sizes.numel():
        rows = int(sequence.batch_sizes.max()) * max(len(sequence.batch_sizes), total_length or 0)
        width = sequence.data.numel() // max(sequence.data.shape[0], 1)
        runtime.budget.check_elements(rows * width)
    unpack = nn.utils.rnn.pad_packed_sequence
    return runtime.calls.made(unpack(sequence, bool(batch_first), padding_value, total_length))


_COMPARING = 20  # what comparing a pair by assert_close counts for


def assert_close(runtime: Runtime, actual: Any, expected: Any, **options: Any) -> None:
    """torch.testing.assert_close, with a limit on the pairs in two lists: each takes some time."""
    given = {name: runtime.calls.native(value) for name, value in options.items()}
    pairs = _numbers_within(runtime.calls.native(actual))
    if pairs > 1:
        runtime.budget.check_length([], _COMPARING * pairs)
    torch.testing.assert_close(actual, runtime.calls.native(expected), **given)


def _numbers_within(values: Any) -> int:
    if not isinstance(values, list | tuple | dict):
        return 1
    return sum(map(_numbers_within, values.values() if isinstance(values, dict) else values))
