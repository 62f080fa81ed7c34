"""Python's own functions, as a program may call them: results are counted, and time is limited.

Each takes the Runtime as its first argument. `safe_range` is range, `str_join` is str.join. Where
the original would loop over a value on its own, these loop item by item and check the time limit.
"""

import enum
import functools
import io
import operator
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Absent, Hint, Storage, Stream
from autograd_explorer.language.crossing import Callback
from autograd_explorer.language.datasets import KEPT
from autograd_explorer.language.functions import SuperView
from autograd_explorer.language.library import byte_functions
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.object_functions import safe_hasattr
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import (
    ITERATORS,
    MISSING,
    VIEWS,
    given_name,
    python_name,
    size_of,
)

REVERSED: tuple[type[Any], ...] = (
    list, tuple, str, bytes, dict, range, deque, np.ndarray, *VIEWS,
)  # fmt: skip


def safe_print(
    runtime: Runtime,
    *values: Any,
    sep: Any = None,
    end: Any = None,
    file: Any = None,
    flush: Any = None,
) -> None:
    for name, given in (("sep", sep), ("end", end)):
        if given is not None and not isinstance(given, str):
            raise TypeError(f"{name} must be None or a string, not {python_name(given)}")
    between, length = " " if sep is None else sep, 0
    pieces: list[str] = []
    for value in values:
        pieces.append(runtime.texts.of(value))
        length += len(pieces[-1]) + len(between)
        runtime.budget.check_printed(length)
    text = between.join(pieces) + ("\n" if end is None else end)
    if isinstance(file, io.StringIO):
        runtime.budget.check_length("", file.tell() + len(text))
        file.write(text)
    elif file is None or (isinstance(file, Stream) and file.name == "stdout"):
        runtime.texts.write(text)
    elif not isinstance(file, Stream):
        runtime.calls.call_value(runtime.attributes.read(file, "write"), (text,), {})


def safe_str(runtime: Runtime, object: Any = "", *decoding: Any, **options: Any) -> str:
    if not decoding and not options:
        return runtime.texts.of(object)
    if isinstance(object, bytes):
        return byte_functions.decode(runtime, object, *decoding, **options)
    if isinstance(object, np.ndarray):
        raise Refused("call", "str(…)")
    return str(runtime.calls.native(object), *decoding, **options)


def safe_repr(runtime: Runtime, value: Any, /) -> str:
    return runtime.texts.representation(value)


def safe_len(runtime: Runtime, value: Any, /) -> int:
    if isinstance(value, (nn.Module, Storage, type, *KEPT)):
        method = runtime.attributes.special(value, "__len__")
        if method is MISSING:
            raise TypeError(f"object of type {type(value).__name__!r} has no len()")
        return int(runtime.calls.call_value(method, (), {}))
    if isinstance(value, Function) and isinstance(value.cls, enum.EnumMeta):
        return len(value.cls)
    return len(value)


def safe_id(runtime: Runtime, value: Any, /) -> int:
    if isinstance(value, Storage):  # one for each time that it is asked for, of the same memory
        return runtime.addresses.of_data(value.whole())
    return runtime.addresses.number(id(value))


def safe_abs(runtime: Runtime, value: Any, /) -> Any:
    if isinstance(value, Tensor):
        return runtime.calls.call(_ABSOLUTE, (value,), {})
    runtime.budget.check_time()
    return abs(value)


_ABSOLUTE = Function(abs, "bounded")


def safe_list(runtime: Runtime, values: Any = (), /) -> list[Any]:
    return runtime.walking.items(values)


def safe_tuple(runtime: Runtime, values: Any = (), /) -> tuple[Any, ...]:
    return tuple(runtime.walking.items(values))


def safe_set(runtime: Runtime, values: Any = (), /) -> set[Any]:
    return runtime.walking.set_of(runtime.walking.items(values))


def safe_dict(runtime: Runtime, values: Any = (), /, **named: Any) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    is_mapping = runtime.attributes.find(values, "keys") is not MISSING
    if isinstance(values, dict) or is_mapping:
        runtime.walking.filled(made, runtime.walking.mapping(values).items())
    else:
        pairs = []
        for i, part in enumerate(runtime.walking.items(values)):
            if not runtime.walking.may_walk(part):
                raise TypeError(
                    f"cannot convert dictionary update sequence element #{i} to a sequence"
                )
            pair = runtime.walking.items(part)
            pairs.append(pair)
            if len(pair) != 2:
                raise ValueError(
                    f"dictionary update sequence element #{i} has length {len(pair)}; 2 is required"
                )
        runtime.walking.filled(made, [(key, value) for key, value in pairs])
    return runtime.walking.filled(made, named.items())


def safe_ordered_dict(runtime: Runtime, values: Any = (), /, **named: Any) -> Any:
    return OrderedDict(safe_dict(runtime, values, **named))


