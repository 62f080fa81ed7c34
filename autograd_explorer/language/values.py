"""Functions that tell what kind of value something is, and what it contains."""

import io
import itertools
from collections import OrderedDict, deque
from types import GeneratorType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.torch_internals import parameters_of

MISSING: Any = object()  # stands for "no value", because None is a value itself
ITERATORS: tuple[type[Any], ...] = (
    type(iter([])), type(iter(())), type(reversed([])), zip, enumerate, type(iter(range(0))),
    type(iter("")), type(iter(b"")), type(iter({})), type(iter({}.values())),
    type(iter({}.items())), type(iter(set())), GeneratorType, map, filter, type(iter(int, 0)),
    type(reversed({})),
    itertools.accumulate, itertools.chain, itertools.combinations,
    itertools.combinations_with_replacement, itertools.compress, itertools.dropwhile,
    itertools.filterfalse, itertools.groupby, itertools.islice, itertools.pairwise,
    itertools.permutations, itertools.product, itertools.starmap, itertools.takewhile,
    itertools.zip_longest, type(itertools.tee(())[0]), type(next(itertools.groupby("a"))[1]),
    type(iter(deque())), type(reversed(deque())), type(iter(OrderedDict())),
    type(reversed({}.values())), type(reversed({}.items())), type(reversed(range(0))), reversed,
    io.StringIO, type(iter(np.zeros(1))),
)  # fmt: skip
VIEWS: tuple[type[Any], ...] = (type({}.keys()), type({}.values()), type({}.items()))
CONTAINERS: tuple[type[Any], ...] = (list, tuple, dict, set, frozenset, deque)


def parts_of(container: Any) -> list[Any]:
    """What a container holds."""
    if isinstance(container, dict):
        return [*dict.keys(container), *dict.values(container)]
    if isinstance(container, slice):
        return [container.start, container.stop, container.step]
    if isinstance(container, VIEWS[2]):
        return [part for pair in container for part in pair]
    return list(container)


def is_whole(value: Any) -> bool:
    """Whether a value is a tensor of whole numbers or booleans. A kernel may use such numbers as
    positions in memory."""
    return isinstance(value, Tensor) and not (value.is_floating_point() or value.is_complex())


def size_of(value: Any) -> Any:
    """The whole number that a tensor without dimensions holds; anything else as it is.

    PyTorch accepts such a tensor wherever it accepts a size. Converted to a number, it is checked
    against the limits like any other size.
    """
    if value.__class__ is int:
        return value
    if isinstance(value, Tensor):
        counts = value.ndim == 0 and is_whole(value) and value.dtype != torch.bool
        return int(value) if counts and not value.is_meta else value
    if isinstance(value, np.integer):
        return int(value)
    if type(value) in (list, tuple) and any(isinstance(i, (Tensor, np.integer)) for i in value):
        return type(value)(i if isinstance(i, (list, tuple)) else size_of(i) for i in value)
    return value


def tensors_in(values: Any) -> list[Tensor]:
    """Every tensor in nested lists, tuples and dicts, once; of a module, its parameters."""
    found: list[Tensor] = []
    seen: set[int] = set()
    queue = [values]
    while queue:
        part = queue.pop()
        if isinstance(part, Tensor):
            found.append(part)
        elif isinstance(part, (list, tuple, dict)):
            if id(part) not in seen:
                seen.add(id(part))
                queue += reversed(part.values() if isinstance(part, dict) else part)
        elif isinstance(part, nn.Module):
            queue += [parameter for _, parameter in parameters_of(part)]
    return found


def python_name(value: Any) -> str:
    """The name of a value's type, as Python's own messages put it: numpy.ndarray, but Tensor."""
    if not isinstance(value, str):
        try:
            "".join([value])
        except TypeError as error:
            return str(error).removeprefix("sequence item 0: expected str instance, ")[
                : -len(" found")
            ]
    return type(value).__name__


def given_name(value: Any) -> str:
    """The same, in messages about arguments of C functions."""
    return "None" if value is None else python_name(value)
