"""How a statement of a program ends, and what no program may catch."""

from dataclasses import dataclass
from typing import Any

from autograd_explorer.errors import ProgramError, StopRun


@dataclass(frozen=True, slots=True)
class Return:
    value: Any


class _Break:
    pass


class _Continue:
    pass


# By return, break or continue; None if it simply came to its end.
Signal = Return | _Break | _Continue | None
BREAK, CONTINUE = _Break(), _Continue()

# Neither `except` nor the `__exit__` of a context manager sees these.
UNCATCHABLE = (ProgramError, StopRun, RecursionError, MemoryError)
