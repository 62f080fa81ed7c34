"""Python's own functions, as a program may call them: results are counted, and time is limited.

Each takes the Runtime as its first argument. `safe_range` is range, `str_join` is str.join. Where
the original would loop over a value on its own, these loop item by item and check the time limit.
"""

import enum
import functools
import io
import math
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from autograd_explorer.language.belongings import Storage, Stream
from autograd_explorer.language.datasets import KEPT
from autograd_explorer.language.functions import SuperView
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.object_functions import safe_hasattr
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import ITERATORS, MISSING, VIEWS, size_of

REVERSED: tuple[type[Any], ...] = (list, tuple, str, dict, range, deque, *VIEWS)


def nobody_answers(runtime: Runtime, prompt: Any = "") -> str:
    """input(): as where there is no keyboard"""
    safe_print(runtime, prompt, end="")
    raise EOFError("EOF when reading a line")


def safe_print(
    runtime: Runtime,
    *values: Any,
    sep: Any = None,
    end: Any = None,
    file: Any = None,
    flush: Any = None,
) -> None:
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


def safe_str(runtime: Runtime, value: Any = "") -> str:
    return runtime.texts.of(value)


def safe_repr(runtime: Runtime, value: Any) -> str:
    return runtime.texts.representation(value)


def safe_len(runtime: Runtime, value: Any) -> int:
    if isinstance(value, (nn.Module, Storage, type, *KEPT)):
        method = runtime.attributes.special(value, "__len__")
        if method is MISSING:
            raise TypeError(f"object of type {type(value).__name__!r} has no len()")
        return int(runtime.calls.call_value(method, (), {}))
    if isinstance(value, Function) and isinstance(value.cls, enum.EnumMeta):
        return len(value.cls)
    return len(value)


def safe_id(runtime: Runtime, value: Any) -> int:
    if isinstance(value, Storage):  # one for each time that it is asked for, of the same memory
        return runtime.addresses.of_data(value.whole())
    return runtime.addresses.number(id(value))


def safe_abs(runtime: Runtime, value: Any) -> Any:
    if isinstance(value, Tensor):
        return runtime.calls.call(_ABSOLUTE, (value,), {})
    runtime.budget.check_time()
    return abs(value)


_ABSOLUTE = Function(abs, "bounded")


def safe_list(runtime: Runtime, values: Any = ()) -> list[Any]:
    return runtime.walking.items(values)


def safe_tuple(runtime: Runtime, values: Any = ()) -> tuple[Any, ...]:
    return tuple(runtime.walking.items(values))


def safe_set(runtime: Runtime, values: Any = ()) -> set[Any]:
    return runtime.walking.set_of(runtime.walking.items(values))


def safe_dict(runtime: Runtime, values: Any = (), **named: Any) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    is_mapping = runtime.attributes.find(values, "keys") is not MISSING
    if isinstance(values, dict) or is_mapping:
        runtime.walking.filled(made, runtime.walking.mapping(values).items())
    else:
        pairs = [runtime.walking.items(pair) for pair in runtime.walking.items(values)]
        for i, pair in enumerate(pairs):
            if len(pair) != 2:
                raise ValueError(
                    f"dictionary update sequence element #{i} has length {len(pair)}; 2 is required"
                )
        runtime.walking.filled(made, [(key, value) for key, value in pairs])
    return runtime.walking.filled(made, named.items())


def safe_ordered_dict(runtime: Runtime, values: Any = (), **named: Any) -> Any:
    return OrderedDict(safe_dict(runtime, values, **named))


def safe_range(runtime: Runtime, *args: Any) -> range:
    made = range(*[size_of(value) for value in args])
    if made and abs(made[-1] - made[0]) // abs(made.step) >= runtime.budget.limits.turns:
        raise runtime.budget.stop("turns")
    return made


def safe_enumerate(runtime: Runtime, values: Any, start: int = 0) -> Any:
    return enumerate(runtime.walking.walk(values), size_of(start))


