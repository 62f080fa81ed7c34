"""More of Python's standard library: ast, unicodedata, functools, contextlib, dataclasses.

Each function takes the Runtime as its first argument.
"""

import ast
import contextlib
import sys
import time
import unicodedata
import weakref
from collections.abc import Callable
from functools import partial
from types import GeneratorType
from typing import Any

import numpy as np
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import NOT_GIVEN, Field, Hint
from autograd_explorer.language.functions import Bound, UserFunction, UserMethod
from autograd_explorer.language.imports import find_spec, import_module
from autograd_explorer.language.library.class_functions import define
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.error_texts import (
    error_now,
    format_error,
    format_error_only,
    format_given,
    print_error,
)
from autograd_explorer.language.library.standard_functions import as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.signals import UNCATCHABLE

_LONGEST = 18  # of one letter, in Unicode's longest form


def normalize(runtime: Runtime, form: Any, unistr: Any, /) -> Any:
    if isinstance(unistr, str):
        runtime.budget.check_length("", len(unistr) * _LONGEST)
    return unicodedata.normalize(form, unistr)


# functools

# By the comparison that a class has: its sign, and how Python derives the others from it.
_LESS = {">": "not self {0} other and self != other", "=": "self {0} other or self == other"}
_OR_EQUAL = {"=": "not self {0} other or self == other", ">": "self {0} other and self != other"}
_FROM_ONE = {
    "__lt__": ("<", {"__gt__": _LESS[">"], "__le__": _LESS["="], "__ge__": "not self < other"}),
    "__le__": (
        "<=", {"__ge__": _OR_EQUAL["="], "__lt__": _OR_EQUAL[">"], "__gt__": "not self <= other"}
    ),
    "__gt__": (">", {"__lt__": _LESS[">"], "__ge__": _LESS["="], "__le__": "not self > other"}),
    "__ge__": (
        ">=", {"__le__": _OR_EQUAL["="], "__gt__": _OR_EQUAL[">"], "__lt__": "not self >= other"}
    ),
}  # fmt: skip


def total_ordering(runtime: Runtime, cls: Any) -> Any:
    """The comparisons that a class lacks, from the one that it has, as Python derives them."""
    if not isinstance(cls, type) or cls not in runtime.classes:
        raise Refused("decorator", "total_ordering")
    given = [name for name in _FROM_ONE if runtime.classes.defines(cls, name)]
    if not given:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    sign, others = _FROM_ONE[given[0]]
    for name, text in others.items():
        if name not in given:
            define(runtime, cls, name, f"(self, other): return {text.format(sign)}", {})
    return cls


CACHED = "__cached_"


def cached_property(runtime: Runtime, func: Any) -> Any:
    """A property that keeps its first value on the instance, under a name that no program can
    spell: Python's own name could be one that PyTorch relies on."""
    if not isinstance(func, UserFunction):
        raise Refused("decorator", "cached_property")
    name = f"{CACHED}{func.__name__}"

    def get(instance: Any) -> Any:
        if name not in instance.__dict__:
            instance.__dict__[name] = func(instance)
        return instance.__dict__[name]

    def put(instance: Any, value: Any) -> None:
        instance.__dict__[name] = value

    def delete(instance: Any) -> None:
        if name not in instance.__dict__:
            raise AttributeError(func.__name__)
        del instance.__dict__[name]

    reading, writing, deleting = (
        as_value(runtime, part, func.__name__) for part in (get, put, delete)
    )
    return property(reading, writing, deleting)


def bound_method(runtime: Runtime, function: Any, instance: Any, /) -> Any:
    """types.MethodType(function, instance)"""
    if not isinstance(function, UserFunction):
        raise Refused("call", "types.MethodType(…)")
    return UserMethod(function, instance)


# sys


_WEIGHED: Any = (int, float, str, bytes, list, tuple, dict, set, range)


def size_in_memory(runtime: Runtime, object: Any, /) -> int:
    """sys.getsizeof: of a tensor it is that of the Python object, without its numbers."""
    if not isinstance(object, _WEIGHED) and type(object) not in (Tensor, nn.Parameter):
        raise Refused("call", f"sys.getsizeof({type(object).__name__})")
    return sys.getsizeof(object)


# contextlib


class Stack(contextlib.ExitStack):
    """contextlib.ExitStack. What a program leaves open, such as torch.no_grad(), is closed at the
    end of the run; nothing of the program runs then any more."""


