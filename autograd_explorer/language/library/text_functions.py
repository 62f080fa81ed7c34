"""Methods of strings whose results may be much longer than the string.

Each takes the Runtime as its first argument.
"""

import fnmatch
import textwrap
from collections.abc import Callable
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def str_format(runtime: Runtime, template: str, *args: Any, **named: Any) -> str:
    return runtime.texts.format(template, args, named)


def str_format_map(runtime: Runtime, template: str, mapping: Any, /) -> str:
    if not isinstance(mapping, dict):
        raise Refused("call", "str.format_map(…)")
    return runtime.texts.format(template, None, mapping)


def formatted(runtime: Runtime, value: Any, format_spec: str) -> str:
    return runtime.texts.format_value(value, format_spec)


def str_join(runtime: Runtime, separator: str, values: Any) -> str:
    try:
        walk = runtime.walking.walk(values)
    except TypeError:
        raise TypeError("can only join an iterable") from None
    items = runtime.walking.items(walk)
    if all(isinstance(item, str) for item in items):
        size = sum(map(len, items)) + len(separator) * len(items)
        runtime.budget.check_length("", size)
    return separator.join(items)


def str_replace(runtime: Runtime, text: str, old: str, new: str, *count: Any) -> str:
    if isinstance(old, str) and isinstance(new, str):
        times = text.count(old)
        runtime.budget.check_length("", len(text) + times * len(new))
    return text.replace(old, new, *count)


def padding(method: Callable[..., Any]) -> Callable[..., Any]:
    """center and the like, of texts and of bytes"""

    def call(runtime: Runtime, text: Any, width: Any, *fill: Any) -> Any:
        width = runtime.operators.whole(width)
        if isinstance(width, int):
            runtime.budget.check_length("", width)
        return method(text, width, *fill)

    return call


str_ljust, str_rjust = padding(str.ljust), padding(str.rjust)
str_center, str_zfill = padding(str.center), padding(str.zfill)


def str_expandtabs(runtime: Runtime, text: str, tabsize: Any = 8) -> str:
    tabsize = size_of(tabsize)
    if isinstance(tabsize, int):
        runtime.budget.check_length("", len(text) + text.count("\t") * max(tabsize, 0))
    return text.expandtabs(tabsize)


def str_maketrans(runtime: Runtime, *given: Any) -> Any:
    for value in given:
        runtime.budget.weigh(value)
    if len(given) == 1 and type(given[0]) is not dict:
        raise TypeError("if you give only one argument to maketrans it must be a dict")
    return str.maketrans(*given)


def str_translate(runtime: Runtime, text: str, table: Any) -> str:
    """With a dict alone: any other object would be asked letter by letter."""
    if type(table) is not dict:
        raise Refused("call", "str.translate(…)")
    longest = max((len(part) for part in table.values() if isinstance(part, str)), default=1)
    runtime.budget.check_length("", len(text) * max(longest, 1))
    return text.translate(table)


def dedent(runtime: Runtime, text: str) -> str:
    if isinstance(text, str):
        runtime.budget.check_length("", len(text))
    return textwrap.dedent(text)


def indent(runtime: Runtime, text: str, prefix: str) -> str:
    if isinstance(text, str) and isinstance(prefix, str):
        runtime.budget.check_length("", len(text) + len(prefix) * (text.count("\n") + 1))
    return textwrap.indent(text, prefix)


def fill(runtime: Runtime, text: str, width: Any = 70) -> str:
    if isinstance(text, str):
        runtime.budget.check_length("", 10 * len(text))
    return textwrap.fill(text, width)


def wrap(runtime: Runtime, text: str, width: Any = 70) -> list[str]:
    if isinstance(text, str):
        runtime.budget.check_length("", 10 * len(text))
    return runtime.budget.count_plain(textwrap.wrap(text, width))  # type: ignore[no-any-return]


def shorten(runtime: Runtime, text: str, width: Any, placeholder: str = " [...]") -> str:
    if isinstance(text, str):
        runtime.budget.check_length("", 10 * len(text))
    return textwrap.shorten(text, width, placeholder=placeholder)


def matched(runtime: Runtime, name: Any, pat: Any) -> bool:
    """fnmatch.fnmatch"""
    if len(name) * len(pat) > _LONGEST_MATCH:
        raise runtime.budget.stop("text_chars", f"{len(name):,}")
    return fnmatch.fnmatchcase(name, pat)


_LONGEST_MATCH = 100_000
