"""Functions of Python's standard library that belong to a run, or that call back.

Each takes the Runtime as its first argument.
"""

import ast
import collections
import contextlib
import functools
import gc
import io
import operator
import random
from collections.abc import Callable
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Stream
from autograd_explorer.language.functions import Bound, MadeFunction, UserFunction
from autograd_explorer.language.heard_warnings import collect, hear, start_anew
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.library.keywords import answer_to
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import python_name, size_of

_LARGEST = 10**6  # bits of a random whole number and the like


def index(runtime: Runtime, a: Any, /) -> int:
    """operator.index"""
    found: int = operator.index(runtime.operators.whole(a))
    return found


def as_value(runtime: Runtime, call: Callable[..., Any], name: str = "") -> Bound:
    """Something that can be called, made for a program, as the program can call and pass it."""
    return Bound(runtime.calls.call, _special_of(call, name))


def as_function(runtime: Runtime, call: Callable[..., Any], name: str = "") -> MadeFunction:
    """The same of what is a function in Python."""
    return MadeFunction(runtime.calls.call, _special_of(call, name))


def _special_of(call: Callable[..., Any], name: str) -> Function:
    def special(runtime: Runtime, *args: Any, **named: Any) -> Any:
        return call(*args, **named)

    special.__name__ = name or "function"
    return Function(special, "special")


def collect_garbage(runtime: Runtime, generation: Any = 2) -> int:
    """gc.collect(): done where a `__del__` tells. It would count the interpreter's objects."""
    if any("__del__" in members for members in runtime.classes.values()):
        gc.collect()
    return 0


# random


def chance_method(name: str) -> Callable[..., Any]:
    """A method of a random.Random. Counts are checked, and so are the values that are given."""

    def call(runtime: Runtime, owner: random.Random, *args: Any, **options: Any) -> Any:
        given = [_for_chance(runtime, value) for value in args]
        named = {key: _for_chance(runtime, value) for key, value in options.items()}
        count = named.get("k", given[1] if name == "sample" and len(given) > 1 else 0)
        if isinstance(count, int):
            runtime.budget.check_length([], count)
        if name == "getrandbits" and given and isinstance(given[0], int):
            runtime.budget.capped(1 << min(max(given[0], 0), _LARGEST))
        return getattr(owner, name)(*given, **named)

    call.__name__ = name
    return call


def _for_chance(runtime: Runtime, value: Any) -> Any:
    value = size_of(value)
    runtime.calls.native(value, "holding")
    plain = isinstance(
        value,
        (int, float, str, list, tuple, range, dict, collections.deque, type(None)),
    )
    if not plain:
        raise Refused("call", f"random.…({type(value).__name__})")
    return value


def of_run(method: Callable[..., Any]) -> Callable[..., Any]:
    """random.shuffle and the like: of the run's own generator."""

    def call(runtime: Runtime, *args: Any, **options: Any) -> Any:
        return method(runtime, runtime.belongings.chance, *args, **options)

    call.__name__ = method.__name__
    return call


def chance_state(runtime: Runtime) -> Any:
    """random.getstate()"""
    return runtime.budget.count_plain(runtime.belongings.chance.getstate())


def set_chance_state(runtime: Runtime, state: Any, /) -> None:
    runtime.belongings.chance.setstate(runtime.calls.native(state))


def modules(runtime: Runtime) -> dict[str, Any]:
    """sys.modules, to be asked whether a name is in it: what a program can import."""
    return {name: Namespace(name) for name in sorted(runtime.library.modules)}


def make_chance(runtime: Runtime, seed: Any = None) -> random.Random:
    return random.Random(0 if seed is None else _for_chance(runtime, seed))  # noqa: S311


# functools, operator


def partial(runtime: Runtime, func: Any, /, *args: Any, **named: Any) -> Any:
    known = func.function if isinstance(func, Bound) else func
    if not callable(func) and not isinstance(func, Function):
        raise TypeError("the first argument must be callable")
    for name in named:
        if isinstance(known, Function) and answer_to(known, name) == "refused":
            raise Refused("keyword", f"partial({known.name}, {name[:40]}=…)")
    runtime.calls.native([*args, *named.values()], "holding")
    return functools.partial(runtime.calls.callback(func), *args, **named)


def wraps(runtime: Runtime, wrapped: Any, *args: Any, **options: Any) -> Any:
    def decorate(function: Any) -> Any:
        if isinstance(function, UserFunction) and isinstance(wrapped, UserFunction):
            function.__name__, function.qualified = wrapped.__name__, wrapped.qualified
            function.__dict__.update(wrapped.__dict__)
            function.__dict__["__doc__"] = wrapped.documentation
        return function

    return as_value(runtime, decorate)