Stack.__name__, Stack.__qualname__, Stack.__module__ = "ExitStack", "ExitStack", "contextlib"


def exit_stack(runtime: Runtime) -> Stack:
    made = Stack()
    runtime.belongings.stacks.append(made)
    runtime.budget.count_bytes(1000)
    return made


def enter_context(runtime: Runtime, stack: Stack, cm: Any) -> Any:
    runtime.budget.count_bytes(1000)
    return stack.enter_context(runtime.statements.managers.of(cm))


class _Calling(contextlib.AbstractContextManager[Any]):
    def __init__(self, runtime: Runtime, call: Callable[[], Any]) -> None:
        self._runtime, self._call = runtime, call

    def __exit__(self, cls: Any, error: Any, traceback: Any) -> None:
        if not isinstance(error, UNCATCHABLE) and not self._runtime.generators.is_over:
            self._call()


def stack_callback(
    runtime: Runtime, stack: Stack, callback: Any, /, *args: Any, **named: Any
) -> Any:
    runtime.budget.count_bytes(1000)
    call = runtime.calls.call_value
    stack.push(_Calling(runtime, lambda: call(callback, args, named)))
    return callback


# dataclasses


def fields_of(runtime: Runtime, class_or_instance: Any) -> Any:
    fields = named_fields(runtime, class_or_instance)
    if fields is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(fields.values())


def named_fields(runtime: Runtime, class_or_instance: Any) -> "dict[str, FieldView] | None":
    """`A.__dataclass_fields__`; None of what is no dataclass."""
    cls = class_or_instance if isinstance(class_or_instance, type) else type(class_or_instance)
    if cls not in runtime.classes.fields:
        return None
    known = runtime.classes.annotations
    return {
        name: FieldView(name, part, partial(annotated, runtime, _annotation(known, cls, name)))
        for name, part in runtime.classes.fields[cls].items()
    }


def _annotation(known: Any, cls: type, name: str) -> Any:
    return next(known[base][name] for base in cls.__mro__ if name in known.get(base, ()))


def annotated(runtime: Runtime, node: Any, scope: Any = None) -> Any:
    """What stands behind a name in a class body: the text of it under `from __future__`."""
    if runtime.belongings.postponed:
        return ast.unparse(node)
    outside = runtime.state.scope
    runtime.state.scope = scope or outside.module()
    try:
        return runtime.expressions.evaluate(node)
    finally:
        runtime.state.scope = outside


def is_dataclass(runtime: Runtime, obj: Any) -> bool:
    return (obj if isinstance(obj, type) else type(obj)) in runtime.classes.fields


class FieldView:
    """What dataclasses.fields gives of one field."""

    __slots__ = ("name", "part", "type")

    def __init__(self, name: str, part: Field, type: Callable[[], Any]) -> None:
        self.name, self.part, self.type = name, part, type

    def value(self, what: str) -> Any:
        found = getattr(self.part, what)
        return MISSING_FIELD if found is NOT_GIVEN else found


class _MissingType:
    """dataclasses.MISSING"""

    __slots__ = ()


MISSING_FIELD = _MissingType()


# functools, sys


def function_of_partial(made: partial[Any]) -> Any:
    """partial(pow, 2).func: what the program has given, not what native code would call."""
    func: Any = made.func
    return func.function if type(func) is Bound and not func.owner else func


def recursion_limit(runtime: Runtime) -> int:
    return runtime.belongings.recursion_limit


def set_recursion_limit(runtime: Runtime, limit: Any, /) -> None:
    """Noted for who asks; how deep calls may stand is up to the run."""
    if not isinstance(limit, int):
        raise TypeError(f"'{type(limit).__name__}' object cannot be interpreted as an integer")
    if limit < 1:
        raise ValueError("recursion limit must be greater or equal than 1")
    runtime.belongings.recursion_limit = limit


# ast

_LONGEST_LITERAL = 10_000


def literal_eval(runtime: Runtime, node_or_string: Any) -> Any:
    """ast.literal_eval of a text: numbers, texts, and containers of such."""
    if not isinstance(node_or_string, str) or len(node_or_string) > _LONGEST_LITERAL:
        raise Refused("call", "ast.literal_eval(…)")
    try:
        return runtime.budget.count_plain(ast.literal_eval(node_or_string))
    except (RecursionError, MemoryError) as error:  # so deeply is something nested
        raise Refused("call", "ast.literal_eval(…)") from error


