"""Methods of strings whose results may be much longer than the string.

Each takes the Runtime as its first argument.
"""

from collections.abc import Callable
from typing import Any

from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def str_format(runtime: Runtime, template: str, *args: Any, **named: Any) -> str:
    return runtime.texts.format(template, args, named)


def str_join(runtime: Runtime, separator: str, values: Any) -> str:
    items = runtime.walking.items(values)
    if all(isinstance(item, str) for item in items):
        size = sum(map(len, items)) + len(separator) * len(items)
        runtime.budget.check_length("", size)
    return separator.join(items)


def str_replace(runtime: Runtime, text: str, old: str, new: str, *count: Any) -> str:
    if isinstance(old, str) and isinstance(new, str):
        times = text.count(old)
        runtime.budget.check_length("", len(text) + times * len(new))
    return text.replace(old, new, *count)


def _padding(method: Callable[..., str]) -> Callable[..., str]:
    def call(runtime: Runtime, text: str, width: Any, *fill: Any) -> str:
        width = size_of(width)
        if isinstance(width, int):
            runtime.budget.check_length("", width)
        return method(text, width, *fill)

    return call


str_ljust, str_rjust = _padding(str.ljust), _padding(str.rjust)
str_center, str_zfill = _padding(str.center), _padding(str.zfill)
