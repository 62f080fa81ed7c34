"""contextlib, json, pprint, statistics and typing, as a program may call them.

Each takes the Runtime as its first argument.
"""

import contextlib
import io
import json
import pprint
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Hint
from autograd_explorer.language.library.standard_functions import as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import python_name


def context_manager(runtime: Runtime, func: Any) -> Any:
    def start(*args: Any, **named: Any) -> Any:
        return runtime.calls.call_value(func, args, named)

    return as_value(runtime, contextlib.contextmanager(start), getattr(func, "__name__", ""))


def null_context(runtime: Runtime, enter_result: Any = None) -> Any:
    return contextlib.nullcontext(enter_result)


@contextlib.contextmanager
def redirect_stdout(runtime: Runtime, new_target: Any) -> Iterator[Any]:
    if not isinstance(new_target, io.StringIO):
        raise Refused("call", "contextlib.redirect_stdout(…)")
    texts: Any = runtime.texts
    before, texts.diverted = texts.diverted, new_target
    try:
        yield new_target
    finally:
        texts.diverted = before


def to_json(runtime: Runtime, obj: Any, *, indent: Any = None, **options: Any) -> str:
    runtime.budget.weigh(obj)
    runtime.calls.native(obj)
    if not set(options) <= {"sort_keys", "ensure_ascii", "separators", "default"}:
        raise Refused("keyword", "json.dumps(…)")
    if options.get("default") is not None:
        options["default"] = runtime.calls.callback(options["default"])
    if isinstance(indent, int) and indent > 20:
        raise runtime.budget.stop("text_chars")
    return json.dumps(obj, indent=indent, **options)


def dump_json(runtime: Runtime, obj: Any, fp: Any, **options: Any) -> None:
    text = to_json(runtime, obj, **options)
    runtime.calls.call_value(runtime.attributes.read(fp, "write"), (text,), {})


def load_json(runtime: Runtime, fp: Any, *, object_hook: Any = None) -> Any:
    text = runtime.calls.call_value(runtime.attributes.read(fp, "read"), (), {})
    return from_json(runtime, text, object_hook=object_hook)


def from_json(runtime: Runtime, s: Any, *, object_hook: Any = None) -> Any:
    if not isinstance(s, str):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {python_name(s)}")
    hook = runtime.calls.callback(object_hook)
    return runtime.budget.count_plain(json.loads(s, object_hook=hook))


def pretty(runtime: Runtime, object: Any, *args: Any, **options: Any) -> str:
    """pprint.pformat"""
    runtime.budget.weigh(object, shown=True)
    return runtime.addresses.hide(pprint.pformat(object, *args, **options))


def pretty_print(
    runtime: Runtime, object: Any, stream: Any = None, *args: Any, **options: Any
) -> None:
    if stream is not None:
        raise Refused("call", "pprint(stream=…)")
    runtime.texts.write(pretty(runtime, object, *args, **options) + "\n")


def pretty_print_in_order(runtime: Runtime, object: Any, **options: Any) -> None:
    pretty_print(runtime, object, **{"sort_dicts": False, **options})


def statistic(name: str) -> Callable[..., Any]:
    def call(runtime: Runtime, data: Any) -> Any:
        items = runtime.walking.items(data)
        runtime.calls.native(items)
        runtime.budget.check_length([], 20 * len(items))
        return getattr(statistics, name)(items)

    return call


def type_variable(runtime: Runtime, name: Any, *args: Any, **options: Any) -> Hint:
    return Hint(f"~{name}"[:100])


def cast(runtime: Runtime, typ: Any, val: Any) -> Any:
    return val


def runtime_checkable(runtime: Runtime, cls: Any) -> Any:
    """@runtime_checkable: isinstance asks whether a value has what the class names."""
    if isinstance(cls, type) and cls in runtime.classes:
        named: set[str] = set()
        for base in cls.__mro__:
            named |= {*runtime.classes.get(base, ()), *runtime.classes.annotated.get(base, ())}
        runtime.classes.protocols[cls] = tuple(sorted(named - {"__doc__", "__init__"}))
    return cls


def as_it_is(runtime: Runtime, value: Any) -> Any:
    """A decorator that only says something to readers: @final, @override."""
    return value