def safe_range(runtime: Runtime, *args: Any) -> range:
    made = range(*[runtime.operators.whole(value) for value in args])
    if made and abs(made[-1] - made[0]) // abs(made.step) >= runtime.budget.limits.turns:
        raise runtime.budget.stop("turns")
    return made


def safe_enumerate(runtime: Runtime, iterable: Any, start: Any = 0) -> Any:
    start = operator.index(runtime.operators.whole(start))
    return enumerate(runtime.walking.walk(iterable), start)


def safe_zip(runtime: Runtime, *values: Any, strict: bool = False) -> Any:
    return zip(*[runtime.walking.walk(value) for value in values], strict=bool(strict))


def called_later(runtime: Runtime, function: Any) -> Any:
    """A callback that is looked at when it is first called, as it may never be."""
    if function is None or callable(function) or isinstance(function, Function):
        return runtime.calls.callback(function)
    return Callback(runtime.calls.call_value, function)


def safe_map(runtime: Runtime, function: Any, /, *values: Any) -> Any:
    if not values:
        raise TypeError("map() must have at least two arguments.")
    walks = [runtime.walking.walk(value) for value in values]
    if function is None:
        function = Callback(runtime.calls.call_value, None)
    return map(called_later(runtime, function), *walks)


def safe_filter(runtime: Runtime, function: Any, values: Any, /) -> Any:
    return filter(called_later(runtime, function), runtime.walking.walk(values))


def safe_reversed(runtime: Runtime, values: Any, /) -> Any:
    if isinstance(values, Tensor):  # a new tensor, turned around in its first dimension
        return runtime.calls.made(values.flip(0)) if values.ndim else values
    turned = runtime.attributes.special(values, "__reversed__")
    if turned is not MISSING:
        return runtime.calls.call_value(turned, (), {})
    if isinstance(values, REVERSED):
        return reversed(values)
    if isinstance(values, (nn.ModuleList, nn.ParameterList, nn.Sequential)):
        return reversed(runtime.walking.items(values))
    length = runtime.attributes.special(values, "__len__")
    if length is not MISSING and runtime.classes.defines(type(values), "__getitem__"):
        places = range(runtime.calls.call_value(length, (), {}) - 1, -1, -1)
        return map(functools.partial(runtime.operators.item, values), places)
    raise TypeError(f"{python_name(values)!r} object is not reversible")


def _check_comparing(runtime: Runtime, items: list[Any]) -> None:
    """Check a list before Python sorts it or searches it: Python does not check the time limit on
    the way, and comparing tensors is slow."""
    runtime.budget.weigh(items)
    if any(isinstance(item, Tensor) for item in items):
        runtime.budget.check_length([], 20 * len(items))


def safe_sorted(runtime: Runtime, *given: Any, key: Any = None, reverse: Any = False) -> list[Any]:
    if len(given) != 1:
        raise TypeError(f"sorted expected 1 argument, got {len(given)}")
    (values,) = given
    items = runtime.walking.items(values)
    _check_comparing(runtime, items)
    turned = operator.index(runtime.operators.whole(reverse)) != 0
    return sorted(items, key=called_later(runtime, key), reverse=turned)


def safe_sum(runtime: Runtime, values: Any, /, start: Any = 0) -> Any:
    if isinstance(start, str | bytes):
        sum((), start)  # raises, in Python's words
    for item in runtime.walking.walk(values):
        start = runtime.operators.add(start, item)
    return start


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    def call(runtime: Runtime, *values: Any, key: Any = None, default: Any = MISSING) -> Any:
        options = {} if default is MISSING else {"default": default}
        if not values or (options and len(values) > 1):
            return choose(*values, **options)  # raises, in Python's words
        items = runtime.walking.items(values[0]) if len(values) == 1 else list(values)
        _check_comparing(runtime, items)
        return choose(items, key=called_later(runtime, key), **options)

    return call


safe_min = _extreme(min)
safe_max = _extreme(max)


def safe_any(runtime: Runtime, values: Any, /) -> bool:
    for item in runtime.walking.walk(values):
        runtime.budget.check_time()
        if item:
            return True
    return False


def safe_all(runtime: Runtime, values: Any, /) -> bool:
    for item in runtime.walking.walk(values):
        runtime.budget.check_time()
        if not item:
            return False
    return True


def safe_isinstance(runtime: Runtime, value: Any, classes: Any, /) -> bool:
    found = runtime.classes.class_of(classes)
    if classes is not None and runtime.classes.is_instance(value, found):
        return True
    if classes is None or (isinstance(classes, tuple) and any(part is None for part in classes)):
        raise TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union")
    protocols = runtime.classes.protocols
    return any(
        all(safe_hasattr(runtime, value, name) for name in protocols[cls])
        for cls in (found if isinstance(found, tuple) else (found,))
        if protocols and cls in protocols
    )