# NumPy's facts about types, and how a run prints arrays


def finfo(cls: Any) -> Callable[..., Any]:
    def call(runtime: Runtime, dtype: Any) -> Any:
        named = dtype.cls if isinstance(dtype, Function) else dtype
        if isinstance(named, np.ndarray | np.generic):
            named = named.dtype
        if not (isinstance(named, np.dtype | str) or named in (int, float, complex)
                or (isinstance(named, type) and issubclass(named, np.number))):  # fmt: skip
            raise Refused("call", f"numpy.{cls.__name__}(…)")
        return cls(named)

    call.__name__ = cls.__name__
    return call


def _special(call: Callable[..., Any], cls: type | None = None) -> Function:
    return Function(call, "special", cls)


def _reader(name: str) -> Callable[[Any], Any]:
    return lambda owner: getattr(owner, name)


def weak_reference(runtime: Runtime, object: Any, callback: Any = None, /) -> Any:
    """weakref.ref(x)"""
    known = isinstance(object, Tensor | nn.Module) or type(object) in runtime.classes
    if not known or callback is not None or isinstance(object, dict):
        raise Refused("call", "weakref.ref(…)")
    return weakref.ref(object)


NAMES: dict[str, object] = {
    "ast.literal_eval": _special(literal_eval),
    "sys.getsizeof": _special(size_in_memory),
    "weakref.ref": _special(weak_reference, weakref.ref),
    "contextlib.ExitStack": _special(exit_stack),
    **{f"dataclasses.{name}": Hint(f"dataclasses.{name}") for name in ("InitVar", "KW_ONLY")},
    "dataclasses.MISSING": MISSING_FIELD,
    "dataclasses.fields": _special(fields_of),
    "dataclasses.is_dataclass": _special(is_dataclass),
    "functools.cached_property": _special(cached_property),
    "functools.total_ordering": _special(total_ordering),
    "importlib.import_module": _special(import_module),
    "importlib.util.find_spec": _special(find_spec),
    "numpy.finfo": _special(finfo(np.finfo), np.finfo),
    "numpy.iinfo": _special(finfo(np.iinfo), np.iinfo),
    "sys.exc_info": _special(error_now),
    "sys.getrecursionlimit": _special(recursion_limit),
    "sys.setrecursionlimit": _special(set_recursion_limit),
    "traceback.format_exc": _special(format_error),
    "traceback.format_exception": _special(format_given),
    "traceback.format_exception_only": _special(format_error_only),
    "traceback.print_exc": _special(print_error),
    **{
        f"unicodedata.{name}": Function(getattr(unicodedata, name), "plain")
        for name in ("category", "combining", "name", "numeric")
    },
    "types.FunctionType": Function(UserFunction, "class", UserFunction),
    "types.LambdaType": Function(UserFunction, "class", UserFunction),
    "types.GeneratorType": Function(GeneratorType, "class", GeneratorType),
    "types.MethodType": _special(bound_method, UserMethod),
    "unicodedata.normalize": _special(normalize),
}
TABLES: dict[type, Members] = {
    time.struct_time: Members(
        attributes={
            f"tm_{name}": _reader(f"tm_{name}")
            for name in "year mon mday hour min sec wday yday isdst".split()
        }
    ),
    partial: Members(
        attributes={
            "args": lambda made: made.args,
            "func": function_of_partial,
            "keywords": lambda made: made.keywords,
        }
    ),
    weakref.ref: Members(methods={"__call__": Function(lambda reference: reference(), "plain")}),
    FieldView: Members(
        attributes={
            "name": _reader("name"),
            "default": lambda view: view.value("default"),
            "type": lambda view: view.type(),
            "default_factory": lambda view: view.value("default_factory"),
        }
    ),
    Stack: Members(
        methods={
            "callback": _special(stack_callback),
            "close": Function(lambda stack: stack.close(), "plain"),
            "enter_context": _special(enter_context),
        }
    ),
    np.finfo: Members(
        attributes={
            n: _reader(n) for n in "bits dtype eps max min resolution smallest_normal tiny".split()
        }
    ),
    np.iinfo: Members(attributes={n: _reader(n) for n in "bits dtype max min".split()}),
}
