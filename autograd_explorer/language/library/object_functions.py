"""Python's functions for attributes, properties and generators, by the interpreter's own rules.

Each takes the Runtime as its first argument.
"""

import functools
import sys
from collections.abc import Callable, Generator
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from torch import Tensor, nn
from torch.autograd.graph import Node

from autograd_explorer.errors import Refused
from autograd_explorer.language.crossing import HANDED_OUT, OURS
from autograd_explorer.language.functions import Bound, UserFunction, UserMethod
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING, python_name


def _check_name(name: Any) -> None:
    if not isinstance(name, str):
        raise TypeError(f"attribute name must be string, not {python_name(name)!r}")


def safe_getattr(runtime: Runtime, owner: Any, name: Any, default: Any = MISSING, /) -> Any:
    _check_name(name)
    try:
        return runtime.attributes.read(owner, name)
    except AttributeError:
        if default is MISSING:
            raise
        return default


def new_object(runtime: Runtime, *given: Any) -> object:
    """object(), which is like nothing else: a mark for what was not given."""
    if given:
        raise TypeError("object() takes no arguments")
    runtime.budget.count_bytes(16)
    return object()


def safe_hasattr(runtime: Runtime, owner: Any, name: Any, /) -> bool:
    try:
        return safe_getattr(runtime, owner, name, _NOTHING) is not _NOTHING
    except Refused:
        # Whether it is there says nothing that a program may not know, as by dir().
        if isinstance(owner, Namespace):
            return name in dir(sys.modules.get(owner.path))
        if isinstance(owner, Function):
            return name in dir(owner.shown)
        if isinstance(owner, OURS):
            return name in _LIKE.get(type(owner), ())
        classes = (*owner.__mro__, type) if isinstance(owner, type) else type(owner).__mro__
        known = any(name in base.__dict__ for base in classes)
        return known or name in getattr(owner, "__dict__", ())


_NOTHING = object()
# What each of ours stands for has these names.
_LIKE: dict[type, frozenset[str]] = {
    ours: frozenset(dir(like))
    for ours, like in (
        (UserFunction, FunctionType),
        (UserMethod, MethodType),
        (Bound, BuiltinFunctionType),
        (functools.partial, functools.partial),
    )
}


def safe_setattr(runtime: Runtime, owner: Any, name: Any, value: Any, /) -> None:
    _check_name(name)
    runtime.attributes.write(owner, name, value)


def safe_delattr(runtime: Runtime, owner: Any, name: Any, /) -> None:
    _check_name(name)
    runtime.attributes.delete(owner, name)


def add_note(runtime: Runtime, error: BaseException, note: Any, /) -> None:
    runtime.budget.check_length([], len(getattr(error, "__notes__", ())) + 1)
    error.add_note(note)


def safe_dir(runtime: Runtime, object: Any = MISSING, /) -> list[str]:
    """dir(x): names alone, of a value, of a class, or of where the program stands."""
    if object is MISSING:
        return sorted(runtime.state.scope.values)
    value = object
    if isinstance(value, Namespace) and value.path in sys.modules:
        return runtime.budget.count_plain(dir(sys.modules[value.path]))  # type: ignore[no-any-return]
    if isinstance(value, Function):
        value = value.cls
    plain: Any = type | BaseException | int | float | str | list
    known = isinstance(value, plain | Tensor | nn.Module | Node)
    if not (known or isinstance(value, dict | tuple | set) or type(value) in runtime.classes):
        raise Refused("call", "dir(…)")
    return runtime.budget.count_plain(dir(value))  # type: ignore[no-any-return]


def _part_of(kind: type, function: Any) -> Any:
    """What a descriptor calls: PyTorch would call whatever it is given, unseen. A static method of
    another kind is only handed out, and is called by the interpreter."""
    is_left_out = kind is property and function is None
    taken = HANDED_OUT if kind is staticmethod else (UserFunction, Bound)
    if not (is_left_out or isinstance(function, taken)):
        raise Refused("call", f"{kind.__name__}(…)")
    return function


def _descriptor(kind: Any) -> Callable[..., Any]:
    """staticmethod, classmethod and property, by call. What cannot be given is told in Python's own
    words, of stand-ins: Python would ask what it is given for its name and its text."""

    def call(runtime: Runtime, *given: Any, **named: Any) -> Any:
        kind(*[len] * len(given), **dict.fromkeys(named))
        options = {
            name: runtime.calls.native(value) if name == "doc" else _part_of(kind, value)
            for name, value in named.items()
        }
        parts = [_part_of(kind, value) for value in given[:3]]
        return kind(*parts, *map(runtime.calls.native, given[3:]), **options)

    return call


def call_static(runtime: Runtime, method: Any, *args: Any, **options: Any) -> Any:
    """A static method that lies on an instance, or in a variable, and is called there."""
    return runtime.calls.call_value(method.__func__, args, options)


static_method, class_method = _descriptor(staticmethod), _descriptor(classmethod)
safe_property = _descriptor(property)


def _with_part(place: int) -> Callable[..., property]:
    """getter, setter and deleter of a property: a new property with that one exchanged."""

    def call(runtime: Runtime, old: property, function: Any) -> property:
        parts: list[Any] = [old.fget, old.fset, old.fdel]
        parts[place] = _part_of(property, function)
        return property(*parts)

    return call


property_getter, property_setter, property_deleter = _with_part(0), _with_part(1), _with_part(2)


def generator_send(runtime: Runtime, generator: Generator[Any, Any, Any], value: Any) -> Any:
    return generator.send(value)


def generator_close(runtime: Runtime, generator: Generator[Any, Any, Any]) -> None:
    generator.close()


def generator_throw(runtime: Runtime, generator: Generator[Any, Any, Any], error: Any) -> Any:
    cls = None if isinstance(error, Exception) else runtime.classes.class_of(error)
    if cls is not None and not issubclass(cls, Exception):
        raise TypeError("exceptions must be classes or instances deriving from BaseException")
    return generator.throw(error if cls is None else cls())