def safe_zip(runtime: Runtime, *values: Any, strict: bool = False) -> Any:
    return zip(*[runtime.walking.walk(value) for value in values], strict=bool(strict))


def safe_map(runtime: Runtime, function: Any, *values: Any) -> Any:
    if not values:
        raise TypeError("map() must have at least two arguments.")
    walks = [runtime.walking.walk(value) for value in values]
    return map(runtime.calls.callback(function), *walks)


def safe_filter(runtime: Runtime, function: Any, values: Any) -> Any:
    return filter(runtime.calls.callback(function), runtime.walking.walk(values))


def safe_reversed(runtime: Runtime, values: Any) -> Any:
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
    raise TypeError(f"{type(values).__name__!r} object is not reversible")


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
    return sorted(items, key=runtime.calls.callback(key), reverse=bool(reverse))


def safe_sum(runtime: Runtime, values: Any, start: Any = 0) -> Any:
    for item in runtime.walking.walk(values):
        start = runtime.operators.add(start, item)
    return start


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    def call(runtime: Runtime, *values: Any, key: Any = None, default: Any = MISSING) -> Any:
        items = runtime.walking.items(values[0]) if len(values) == 1 else list(values)
        _check_comparing(runtime, items)
        options = {} if default is MISSING else {"default": default}
        return choose(items, key=runtime.calls.callback(key), **options)

    return call


safe_min = _extreme(min)
safe_max = _extreme(max)


def safe_any(runtime: Runtime, values: Any) -> bool:
    for item in runtime.walking.walk(values):
        runtime.budget.check_time()
        if item:
            return True
    return False


def safe_all(runtime: Runtime, values: Any) -> bool:
    for item in runtime.walking.walk(values):
        runtime.budget.check_time()
        if not item:
            return False
    return True


def safe_round(runtime: Runtime, number: Any, ndigits: Any = None) -> Any:
    if isinstance(number, Tensor):
        raise TypeError("type Tensor doesn't define __round__ method")  # says Python
    number, ndigits = size_of(number), size_of(ndigits)
    if isinstance(ndigits, int) and abs(ndigits) > 400:
        raise runtime.budget.stop("integer_bits", f"round(…, {ndigits})")
    return round(number, ndigits)


def safe_pow(runtime: Runtime, base: Any, exp: Any, mod: Any = None) -> Any:
    if mod is None:
        return runtime.operators.power(base, exp)
    return pow(size_of(base), size_of(exp), size_of(mod))


def safe_isinstance(runtime: Runtime, value: Any, classes: Any) -> bool:
    found = runtime.classes.class_of(classes)
    if runtime.classes.is_instance(value, found):
        return True
    protocols = runtime.classes.protocols
    return any(
        all(safe_hasattr(runtime, value, name) for name in protocols[cls])
        for cls in (found if isinstance(found, tuple) else (found,))
        if protocols and cls in protocols
    )


def safe_issubclass(runtime: Runtime, cls: Any, classes: Any) -> bool:
    return issubclass(runtime.classes.class_of(cls), runtime.classes.class_of(classes))


def safe_next(runtime: Runtime, iterator: Any, *default: Any) -> Any:
    runtime.budget.check_time()
    method = runtime.attributes.special(iterator, "__next__")
    if method is not MISSING:
        try:
            return method()
        except StopIteration:
            if default:
                return default[0]
            raise
    if not isinstance(iterator, ITERATORS):
        raise TypeError(f"{type(iterator).__name__!r} object is not an iterator")
    return next(iterator, *default)


def safe_iter(runtime: Runtime, values: Any, *sentinel: Any) -> Any:
    if sentinel:  # calls a function again and again, until it gives this value
        return iter(runtime.calls.callback(values), *sentinel)
    return runtime.walking.walk(values)


