"""How large what a NumPy function makes will be, judged from its arguments before the call.

A judge gets the budget, the positional arguments and the named ones, and raises LimitReached.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.counters import Budget

Judge = Callable[[Budget, Any, Any], None]

# About so many steps for each element and row: a decomposition of a matrix.
_HEAVY_STEPS = 40
_MOST_REPETITIONS = 1000


def held(value: Any) -> int:
    """How many numbers a value holds."""
    if isinstance(value, np.ndarray):
        return value.size or math.prod(size or 1 for size in value.shape)
    if isinstance(value, list | tuple):
        return sum(held(part) for part in value) or 1
    return 1


def asked(value: Any) -> int:
    """How many elements a value asks for where it stands for a size or a shape."""
    if isinstance(value, list | tuple | np.ndarray):
        return math.prod(asked(part) for part in value) if np.ndim(value) == 1 else 1
    if isinstance(value, int | float | np.number) and math.isfinite(value):
        return abs(int(value)) or 1
    return 1


def shape_of(budget: Budget, value: Any) -> tuple[int, ...]:
    if not isinstance(value, np.ndarray):
        budget.check_elements(held(value))
    return np.shape(value)


def argument(given: Any, named: Any, place: int, name: str, default: Any = None) -> Any:
    return given[place] if len(given) > place else named.get(name, default)


def _arrays(given: Any, named: Any) -> list[Any]:
    return [v for v in (*given, *named.values()) if isinstance(v, list | tuple | np.ndarray)]


def together(budget: Budget, given: Any, named: Any) -> None:
    """As large as the arguments broadcast; what does not fit is NumPy's to tell."""
    shapes = [shape_of(budget, value) for value in _arrays(given, named)]
    try:
        budget.check_elements(math.prod(np.broadcast_shapes(*shapes)))
    except ValueError:
        return


def along(budget: Budget, given: Any, named: Any) -> None:
    """In each dimension, as large as the largest argument: they broadcast in all but one."""
    shapes = [shape_of(budget, value)[::-1] for value in _arrays(given, named)]
    most = max(map(len, shapes), default=0)
    budget.check_elements(
        math.prod(max(s[i] if i < len(s) else 1 for s in shapes) or 1 for i in range(most))
    )


def whole(budget: Budget, given: Any, named: Any) -> None:
    """No larger than each of the arguments, or than the shape that is named."""
    for value in (*given, *named.values()):
        budget.check_elements(held(value))
    budget.check_elements(asked(named.get("shape")))


def copies(budget: Budget, given: Any, named: Any) -> None:
    """At most as large as the product of all."""
    budget.check_elements(math.prod(held(value) for value in (*given, *named.values())))


def repeats(budget: Budget, given: Any, named: Any) -> None:
    """The first argument, as often as the second says."""
    values, times = given[0] if given else None, argument(given, named, 1, "repeats", 1)
    times = named.get("reps", times)
    if isinstance(times, int) or "reps" in named:
        budget.check_elements(held(values) * asked(times))
    else:
        whole(budget, (times,), {})
        most = np.abs(np.asarray(times).astype(float)).max(initial=1)
        budget.check_elements(int(min(max(held(values), held(times)) * most, 1e18)))


def tiles(budget: Budget, given: Any, named: Any) -> None:
    values, times = argument(given, named, 0, "A"), argument(given, named, 1, "reps", 1)
    budget.check_elements(held(values) * asked(times))


def shape(budget: Budget, given: Any, named: Any) -> None:
    """The first argument is a shape."""
    budget.check_elements(asked(argument(given, named, 0, "shape", 1)))


def square(budget: Budget, given: Any, named: Any) -> None:
    """N rows and M columns, or as many as rows."""
    rows = asked(argument(given, named, 0, "N", named.get("n", 1)))
    columns = argument(given, named, 1, "M")
    budget.check_elements(rows * (asked(columns) if isinstance(columns, int) else rows))


def second_shape(budget: Budget, given: Any, named: Any) -> None:
    whole(budget, given[:1], {})
    budget.check_elements(asked(argument(given, named, 1, "shape", 1)))


def grid(budget: Budget, given: Any, named: Any) -> None:
    sizes = argument(given, named, 0, "dimensions", ())
    budget.check_elements(asked(sizes) * held(sizes))


