"""Python's own functions of numbers, as a program may call them: the sizes of results are known
before they are made. Each takes the Runtime as its first argument."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor

from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def safe_divmod(runtime: Runtime, number: Any, other: Any, /) -> tuple[Any, Any]:
    whole = isinstance(number, np.generic) or isinstance(other, np.generic)
    if whole and all(isinstance(part, int | float | np.generic) for part in (number, other)):
        return (*divmod(number, other),)  # which remain NumPy's
    made: tuple[Any, Any] = divmod(runtime.calls.native(number), runtime.calls.native(other))
    runtime.budget.count_plain(made)
    return made


def safe_round(runtime: Runtime, number: Any, ndigits: Any = None) -> Any:
    if isinstance(number, Tensor):
        raise TypeError("type Tensor doesn't define __round__ method")  # says Python
    number, ndigits = size_of(number), runtime.operators.whole(ndigits)
    if isinstance(ndigits, int) and abs(ndigits) > 400:
        raise runtime.budget.stop("integer_bits", f"round(…, {ndigits})")
    return round(number, ndigits)


def safe_pow(runtime: Runtime, base: Any, exp: Any, mod: Any = None) -> Any:
    if mod is None:
        return runtime.operators.power(base, exp)
    return pow(size_of(base), size_of(exp), size_of(mod))


def safe_fsum(runtime: Runtime, values: Any, /) -> float:
    return math.fsum(runtime.walking.items(values))


def safe_prod(runtime: Runtime, values: Any, /, *, start: Any = 1) -> Any:
    for item in runtime.walking.items(values):
        start = runtime.operators.times(start, item)
    return start


def safe_factorial(runtime: Runtime, n: Any, /) -> int:
    n = size_of(n)
    if isinstance(n, int) and n > 150:
        raise runtime.budget.stop("integer_bits", f"factorial({n})")
    return math.factorial(n)


def safe_comb(runtime: Runtime, n: Any, k: Any, /) -> int:
    n, k = size_of(n), size_of(k)
    if isinstance(n, int) and n > 500:
        raise runtime.budget.stop("integer_bits", f"comb({n}, {k})")
    return math.comb(n, k)


def safe_perm(runtime: Runtime, n: Any, k: Any = None, /) -> int:
    n, k = size_of(n), size_of(k)
    if isinstance(n, int) and n > 150:
        raise runtime.budget.stop("integer_bits", f"perm({n})")
    return math.perm(n, k)


def in_base(make: Callable[[int], str]) -> Callable[..., Any]:
    def call(runtime: Runtime, number: Any, /) -> str:
        return make(runtime.operators.whole(number))

    return call


def safe_slice(runtime: Runtime, *parts: Any) -> slice:
    return slice(*[size_of(part) for part in parts])
