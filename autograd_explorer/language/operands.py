"""What stands on the two sides of an operator, as Python or NumPy may take it."""

import ast
from typing import Any

import numpy as np

from autograd_explorer.language.belongings import Hint
from autograd_explorer.language.library.entry import Function


def type_in(value: Any) -> Any:
    """np.float32, float and the like as NumPy compares a dtype with them, also in a list."""
    if isinstance(value, list | tuple):
        return [type_in(item) for item in value]
    return value.cls if isinstance(value, Function) and value.cls is not None else value


def is_type(value: Any) -> bool:
    is_class = isinstance(value, Function) and value.cls is not None
    return is_class or value is None or isinstance(value, (Hint, type))


# Beside these a number of NumPy's remains one: NumPy makes an array of a list, and complains of the
# others.
_KEEP_NUMBERS = (int, float, complex, np.ndarray, list, tuple, str, bytes, dict, set, type(None))


def numbers_of(left: Any, right: Any) -> tuple[Any, Any]:
    """If one of two values is a NumPy number and the other a tensor, an object or the like, turn it
    into a Python number: NumPy would ask the other for items, however many there are."""
    if isinstance(left, np.generic) is not isinstance(right, np.generic):
        other = right if isinstance(left, np.generic) else left
        if type(other) in _KEEP_NUMBERS or isinstance(left, str):
            return left, right
        left = left.item() if isinstance(left, np.generic) else left
        right = right.item() if isinstance(right, np.generic) else right
    return left, right


def makes_array(op: Any, left: Any, right: Any) -> bool:
    """Whether NumPy makes an array of a list that stands beside one of its numbers: wherever it
    does not say how often the list is repeated."""
    number, other = (left, right) if isinstance(left, np.generic) else (right, left)
    if not isinstance(number, np.generic) or not isinstance(other, list | tuple):
        return False
    return not (isinstance(op, ast.Mult) and isinstance(number, np.integer))
