"""heapq and bisect: lists in order. Each function takes the Runtime as its first argument."""

import heapq
from collections.abc import Callable
from typing import Any

from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def _plain_list(value: Any, name: str) -> Any:
    if not isinstance(value, list):
        raise TypeError(f"{name} argument must be a list, not {type(value).__name__}")
    return value


def heap_push(runtime: Runtime, heap: Any, item: Any) -> None:
    runtime.budget.check_length([], len(_plain_list(heap, "heap")) + 1)
    runtime.budget.weigh(item)
    heapq.heappush(heap, item)


def heap_ends(call: Callable[..., Any]) -> Callable[..., Any]:
    """heapq.nlargest and nsmallest."""

    def special(runtime: Runtime, n: Any, iterable: Any, key: Any = None) -> Any:
        items = runtime.walking.items(iterable)
        runtime.budget.weigh(items)
        made = call(size_of(n), items, key=runtime.calls.callback(key))
        return runtime.budget.count_plain(made)

    special.__name__ = call.__name__
    return special


def bisected(call: Callable[..., Any]) -> Callable[..., Any]:
    def special(
        runtime: Runtime, a: Any, x: Any, lo: Any = 0, hi: Any = None, *, key: Any = None
    ) -> Any:
        runtime.budget.check_length([], len(_plain_list(a, "a")) + 1)
        runtime.budget.weigh(x)
        return call(a, x, lo, len(a) if hi is None else hi, key=runtime.calls.callback(key))

    special.__name__ = call.__name__
    return special
