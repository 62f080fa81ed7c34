"""What stands on the two sides of an operator, as Python or NumPy may take it."""

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


def numbers_of(left: Any, right: Any) -> tuple[Any, Any]:
    """If one of two values is a NumPy number, turn it into a Python number, but for another number,
    an array, or text that shows it. A NumPy number times a list would make an array whose size has
    not been checked."""
    if isinstance(left, np.generic) is not isinstance(right, np.generic):
        other = right if isinstance(left, np.generic) else left
        if isinstance(other, int | float | complex | np.ndarray) or isinstance(left, str):
            return left, right
        left = left.item() if isinstance(left, np.generic) else left
        right = right.item() if isinstance(right, np.generic) else right
    return left, right