def safe_super(runtime: Runtime, start: Any = None, instance: Any = MISSING) -> SuperView:
    if start is not None and instance is MISSING:
        return SuperView(object, None)  # super(A).__init__() is an `__init__` of nothing
    if start is None:
        start, instance = runtime.calls.around_super()
    cls = instance if isinstance(instance, type) else type(instance)
    if start in runtime.classes.of_classes and start not in cls.__mro__:
        cls = runtime.classes.metas.get(instance, cls)  # a method of a metaclass, of a class
    if not (isinstance(start, type) and start in cls.__mro__):
        raise TypeError("super(type, obj): obj must be an instance or subtype of type")
    return SuperView(start, instance, cls)


def safe_reduce(runtime: Runtime, function: Any, values: Any, *start: Any) -> Any:
    return functools.reduce(runtime.calls.callback(function), runtime.walking.items(values), *start)


def safe_fsum(runtime: Runtime, values: Any) -> float:
    return math.fsum(runtime.walking.items(values))


def safe_prod(runtime: Runtime, values: Any, *, start: Any = 1) -> Any:
    for item in runtime.walking.items(values):
        start = runtime.operators.times(start, item)
    return start


def safe_factorial(runtime: Runtime, n: Any) -> int:
    n = size_of(n)
    if isinstance(n, int) and n > 150:
        raise runtime.budget.stop("integer_bits", f"factorial({n})")
    return math.factorial(n)


def safe_comb(runtime: Runtime, n: Any, k: Any) -> int:
    n, k = size_of(n), size_of(k)
    if isinstance(n, int) and n > 500:
        raise runtime.budget.stop("integer_bits", f"comb({n}, {k})")
    return math.comb(n, k)


def list_extend(runtime: Runtime, values: list[Any], more: Any) -> None:
    items = runtime.walking.items(more)
    runtime.budget.check_length(values, len(values) + len(items))
    (list if isinstance(values, list) else type(values)).extend(values, items)


def list_append(runtime: Runtime, values: list[Any], item: Any) -> None:
    runtime.budget.check_length(values, len(values) + 1)
    (list if isinstance(values, list) else type(values)).append(values, item)


def list_insert(runtime: Runtime, values: list[Any], place: Any, item: Any) -> None:
    runtime.budget.check_length(values, len(values) + 1)
    (list if isinstance(values, list) else type(values)).insert(values, size_of(place), item)


def list_sort(
    runtime: Runtime, values: list[Any], *, key: Any = None, reverse: Any = False
) -> None:
    values[:] = safe_sorted(runtime, values, key=key, reverse=reverse)


def dict_update(runtime: Runtime, values: dict[Any, Any], more: Any = (), **named: Any) -> None:
    runtime.walking.filled(values, safe_dict(runtime, more, **named).items())
    runtime.budget.capped(values)


def dict_from_keys(runtime: Runtime, keys: Any, value: Any = None) -> dict[Any, Any]:
    pairs = [(key, value) for key in runtime.walking.items(keys)]
    return runtime.walking.filled({}, pairs)


def safe_perm(runtime: Runtime, n: Any, k: Any = None) -> int:
    n, k = size_of(n), size_of(k)
    if isinstance(n, int) and n > 150:
        raise runtime.budget.stop("integer_bits", f"perm({n})")
    return math.perm(n, k)


def safe_frozenset(runtime: Runtime, values: Any = ()) -> frozenset[Any]:
    return frozenset(safe_set(runtime, values))


def safe_hash(runtime: Runtime, value: Any) -> int:
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


def safe_format(runtime: Runtime, value: Any, format_spec: str = "") -> str:
    return runtime.texts.format_value(value, format_spec)


def safe_ascii(runtime: Runtime, value: Any) -> str:
    return runtime.texts.representation(value, ascii)


def in_base(make: Callable[[int], str]) -> Callable[..., Any]:
    def call(runtime: Runtime, number: Any, /) -> str:
        return make(size_of(number))

    return call


def safe_slice(runtime: Runtime, *parts: Any) -> slice:
    given = [size_of(part) for part in parts]
    if not all(part is None or isinstance(part, int) for part in given):
        raise TypeError("slice indices must be integers or None or have an __index__ method")
    return slice(*given)