_BYTES_CACHED = 300


def cache(runtime: Runtime, maxsize: Any = 128, typed: Any = False) -> Any:
    """lru_cache, with and without parentheses. Each result that is kept is counted."""

    def decorate(function: Any, most: Any = 128) -> Any:
        call = runtime.calls.callback(function)

        def counted(*args: Any, **named: Any) -> Any:
            runtime.budget.count_bytes(_BYTES_CACHED)
            return call(*args, **named)

        counted.__name__ = counted.__qualname__ = getattr(function, "__name__", "function")
        return functools.lru_cache(maxsize=most, typed=bool(typed))(counted)

    if maxsize is None or isinstance(maxsize, int):
        return as_value(runtime, lambda function: decorate(function, maxsize))
    return decorate(maxsize)


def cache_all(runtime: Runtime, user_function: Any) -> Any:
    return runtime.calls.call_value(cache(runtime, None), (user_function,), {})


def cmp_to_key(runtime: Runtime, mycmp: Any) -> Any:
    return as_value(runtime, functools.cmp_to_key(runtime.calls.callback(mycmp)))


def item_getter(runtime: Runtime, *places: Any) -> Any:
    def get(owner: Any) -> Any:
        found = [runtime.operators.item(owner, place) for place in places]
        return found[0] if len(found) == 1 else tuple(found)

    return as_value(runtime, get)


def attribute_getter(runtime: Runtime, *paths: Any) -> Any:
    def get(owner: Any) -> Any:
        found = [functools.reduce(runtime.attributes.read, p.split("."), owner) for p in paths]
        return found[0] if len(found) == 1 else tuple(found)

    if not all(isinstance(path, str) for path in paths):
        raise TypeError("attribute name must be a string")
    return as_value(runtime, get)


def method_caller(runtime: Runtime, name: Any, /, *args: Any, **options: Any) -> Any:
    """operator.methodcaller"""
    if not isinstance(name, str):
        raise TypeError("method name must be a string")

    def call(owner: Any) -> Any:
        method, first = runtime.attributes.method(owner, name)
        return runtime.calls.call_value(method, (*first, *args), dict(options))

    return as_value(runtime, call)


def operation(node: Any, arity: int, name: str = "") -> Callable[..., Any]:
    """operator.add and the like, as the interpreter carries them out."""

    def call(runtime: Runtime, a: Any, /, *b: Any) -> Any:
        operators = runtime.operators
        if len(b) != arity - 1:
            if arity == 1:
                words = f"takes exactly one argument ({len(b) + 1} given)"
                raise TypeError(f"_operator.{name}() {words}")
            raise TypeError(f"{name} expected 2 arguments, got {len(b) + 1}")
        if arity == 1:
            return operators.unary(node, a)
        kind = operators.binary if isinstance(node, ast.operator) else operators.compare
        return kind(node, a, b[0])

    return call


def concat(runtime: Runtime, a: Any, b: Any, /) -> Any:
    """operator.concat"""
    if not isinstance(a, str | bytes | list | tuple | collections.deque):
        raise TypeError(f"{python_name(a)!r} object can't be concatenated")
    return runtime.operators.add(a, b)


def contains(runtime: Runtime, a: Any, b: Any, /) -> Any:
    return runtime.operators.compare(ast.In(), b, a)


def truth(runtime: Runtime, a: Any, /) -> bool:
    return bool(a)


def count_of(runtime: Runtime, a: Any, b: Any, /) -> int:
    if not runtime.walking.may_walk(a) and not hasattr(type(a), "__iter__"):
        raise TypeError(f"argument of type {python_name(a)!r} is not iterable")
    items = runtime.walking.items(a)
    return sum(item is b or bool(runtime.operators.compare(ast.Eq(), item, b)) for item in items)


def in_place(node: ast.operator) -> Callable[..., Any]:
    """operator.iadd and the like."""
    return lambda runtime, a, b, /: runtime.operators.augmented(node, a, b)


# collections


def default_dict(runtime: Runtime, default_factory: Any = None, *args: Any, **named: Any) -> Any:
    from autograd_explorer.language.library.python_functions import safe_dict

    known = default_factory is None or callable(default_factory)
    if not known and not isinstance(default_factory, Function):
        raise TypeError("first argument must be callable or None")
    if len(args) > 1:
        raise TypeError(f"dict expected at most 1 argument, got {len(args)}")
    made: Any = collections.defaultdict(runtime.calls.callback(default_factory))
    runtime.walking.filled(made, safe_dict(runtime, *args, **named).items())
    return made


