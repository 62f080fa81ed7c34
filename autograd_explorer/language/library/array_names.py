"""What a program may reach on a NumPy array."""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from autograd_explorer.language.library import numpy_names
from autograd_explorer.language.library.entry import Function, Getter, Members

_ARRAY_METHODS = "copy item tolist"


def _of_array(name: str) -> Callable[..., Any]:
    """A method of a NumPy array, with its axis and no array to write the result into."""
    method = getattr(np.ndarray, name)

    def call(array: Any, axis: Any = None) -> Any:
        return method(array) if axis is None else method(array, axis)

    return call


def _getters(names: str) -> dict[str, Getter]:
    return {name: operator.attrgetter(name) for name in names.split()}


ARRAY = Members(
    attributes=_getters("T dtype ndim shape size"),
    methods={
        **numpy_names.METHODS,
        **{name: Function(_of_array(name), "plain") for name in _ARRAY_METHODS.split()},
    },
)
