"""Which private names, `_name`, belong to PyTorch's and Python's own classes.

A class of the program may use any other private name for itself. Those that a native class uses
are found in its own code, also those that it sets on an instance only later.
"""

from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from torch import nn

_ON_EVERY_MODULE = frozenset(nn.Module().__dict__)


@cache
def reserved(base: Any) -> frozenset[str]:
    """The private names that a native class, or one that it is made from, has or uses."""
    names = set(dir(base)) | _ON_EVERY_MODULE
    for cls in base.__mro__:
        for member in cls.__dict__.values():
            for function in _functions_of(member):
                names.update(_names_in(function.__code__))
    return frozenset(name for name in names if name.startswith("_"))


def _functions_of(member: Any) -> Iterator[FunctionType]:
    if isinstance(member, (staticmethod, classmethod)):
        member = member.__func__
    several = (member.fget, member.fset, member.fdel) if isinstance(member, property) else (member,)
    for function in several:
        inner = getattr(function, "__wrapped__", function)
        yield from (found for found in (function, inner) if isinstance(found, FunctionType))


def _names_in(code: CodeType) -> Iterator[str]:
    """The names of attributes in a function's code, and the strings that could be some."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple):
            yield from (part for part in constant if isinstance(part, str))
        elif isinstance(constant, CodeType):
            yield from _names_in(constant)
