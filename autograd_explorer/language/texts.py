"""Values as text, as Python would write them: print, str, repr, f-strings, str.format."""

import io
import itertools
import re
import string
from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime

_PARTS = re.compile(r"\.([^.\[\]]+)|\[([^\]]+)\]")
_FIELD = re.compile(r"([^.\[\]]*)((?:\.[^.\[\]]+|\[[^\]]+\])*)")


class Texts:
    """The texts of one run. The size of each text is estimated before the text is made, and counted
    afterwards."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._budget = runtime.budget
        self._addresses = runtime.addresses
        self.diverted: io.StringIO | None = None  # by contextlib.redirect_stdout

    def write(self, text: str) -> None:
        """Print a text."""
        text.encode()  # a lone surrogate cannot be printed: Python says so here
        self._budget.count_printed(text)
        if self.diverted is None:
            self._runtime.observer.write(text)
        else:
            self.diverted.write(text)

    def of(self, value: Any) -> str:
        """str(value)"""
        self._budget.check_time()
        self._budget.weigh(value, shown=True)
        return self._addresses.shown(value, str(self._budget.capped(str(value))))

    def representation(self, value: Any, make: Callable[[Any], str] = repr) -> str:
        """repr(value) or ascii(value)"""
        self._budget.check_time()
        self._budget.weigh(value, shown=True)
        return self._addresses.shown(value, str(self._budget.capped(make(value))))

    def format_value(self, value: Any, spec: str) -> str:
        """format(value, spec)"""
        self._budget.check_time()
        self._budget.foresee_format(spec)
        self._budget.weigh(value, shown=True)
        return self._addresses.shown(value, str(self._budget.capped(format(value, spec))))

    def format(self, template: str, args: tuple[Any, ...] | None, named: Mapping[str, Any]) -> str:
        """str.format; {0.attr} and {0[key]} read by the rules of attributes.py, as a program does
        elsewhere."""
        numbers = itertools.count()

        def value_of(field: str) -> Any:
            whole = _FIELD.fullmatch(field)
            if whole is None:
                raise Refused("call", f"str.format {{{field}}}")
            found = first_of(whole[1])
            for name, key in _PARTS.findall(whole[2]):
                if name:
                    found = self._runtime.attributes.read(found, name)
                else:
                    index = int(key) if key.isdecimal() else key
                    found = self._runtime.operators.item(found, index)
            return found

        def first_of(field: str) -> Any:
            if field and not field.isdecimal():
                return named[field]
            if args is None:  # of str.format_map
                raise ValueError("Format string contains positional fields")
            place = int(field) if field else next(numbers)
            if place >= len(args):
                raise IndexError(
                    f"Replacement index {place} out of range for positional args tuple"
                )
            return args[place]

        pieces: list[str] = []
        length = 0
        for literal, field, spec, conversion in string.Formatter().parse(template):
            pieces.append(literal)
            if field is None:
                continue
            value = value_of(field)
            if conversion == "s":
                value = self.of(value)
            elif conversion:
                value = self.representation(value, {"r": repr, "a": ascii}[conversion])
            width: list[str] = []  # the width and the like may be fields themselves
            for inner, name, _, _ in string.Formatter().parse(spec or ""):
                width.append(inner)
                if name is not None:
                    width.append(self.of(value_of(name)))
            pieces.append(self.format_value(value, "".join(width)))
            length += len(pieces[-1])
            self._budget.check_length("", length)
        return "".join(pieces)