def counter(runtime: Runtime, iterable: Any = None, **named: Any) -> Any:
    made: Any = collections.Counter()
    counter_update(runtime, made, iterable, **named)
    return made


def counter_update(runtime: Runtime, owner: Any, iterable: Any = None, **named: Any) -> None:
    for values in (iterable, named):
        if isinstance(values, dict):
            runtime.budget.weigh(values)
            owner.update(values)
        elif values is not None:
            items = runtime.walking.items(values)
            runtime.budget.weigh(items)
            owner.update(items)
    runtime.budget.capped(owner)


def deque(runtime: Runtime, iterable: Any = (), maxlen: Any = None) -> Any:
    if maxlen is not None:
        runtime.budget.check_length([], size_of(maxlen))
    return collections.deque(runtime.walking.items(iterable), size_of(maxlen))


def deque_grown(name: str) -> Callable[..., Any]:
    """append, extend and the like, in either direction."""

    def call(runtime: Runtime, owner: Any, value: Any) -> None:
        more = runtime.walking.items(value) if name.startswith("extend") else [value]
        if owner.maxlen is None:
            runtime.budget.check_length([], len(owner) + len(more))
        getattr(owner, name)(more if name.startswith("extend") else value)

    return call


# time, datetime, sys, os, warnings


def leave(runtime: Runtime, status: Any = None, /) -> None:
    raise SystemExit(status)


def stream_write(runtime: Runtime, stream: Stream, text: Any) -> int:
    if not isinstance(text, str):
        raise TypeError(f"write() argument must be str, not {type(text).__name__}")
    if stream.name == "stdout":
        runtime.texts.write(text)
    return len(text)


def nothing(runtime: Runtime, *args: Any, **options: Any) -> None:
    """For what has no effect here: threads, progress bars, the log."""


def answering(value: Any) -> Callable[..., Any]:
    """A function that gives the same answer whatever it is asked."""

    def call(runtime: Runtime, *args: Any, **options: Any) -> Any:
        return value

    return call


def text_write(runtime: Runtime, stream: io.StringIO, text: Any) -> int:
    if isinstance(text, str):
        runtime.budget.check_length("", stream.tell() + len(text))
    return stream.write(text)


def text_write_lines(runtime: Runtime, stream: io.StringIO, lines: Any, /) -> None:
    for line in runtime.walking.items(lines):
        text_write(runtime, stream, line)


def make_text(runtime: Runtime, initial_value: str = "") -> io.StringIO:
    return io.StringIO(initial_value)


def get_env(runtime: Runtime, key: Any, default: Any = None) -> Any:
    return runtime.belongings.environment.get(key, default)


def filter_warnings(
    runtime: Runtime, action: Any, message: Any = "", category: Any = None, **options: Any
) -> None:
    """The run's own filter: to hear none, or all again, or to have them raised."""
    if not message and category is None:
        runtime.belongings.on_warning = action
        start_anew(action == "always")
    elif action == "error":
        raise Refused("call", "warnings.filterwarnings('error', …)")


def reset_warnings(runtime: Runtime) -> None:
    runtime.belongings.on_warning = "default"
    start_anew(False)


def warn(
    runtime: Runtime, message: Any, category: Any = None, stacklevel: int = 1, **options: Any
) -> None:
    cls: Any = UserWarning if category is None else runtime.classes.class_of(category)
    if isinstance(message, Warning):
        cls = type(message)
    if not issubclass(cls, Warning):
        raise TypeError(f"category must be a Warning subclass, not '{cls.__name__}'")
    own, words = runtime.belongings, runtime.texts.of(message)
    if own.on_warning == "error":
        raise message if isinstance(message, Warning) else cls(words)
    if own.heard is None:
        hear(cls.__name__, words)
    elif own.on_warning != "ignore":
        collect(runtime, cls, words)


@contextlib.contextmanager
def catch_warnings(runtime: Runtime, *, record: Any = False, **options: Any) -> Any:
    own = runtime.belongings
    before = own.on_warning, own.heard
    start_anew(own.on_warning == "always")
    if record:
        own.heard = []
    try:
        yield own.heard if record else None
    finally:
        own.on_warning, own.heard = before
        start_anew(own.on_warning == "always")
