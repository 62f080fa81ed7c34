"""What a program may reach on a NumPy array."""

import operator
from typing import Any

from autograd_explorer.language.library import numpy_names
from autograd_explorer.language.library.entry import Function, Getter, Members
from autograd_explorer.language.runtime import Runtime

# What Python needs for each number in a list.
_BYTES = 32


def item(array: Any, *place: Any) -> Any:
    return array.item(*place)


def tolist(runtime: Runtime, array: Any) -> Any:
    runtime.budget.check_length([], array.size)
    runtime.budget.count_bytes(_BYTES * array.size)
    return array.tolist()


def _getters(names: str) -> dict[str, Getter]:
    return {name: operator.attrgetter(name) for name in names.split()}


ARRAY = Members(
    attributes=_getters("T dtype ndim shape size"),
    methods={
        **numpy_names.METHODS,
        "item": Function(item, "plain"),
        "tolist": Function(tolist, "special"),
    },
)
# What a single number of NumPy's has of an array's methods.
OF_NUMBERS = """
    all any argmax argmin astype clip conj conjugate copy flatten item max mean min prod ravel round
    squeeze std sum tolist transpose var
"""
