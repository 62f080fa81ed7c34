"""heapq and bisect: lists in order. Each function takes the Runtime as its first argument."""

import bisect
import heapq
from collections.abc import Callable
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.python_functions import called_later
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def heap_push(runtime: Runtime, heap: Any, item: Any) -> None:
    if isinstance(heap, list):
        runtime.budget.check_length([], len(heap) + 1)
    runtime.budget.weigh(item)
    heapq.heappush(heap, item)


def heap_ends(call: Callable[..., Any]) -> Callable[..., Any]:
    """heapq.nlargest and nsmallest."""

    def special(runtime: Runtime, n: Any, iterable: Any, key: Any = None) -> Any:
        items = runtime.walking.items(iterable)
        runtime.budget.weigh(items)
        made = call(size_of(n), items, key=called_later(runtime, key))
        return runtime.budget.count_plain(made)

    special.__name__ = call.__name__
    return special


def bisected(call: Callable[..., Any]) -> Callable[..., Any]:
    puts = call in (bisect.insort_left, bisect.insort_right)

    def special(
        runtime: Runtime, a: Any, x: Any, lo: Any = 0, hi: Any = None, *, key: Any = None
    ) -> Any:
        if type(a) in runtime.classes or (puts and not isinstance(a, list)):
            raise Refused("call", f"bisect.{call.__name__}(…)")
        if isinstance(a, list):
            runtime.budget.check_length([], len(a) + 1)
        runtime.budget.weigh(x)
        return call(a, x, lo, len(a) if hi is None else hi, key=called_later(runtime, key))

    special.__name__ = call.__name__
    return special