def safe_issubclass(runtime: Runtime, cls: Any, classes: Any, /) -> bool:
    named = (cls, *(classes if isinstance(classes, tuple) else (classes,)))
    for part in named:
        known = isinstance(part, type | Hint | tuple | Absent) or getattr(part, "cls", None)
        if not known:
            of_first = part is cls
            words = (
                "arg 1 must be a class"
                if of_first
                else ("arg 2 must be a class, a tuple of classes, or a union")
            )
            raise TypeError(f"issubclass() {words}")
    known = runtime.classes
    return known.is_subclass(known.class_of(cls), known.class_of(classes))


def safe_next(runtime: Runtime, iterator: Any, default: Any = MISSING, /) -> Any:
    runtime.budget.check_time()
    method = runtime.attributes.special(iterator, "__next__")
    if method is not MISSING:
        try:
            return method()
        except StopIteration:
            if default is not MISSING:
                return default
            raise
    if not isinstance(iterator, ITERATORS):
        raise TypeError(f"{python_name(iterator)!r} object is not an iterator")
    return next(iterator) if default is MISSING else next(iterator, default)


def safe_iter(runtime: Runtime, values: Any, sentinel: Any = MISSING, /) -> Any:
    if sentinel is not MISSING:  # calls a function again and again, until it gives this value
        if not (callable(values) or isinstance(values, Function)):
            raise TypeError("iter(v, w): v must be callable")
        return iter(runtime.calls.callback(values), sentinel)
    return runtime.walking.walk(values)


def safe_super(runtime: Runtime, start: Any = MISSING, instance: Any = MISSING, /) -> SuperView:
    if start is MISSING:
        start, instance = runtime.calls.around_super()
    elif not (isinstance(start, type) or (isinstance(start, Function) and start.cls)):
        raise TypeError(f"super() argument 1 must be a type, not {python_name(start)}")
    elif instance is MISSING:
        return SuperView(object, None)  # super(A).__init__() is an `__init__` of nothing
    cls = instance if isinstance(instance, type) else type(instance)
    if start in runtime.classes.of_classes and start not in cls.__mro__:
        cls = runtime.classes.metas.get(instance, cls)  # a method of a metaclass, of a class
    if not (isinstance(start, type) and start in cls.__mro__):
        raise TypeError("super(type, obj): obj must be an instance or subtype of type")
    return SuperView(start, instance, cls)


def safe_reduce(runtime: Runtime, function: Any, values: Any, /, *start: Any) -> Any:
    try:
        walk = runtime.walking.walk(values)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    return functools.reduce(called_later(runtime, function), runtime.walking.items(walk), *start)


def list_extend(runtime: Runtime, values: list[Any], more: Any, /) -> None:
    items = runtime.walking.items(more)
    runtime.budget.check_length(values, len(values) + len(items))
    (list if isinstance(values, list) else type(values)).extend(values, items)


def list_append(runtime: Runtime, values: list[Any], item: Any, /) -> None:
    runtime.budget.check_length(values, len(values) + 1)
    (list if isinstance(values, list) else type(values)).append(values, item)


def list_insert(runtime: Runtime, values: list[Any], place: Any, item: Any, /) -> None:
    runtime.budget.check_length(values, len(values) + 1)
    (list if isinstance(values, list) else type(values)).insert(values, size_of(place), item)


def list_sort(
    runtime: Runtime, values: list[Any], *, key: Any = None, reverse: Any = False
) -> None:
    values[:] = safe_sorted(runtime, values, key=key, reverse=reverse)


def dict_update(runtime: Runtime, values: dict[Any, Any], more: Any = (), /, **named: Any) -> None:
    runtime.walking.filled(values, safe_dict(runtime, more, **named).items())
    runtime.budget.capped(values)


def dict_from_keys(runtime: Runtime, keys: Any, value: Any = None, /) -> dict[Any, Any]:
    pairs = [(key, value) for key in runtime.walking.items(keys)]
    return runtime.walking.filled({}, pairs)


def safe_frozenset(runtime: Runtime, values: Any = (), /) -> frozenset[Any]:
    return frozenset(safe_set(runtime, values))


def safe_hash(runtime: Runtime, value: Any, /) -> int:
    """Numbers, and tuples of them, as in Python; of anything else, which Python scatters anew each
    time, a number of the run's."""
    runtime.operators.check_compared(value)
    found = hash(value)
    queue = [value]
    while queue:
        part = queue.pop()
        if isinstance(part, tuple | frozenset):
            queue += part
        elif not isinstance(part, int | float | complex) and type(part) not in runtime.classes:
            return runtime.addresses.number(found)
    return found


def safe_format(runtime: Runtime, value: Any, format_spec: Any = "", /) -> str:
    if not isinstance(format_spec, str):
        raise TypeError(f"format() argument 2 must be str, not {given_name(format_spec)}")
    return runtime.texts.format_value(value, format_spec)


def safe_ascii(runtime: Runtime, value: Any, /) -> str:
    return runtime.texts.representation(value, ascii)
