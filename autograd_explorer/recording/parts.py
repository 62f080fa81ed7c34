"""What stands in containers, without running any method of the program's."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from torch import Tensor, nn
from torch.distributions import Distribution

PLAIN = (Tensor, nn.Parameter)
SINGLE = frozenset({Tensor, nn.Parameter, int, float})  # in which nothing else stands
MOST_PARTS = 2000
NUMBER_TYPES = (float, int, complex, np.generic)
_VALUES = (Tensor, np.ndarray, *NUMBER_TYPES)


def flat(values: Iterable[Any]) -> Iterator[Any]:
    """Tensors, arrays and numbers in nested containers, a bounded number of them."""
    queue = [iter(values)]
    count = 0
    while queue and count < MOST_PARTS:
        for value in queue[-1]:
            if isinstance(value, _VALUES):
                count += 1
                yield value
                if count >= MOST_PARTS:
                    return
            elif isinstance(value, (list, tuple)):
                count += 1
                queue.append(_walked(value))
                break
            elif isinstance(value, dict):
                count += 1
                queue.append(iter(list(dict.values(value))))
                break
            elif isinstance(value, slice):
                queue.append(iter((value.start, value.stop, value.step)))
                break
        else:
            queue.pop()


def _walked(value: list[Any] | tuple[Any, ...]) -> Iterator[Any]:
    """By Python's own iterators: a class of the program might have others."""
    return list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value)


def tensors_of(drawn_from: Distribution) -> Iterator[Tensor]:
    """What a distribution was made from, and the distributions that it was made from."""
    for value in drawn_from.__dict__.values():
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, Distribution):
            yield from tensors_of(value)


def have_no_history(values: tuple[Any, ...]) -> bool:
    """Whether all are plain tensors that require no gradient, or numbers."""
    for value in values:
        if value.__class__ in PLAIN:
            if value.requires_grad:
                return False
        elif value.__class__ not in SINGLE:
            return False
    return True