def quadrature(budget: Budget, given: Any, named: Any) -> None:
    """leggauss and its kin: the eigenvalues of a matrix with so many rows."""
    rows = asked(argument(given, named, 0, "deg", 1))
    budget.check_elements(rows * rows)
    budget.check_work(rows**3)


def spaced(budget: Budget, given: Any, named: Any) -> None:
    """linspace and its kin: so many numbers between every two ends."""
    ends = [argument(given, named, i, name, 0) for i, name in enumerate(("start", "stop"))]
    together(budget, ends, {})
    budget.check_elements(
        math.prod(held(end) for end in ends) * asked(argument(given, named, 2, "num", 50))
    )


def product(budget: Budget, given: Any, named: Any) -> None:
    """A product of matrices: each number of the result is a sum over one dimension."""
    values = [*given, *named.values()][:2]
    first = shape_of(budget, values[0]) if values else ()
    _summed(budget, values, first[-1:])


def _summed(budget: Budget, values: Any, shared: tuple[int, ...]) -> None:
    steps = math.prod(held(value) for value in values) // max(math.prod(shared), 1)
    budget.check_work(steps)
    budget.check_elements(steps // max(math.prod(shared), 1))


def swept(budget: Budget, given: Any, named: Any) -> None:
    """As large as all together; a step for each pair of numbers."""
    counts = [held(value) for value in _arrays(given, named)]
    budget.check_elements(sum(counts))
    budget.check_work(math.prod(counts))


def contracted(budget: Budget, given: Any, named: Any) -> None:
    """tensordot"""
    axes = argument(given, named, 2, "axes", 2)
    first = shape_of(budget, argument(given, named, 0, "a"))
    if isinstance(axes, int):
        summed = first[max(len(first) - axes, 0) :]
    else:
        places = axes[0] if isinstance(axes, list | tuple) and axes else ()
        places = places if isinstance(places, list | tuple) else [places]
        summed = tuple(first[i] for i in places if isinstance(i, int) and abs(i) < len(first))
    _summed(budget, given[:2], summed)


def repeated(budget: Budget, given: Any, named: Any) -> None:
    """diff and round: once again for each of n, or of so many decimals."""
    times = argument(given, named, 1, "n", named.get("decimals", 1))
    if isinstance(times, int) and abs(times) > _MOST_REPETITIONS:
        raise budget.stop("work", f"{times:,}")
    whole(budget, given, named)


def chosen(budget: Budget, given: Any, named: Any) -> None:
    """select: all of two lists broadcast."""
    parts = [
        part for value in given for part in (value if isinstance(value, list | tuple) else [value])
    ]
    together(budget, parts, named)


def _matrices(budget: Budget, given: Any, named: Any) -> list[tuple[int, ...]]:
    """The shapes of matrices, on each of which a step for each element and row is allowed."""
    for value in (*given, *named.values()):
        if isinstance(value, int) and abs(value) > _MOST_REPETITIONS:
            raise budget.stop("work", f"{value:,}")
    shapes = [shape_of(budget, value) for value in _arrays(given, named)]
    for sizes in shapes:
        budget.check_work(math.prod(sizes) * max(sizes, default=1) * _HEAVY_STEPS)
    return shapes


def decomposed(budget: Budget, given: Any, named: Any) -> None:
    """What NumPy's linear algebra makes of matrices: no more than they are, or, where several are
    worked on at once, than their product."""
    shapes = _matrices(budget, given, named)
    if any(len(sizes) > 2 for sizes in shapes):
        budget.check_elements(math.prod(math.prod(sizes) for sizes in shapes))


def filled_up(budget: Budget, given: Any, named: Any) -> None:
    """svd and diag make square matrices, as wide as the longest dimension."""
    extra = argument(given, named, 1, "k", 0)
    wide = abs(extra) if isinstance(extra, int) else 0
    for sizes in _matrices(budget, given, named):
        longest = max(sizes[-2:], default=1) + wide
        budget.check_elements(math.prod(sizes[:-2]) * longest**2)


def powers(budget: Budget, given: Any, named: Any) -> None:
    """vander and polyfit: a column for each power of each number."""
    _matrices(budget, (), {})
    count = held(argument(given, named, 0, "x"))
    degree = named.get("deg", given[2] if len(given) > 2 else None)
    columns = named.get("N", given[1] if len(given) == 2 else degree)
    columns = asked(columns) + 1 if isinstance(columns, int) else count
    budget.check_elements(count * columns)
    budget.check_work(count * columns**2 * _HEAVY_STEPS)
    whole(budget, given, {})


def correlated(budget: Budget, given: Any, named: Any) -> None:
    """cov and corrcoef: a number for each pair of rows, or of columns."""
    by_row = argument(given, named, 2, "rowvar", True)
    shapes = [shape_of(budget, v) for v in (argument(given, named, 0, "m"), *given[1:2])]
    rows = sum((s[0] if by_row else s[-1]) if len(s) > 1 else 1 for s in shapes)
    budget.check_elements(rows**2)
    budget.check_work(rows * sum(math.prod(s) for s in shapes))


def transformed(budget: Budget, given: Any, named: Any) -> None:
    """fft of one dimension, which n may make longer; irfft and hfft make nearly twice as many."""
    count, n = held(argument(given, named, 0, "a")), argument(given, named, 1, "n")
    sizes = shape_of(budget, argument(given, named, 0, "a"))
    axis = argument(given, named, 2, "axis", -1)
    length = sizes[axis] if isinstance(axis, int) and -len(sizes) <= axis < len(sizes) else 1
    count = max(2 * count, count // max(length, 1) * asked(n))
    budget.check_elements(count)
    budget.check_work(count * 100)


def transformed_often(budget: Budget, given: Any, named: Any) -> None:
    """Likewise of several dimensions, with a length for each of them."""
    count = 2 * held(argument(given, named, 0, "a")) * asked(argument(given, named, 1, "s"))
    budget.check_elements(count)
    budget.check_work(count * 100)


def frequencies(budget: Budget, given: Any, named: Any) -> None:
    budget.check_elements(asked(argument(given, named, 0, "n")))


def padded(budget: Budget, given: Any, named: Any) -> None:
    sizes = shape_of(budget, argument(given, named, 0, "array"))
    widths = np.abs(np.asarray(argument(given, named, 1, "pad_width", 0)).astype(float))
    whole(budget, given[1:2], {})
    try:
        before_and_after = np.broadcast_to(widths, (len(sizes), 2)).tolist()
    except ValueError:
        return  # NumPy will tell
    budget.check_elements(
        math.prod(
            int(size + sum(pair)) or 1 for size, pair in zip(sizes, before_and_after, strict=True)
        )
    )


def companion(budget: Budget, given: Any, named: Any) -> None:
    """roots: the eigenvalues of a matrix with a row for each coefficient."""
    rows = sum(held(value) for value in (*given, *named.values()))
    budget.check_elements(rows**2)
    budget.check_work(_HEAVY_STEPS * rows**3)


def picked(shape: tuple[int, ...], index: tuple[Any, ...]) -> int:
    """How many numbers array[index] has at most, of an array of this shape: lists of places go
    together, number by number, and the other dimensions stay.

    Raises:  Refused, for what is no place
    """
    cut = next((i for i, part in enumerate(index) if part is ...), len(index))
    rest, count = list(shape), 1
    lists: list[tuple[int, ...]] = []
    for part in index[:cut]:
        count *= _left(part, rest, 0, lists)
    for part in reversed(index[cut + 1 :]):
        count *= _left(part, rest, -1, lists)
    try:
        count *= math.prod(np.broadcast_shapes(*lists)) if lists else 1
    except ValueError:  # NumPy's to tell
        count *= max(map(math.prod, lists))
    return count * math.prod(size or 1 for size in rest)


def _left(part: Any, rest: list[int], end: int, lists: list[tuple[int, ...]]) -> int:
    """What one part of an index leaves of the dimensions at this end of the rest, which it takes
    from there."""
    if part is None or isinstance(part, bool):
        return 1
    if isinstance(part, list | np.ndarray | range):
        places = np.asarray(part)
        mask = places.dtype == bool
        for _ in range(min(places.ndim if mask else 1, len(rest))):
            rest.pop(end)
        lists.append((int(np.count_nonzero(places)),) if mask else places.shape)
        return 1
    if not isinstance(part, int | slice):
        raise Refused("subscript", "numpy.ndarray")
    size = rest.pop(end) if rest else 1
    return 1 if isinstance(part, int) else size or 1
