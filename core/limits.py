"""How much one run may take, and what it has taken so far."""

import ast
import re
import time
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.allowed import Function
from core.errors import LimitReached, Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run may take; reaching one stops the run at that line.

    source_chars, nesting    length of the text; depth of its syntax tree
    statements               executed, not written
    elements                 in one tensor
    total_bytes              of all tensors made during the run
    printed_chars            written by print
    text_chars, integer_bits of one string, list or whole number
    seconds                  of wall time, checked between operations
    """

    source_chars: int = 20_000
    nesting: int = 60
    statements: int = 10_000
    elements: int = 1_000_000
    total_bytes: int = 256 * 2**20
    printed_chars: int = 100_000
    text_chars: int = 10_000
    integer_bits: int = 256
    seconds: float = 5.0


DEFAULT = Limits()


class Budget:
    """What a run has used up. Every method raises LimitReached, naming the limit, or returns."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.statements = 0
        self.made_bytes = 0
        self.printed_chars = 0

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise LimitReached("seconds", f"{self.limits.seconds:g}")

    def count_statement(self) -> None:
        self.check_time()
        self.statements += 1
        if self.statements > self.limits.statements:
            raise LimitReached("statements", f"{self.limits.statements:,}")

    def count_made(self, tensor: Tensor) -> None:
        self.made_bytes += tensor.nbytes
        if self.made_bytes > self.limits.total_bytes:
            raise LimitReached("total_bytes", f"{self.made_bytes:,}")

    def count_printed(self, text: str) -> None:
        self.printed_chars += len(text)
        if self.printed_chars > self.limits.printed_chars:
            raise LimitReached("printed_chars", f"{self.printed_chars:,}")

    def capped(self, value: Any) -> Any:
        """The value itself, if it is small enough to go on with."""
        if isinstance(value, int) and value.bit_length() > self.limits.integer_bits:
            raise LimitReached("integer_bits", f"{value.bit_length():,}")
        if isinstance(value, str | list | tuple) and self._weight(value) > self.limits.text_chars:
            raise LimitReached("text_chars", f"{self.limits.text_chars:,}")
        return value

    def _weight(self, value: Any) -> int:
        """Characters and items in a value, those of nested lists counted each time they appear.

        Sixty lists of two, each holding the one before twice, would print as 2**60 items.
        Parts were weighed when they were made, so this looks at few more than the cap allows.
        """
        if isinstance(value, str):
            return len(value)
        if not isinstance(value, list | tuple):
            return 1
        total = 1
        for item in value:
            total += self._weight(item)
            if total > self.limits.text_chars:
                break
        return total

    def foresee_plain(self, op: ast.operator, left: Any, right: Any) -> None:
        """Stop before an operation on plain values makes something enormous."""
        if isinstance(left, str) and isinstance(op, ast.Mod):
            raise Refused("operator", "str %")
        if isinstance(op, ast.Mult):
            for sequence, times in ((left, right), (right, left)):
                if isinstance(sequence, str | list | tuple) and isinstance(times, int):
                    size = len(sequence) * times
                    if size > self.limits.text_chars:
                        raise LimitReached("text_chars", f"{size:,}")
        both_whole = isinstance(left, int) and isinstance(right, int)
        if isinstance(op, ast.Pow) and both_whole:
            if left.bit_length() * right > self.limits.integer_bits:
                raise LimitReached("integer_bits", f"{left}**{right}")

    def foresee_format(self, spec: str) -> None:
        """A width is a size: f"{1:999999999}" would fill the memory."""
        if any(len(digits) > 3 for digits in re.findall(r"\d+", spec)):
            raise LimitReached("text_chars", spec)

    def foresee_elements(
        self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Ask the meta device for the shape of a result: it takes no memory."""
        if function.call is torch.tensor:
            return  # its argument is a literal already held
        options = dict(kwargs) if function.kind == "compute" else kwargs | {"device": "meta"}
        try:
            with torch.no_grad():
                twin = function.call(
                    *(_meta(value) for value in args),
                    **{name: _meta(value) for name, value in options.items()},
                )
        except NotImplementedError as error:
            raise Refused("call", getattr(function.call, "__name__", "?")) from error
        except Exception:
            return  # the real call fails the same way, in PyTorch's own words
        if isinstance(twin, Tensor) and twin.numel() > self.limits.elements:
            raise LimitReached("elements", f"{twin.numel():,}")


def _meta(value: Any) -> Any:
    """A tensor's twin that has its shape and type but no memory; anything else as it is."""
    return value.to("meta") if isinstance(value, Tensor) else value
