"""itertools, as a program may call it.

Each function takes the Runtime as its first argument. What is endless in Python is a generator of
ours here, which looks at the clock.
"""

import itertools
from collections.abc import Callable
from typing import Any

from autograd_explorer.language.library.python_functions import called_later
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def count(runtime: Runtime, start: Any = 0, step: Any = 1) -> Any:
    start, step = size_of(start), size_of(step)
    if not isinstance(start, int | float) or not isinstance(step, int | float):
        raise TypeError("a number is required")
    return _counted(runtime, start, step)


def _counted(runtime: Runtime, value: Any, step: Any) -> Any:
    while True:
        runtime.budget.check_time()
        yield runtime.budget.capped(value)
        value += step


def cycle(runtime: Runtime, iterable: Any) -> Any:
    return _cycled(runtime, runtime.walking.walk(iterable))


def _cycled(runtime: Runtime, values: Any) -> Any:
    kept: list[Any] = []
    for item in values:
        runtime.budget.check_length(kept, len(kept) + 1)
        kept.append(item)
        yield item
    while kept:
        for item in kept:
            runtime.budget.check_time()
            yield item


def repeat(runtime: Runtime, object: Any, times: Any = None) -> Any:
    times = size_of(times)
    return _repeated(runtime, object, itertools.count() if times is None else range(times))


def _repeated(runtime: Runtime, value: Any, turns: Any) -> Any:
    for _ in turns:
        runtime.budget.check_time()
        yield value


def product(runtime: Runtime, *iterables: Any, repeat: Any = 1) -> Any:
    pools = [runtime.walking.items(values) for values in iterables]
    repeat = size_of(repeat)
    if isinstance(repeat, int):
        runtime.budget.check_length([], repeat * max(sum(map(len, pools)), 1))
    return itertools.product(*pools, repeat=repeat)


def choosing(make: Callable[..., Any]) -> Callable[..., Any]:
    """permutations and combinations: of r items, of which each result is a tuple."""

    def call(runtime: Runtime, iterable: Any, r: Any = None) -> Any:
        r = size_of(r)
        if isinstance(r, int):
            runtime.budget.check_length([], r)
        items = runtime.walking.items(iterable)
        return make(items) if r is None else make(items, r)

    return call


def over_walks(make: Callable[..., Any]) -> Callable[..., Any]:
    """chain and the like: over one value after another, or several at once."""

    def call(runtime: Runtime, *iterables: Any, **options: Any) -> Any:
        if set(options) - {"fillvalue"}:
            make((), **options)  # raises, in Python's words
        return make(*[runtime.walking.walk(values) for values in iterables], **options)

    return call


def with_function(make: Callable[..., Any]) -> Callable[..., Any]:
    """takewhile and the like: a function, and what it is asked of."""

    def call(runtime: Runtime, function: Any, iterable: Any) -> Any:
        return make(called_later(runtime, function), runtime.walking.walk(iterable))

    return call


def starmap(runtime: Runtime, function: Any, iterable: Any) -> Any:
    call = called_later(runtime, function)
    rows = (tuple(runtime.walking.items(row)) for row in runtime.walking.walk(iterable))
    return itertools.starmap(call, rows)


def chain(runtime: Runtime, *iterables: Any) -> Any:
    return itertools.chain.from_iterable(map(runtime.walking.walk, iterables))


def chain_from(runtime: Runtime, iterable: Any) -> Any:
    return itertools.chain.from_iterable(map(runtime.walking.walk, runtime.walking.walk(iterable)))


def islice(runtime: Runtime, iterable: Any, *bounds: Any) -> Any:
    return itertools.islice(runtime.walking.walk(iterable), *[size_of(value) for value in bounds])


def accumulate(runtime: Runtime, iterable: Any, func: Any = None, *, initial: Any = None) -> Any:
    add = runtime.operators.add if func is None else called_later(runtime, func)
    return itertools.accumulate(runtime.walking.walk(iterable), add, initial=initial)


def group_by(runtime: Runtime, iterable: Any, key: Any = None) -> Any:
    return itertools.groupby(runtime.walking.walk(iterable), called_later(runtime, key))


def tee(runtime: Runtime, iterable: Any, n: Any = 2) -> Any:
    runtime.budget.check_length([], size_of(n))
    return itertools.tee(runtime.walking.walk(iterable), size_of(n))
