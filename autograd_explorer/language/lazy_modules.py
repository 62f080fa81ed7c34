"""Modules such as nn.LazyLinear, which learn from their first input how large they are."""

import math
from typing import Any

from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.torch_internals import size_lazily


def give_sizes(runtime: Runtime, module: Any, args: tuple[Any, ...]) -> None:
    """Give a lazy module the weights that its first input asks for."""
    given = tuple([runtime.calls.native(value, "bounded") for value in args])
    if len(given) != 1 or not isinstance(given[0], Tensor) or given[0].ndim < 1:
        raise Refused("call", type(module).__name__)
    made = max(getattr(module, "out_features", 1), getattr(module, "out_channels", 1))
    kernel = getattr(module, "kernel_size", (1,))
    runtime.budget.check_elements(max(given[0].shape) * made * math.prod(kernel))
    with runtime.randomness.lent():
        size_lazily(module, given)
    runtime.calls.made_module(module)
