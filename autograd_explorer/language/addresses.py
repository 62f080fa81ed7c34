"""Made-up numbers that stand for the memory addresses of objects.

A program never learns the real address of an object, because an attack on the process would need
it. Equal addresses give equal numbers, and a number has as many digits as an address, so that
comparing and printing them works as in plain Python.
"""

import re
from typing import Any

from torch import Tensor

_FIRST = 0x7F00_0000_0000
_APART = 0x40
_ADDRESS = re.compile(r"\bat 0x([0-9a-f]{6,16})\b")


class Addresses:
    """The numbers that one run has given out."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def number(self, address: int) -> int:
        """The number that stands for an address."""
        return self._numbers.setdefault(address, _FIRST + _APART * len(self._numbers))

    def is_made_up(self, number: int) -> bool:
        """Whether it is one of these numbers."""
        place, rest = divmod(number - _FIRST, _APART)
        return not rest and 0 <= place < len(self._numbers)

    def of_data(self, tensor: Tensor) -> int:
        """The same for where a tensor's numbers lie; views of one tensor keep their distance."""
        first = tensor.untyped_storage().data_ptr()
        return self.number(first) + tensor.data_ptr() - first if first else 0

    def hide(self, text: str) -> str:
        """A text that Python has made of an object, with numbers for the addresses in it."""
        if " at 0x" not in text:
            return text
        return _ADDRESS.sub(lambda found: f"at {self.number(int(found[1], 16)):#x}", text)

    def shown(self, value: Any, text: str) -> str:
        """The same, but a string that the program itself has written stays as it is."""
        return text if isinstance(value, str) else self.hide(text)
