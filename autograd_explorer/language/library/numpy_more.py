"""More of NumPy: what courses use beside the first chapters, by the judges of numpy_names.py."""

import itertools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.numpy_names import (
    check_broadcast,
    function_of,
    given_to,
    kept,
)
from autograd_explorer.language.runtime import Runtime

_HEAVY_STEPS = 40


def _all(names: str, judge: str, owner: Any = np) -> dict[str, object]:
    return {name: function_of(getattr(owner, name), judge) for name in names.split()}


def _heavy(call: Callable[..., Any]) -> Function:
    """A function that takes about a step for each element and each row or column."""

    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        given = [given_to(runtime, value) for value in args]
        named = {name: given_to(runtime, value) for name, value in options.items()}
        for value in (*given, *named.values()):
            if isinstance(value, int) and abs(value) > 1000:
                raise runtime.budget.stop("work", f"{value:,}")
            array = np.asarray(value) if isinstance(value, list | np.ndarray) else None
            if array is not None and array.ndim:
                longest = max(array.shape)
                runtime.budget.check_elements(array.size * longest)
                runtime.budget.check_work(array.size * longest * _HEAVY_STEPS)
        return kept(runtime, call(*given, **named))

    special.__name__ = getattr(call, "__name__", "function")
    return Function(special, "special")


def meshgrid(runtime: Runtime, *xi: Any, indexing: str = "xy") -> Any:
    given = [np.asarray(given_to(runtime, value)) for value in xi]
    size = math.prod(value.size for value in given)
    runtime.budget.check_elements(size * max(len(given), 1))
    call: Any = np.meshgrid
    return tuple(kept(runtime, call(*given, indexing=given_to(runtime, indexing))))


def histogram(
    runtime: Runtime, a: Any, bins: Any = 10, range: Any = None, density: Any = None
) -> Any:
    given = [given_to(runtime, value) for value in (a, bins, range)]
    if isinstance(given[1], str):
        raise Refused("keyword", "numpy.histogram(bins='…')")
    if isinstance(given[1], int):
        runtime.budget.check_elements(given[1] + 1)
    return kept(runtime, np.histogram(given[0], given[1], given[2], density=density))


def bincount(runtime: Runtime, x: Any, weights: Any = None, minlength: Any = 0) -> Any:
    given = [given_to(runtime, value) for value in (x, weights, minlength)]
    if np.size(given[0]) and np.asarray(given[0]).dtype.kind in "iub":
        runtime.budget.check_elements(int(np.max(given[0])) + 1)
    runtime.budget.check_elements(int(given[2]))
    return kept(runtime, np.bincount(*given))


def pad(
    runtime: Runtime, array: Any, pad_width: Any, mode: Any = "constant", **options: Any
) -> Any:
    values, widths = given_to(runtime, array), given_to(runtime, pad_width)
    if not isinstance(mode, str):
        raise Refused("call", "numpy.pad(mode=…)")
    most = int(np.max(np.abs(np.asarray(widths)))) if np.size(widths) else 0
    runtime.budget.check_elements(math.prod(n + 2 * most for n in np.shape(values)))
    named = {name: given_to(runtime, value) for name, value in options.items()}
    call: Any = np.pad
    return kept(runtime, call(values, widths, mode, **named))


def einsum(runtime: Runtime, subscripts: Any, *operands: Any) -> Any:
    if not isinstance(subscripts, str):
        raise Refused("call", "numpy.einsum(…)")
    given = [np.asarray(given_to(runtime, value)) for value in operands]
    sizes: dict[str, int] = {}
    for term, array in zip(subscripts.split("->")[0].split(","), given, strict=False):
        letters = term.replace(" ", "").replace(".", "")
        for letter, size in zip(letters, array.shape, strict=False):
            sizes[letter] = max(sizes.get(letter, 1), size)
    whole = (
        math.prod(sizes.values())
        if "." not in subscripts
        else math.prod(max(array.size, 1) for array in given)
    )
    runtime.budget.check_work(whole * 10)
    runtime.budget.check_elements(whole)
    return kept(runtime, np.einsum(subscripts, *given))


def ndindex(runtime: Runtime, *shape: Any) -> Any:
    sizes = given_to(runtime, shape[0] if len(shape) == 1 else list(shape))
    sizes = [sizes] if isinstance(sizes, int) else sizes
    runtime.budget.check_length([], math.prod(sizes))
    return iter(list(itertools.product(*map(range, sizes))))


def split(call: Callable[..., Any]) -> Callable[..., Any]:
    def special(runtime: Runtime, ary: Any, indices_or_sections: Any, axis: Any = 0) -> Any:
        parts = given_to(runtime, indices_or_sections)
        if isinstance(parts, int):
            runtime.budget.check_length([], parts)
        return kept(runtime, call(given_to(runtime, ary), parts, given_to(runtime, axis)))

    special.__name__ = call.__name__
    return special


# Random numbers: RandomState, and the newer Generator

_FIRST_SIZE = {
    "choice": (0, 2), "permutation": (0, 1), "permuted": (0, 1), "rand": (0, 99),
    "randn": (0, 99), "random": (0, 1), "random_sample": (0, 1), "shuffle": (0, 1),
    "standard_normal": (0, 1), "standard_exponential": (0, 1), "dirichlet": (0, 2),
    "exponential": (1, 2), "poisson": (1, 2), "geometric": (1, 2), "multinomial": (1, 3),
}  # fmt: skip
_RANDOM = """
    beta binomial choice dirichlet exponential gamma geometric gumbel laplace logistic lognormal
    multinomial multivariate_normal normal permutation poisson shuffle standard_exponential
    standard_normal triangular uniform
"""
_MOST_TRIALS = 1_000_000


def drawing(runtime: Runtime, source: Any, name: str, args: Any, options: Any) -> Any:
    """Call a method of a source of random numbers, once its sizes are known to be allowed."""
    given = [given_to(runtime, value) for value in args]
    named = {key: given_to(runtime, value) for key, value in options.items()}
    first, last = _FIRST_SIZE.get(name, (2, 3))
    sizes = [*given[first:last], named.get("size")]
    count = math.prod(_count(size) for size in sizes)
    arrays = [value for value in (*given, *named.values()) if isinstance(value, list | np.ndarray)]
    if arrays and name not in ("choice", "permutation", "permuted", "shuffle"):
        count *= max(np.size(value) or 1 for value in arrays)
        check_broadcast(runtime, *arrays)
    runtime.budget.check_elements(count)
    if name == "multivariate_normal":
        runtime.budget.check_work(sum(np.size(value) ** 2 for value in arrays) * _HEAVY_STEPS)
    return kept(runtime, getattr(source, name)(*given, **named))


def _count(size: Any) -> int:
    if isinstance(size, list | tuple | np.ndarray):
        return math.prod(abs(int(part)) or 1 for part in np.asarray(size).ravel().tolist())
    return abs(int(size)) or 1 if isinstance(size, int | float) and math.isfinite(size) else 1


def _method(name: str) -> Function:
    def special(runtime: Runtime, source: Any, *args: Any, **options: Any) -> Any:
        return drawing(runtime, source, name, args, options)

    special.__name__ = name
    return Function(special, "special")


def _of_run(name: str) -> Function:
    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        own = runtime.belongings
        if own.numpy is None:
            own.numpy = np.random.RandomState(0)
        return drawing(runtime, own.numpy, name, args, options)

    special.__name__ = name
    return Function(special, "special")


def _seed(value: Any) -> Any:
    if not (value is None or (isinstance(value, int) and value.bit_length() < 1024)):
        raise Refused("call", "numpy.random: seed")
    return 0 if value is None else value


def random_state(runtime: Runtime, seed: Any = None) -> Any:
    return np.random.RandomState(_seed(given_to(runtime, seed)))


def default_rng(runtime: Runtime, seed: Any = None) -> Any:
    given = given_to(runtime, seed)
    return np.random.default_rng(_seed(given))


def _getters(names: str) -> dict[str, Callable[[Any], Any]]:
    return {name: operator.attrgetter(name) for name in names.split()}


_SCALAR_METHODS = "all any astype item max mean min prod round std sum tolist var"


def _of_number(name: str) -> Function:
    def special(runtime: Runtime, value: Any, *args: Any, **options: Any) -> Any:
        given = [given_to(runtime, part) for part in args]
        named = {key: given_to(runtime, part) for key, part in options.items()}
        return kept(runtime, getattr(value, name)(*given, **named))

    special.__name__ = name
    return Function(special, "special")


def print_options(runtime: Runtime, **options: Any) -> None:
    raise Refused("call", "numpy.set_printoptions")


FUNCTIONS: dict[str, object] = {
    **_all(
        """
        angle arccos arccosh arcsin arcsinh arctanh bitwise_and bitwise_or cbrt conj copysign
        deg2rad degrees fabs fmax fmin fmod floor_divide greater_equal hypot imag less_equal
        logaddexp logical_xor nan_to_num rad2deg radians real reciprocal remainder rint sinc tanh
        true_divide trunc
        """,
        "together",
    ),
    **_all(
        """
        amax amin argwhere around array_equiv atleast_1d atleast_2d average column_stack
        count_nonzero cumprod dstack empty_like fix flatnonzero fliplr flipud
        full_like gradient isin moveaxis nanargmax nanargmin nanmax nanmean nanmin nanstd nansum
        nanvar ndim nonzero percentile ptp quantile roll rollaxis rot90 searchsorted select
        shape size swapaxes take_along_axis trace trapezoid tril triu delete insert append
        digitize interp iscomplexobj isscalar result_type
        """,
        "whole",
    ),
    **_all(
        """
        broadcast_to convolve correlate cross geomspace indices kron logspace polyval tensordot
        """,
        "copies",
    ),
    **_all("vdot inner", "product"),
    "empty_like": function_of(np.zeros_like, "whole"),
    "corrcoef": _heavy(np.corrcoef),
    "cov": _heavy(np.cov),
    "diag": _heavy(np.diag),
    "polyfit": _heavy(np.polyfit),
    "vander": _heavy(np.vander),
    **{
        f"linalg.{name}": _heavy(getattr(np.linalg, name))
        for name in """
            cholesky cond det eig eigh eigvals eigvalsh inv lstsq matrix_power matrix_rank pinv qr
            slogdet solve svd
        """.split()
    },
    **{
        f"fft.{name}": _heavy(getattr(np.fft, name))
        for name in "fft fft2 fftfreq fftshift ifft irfft rfft".split()
    },
    "bincount": Function(bincount, "special"),
    "einsum": Function(einsum, "special"),
    "histogram": Function(histogram, "special"),
    "meshgrid": Function(meshgrid, "special"),
    "ndindex": Function(ndindex, "special"),
    "pad": Function(pad, "special"),
    **{
        name: Function(split(getattr(np, name)), "special")
        for name in ("array_split", "hsplit", "split", "vsplit")
    },
    **{f"random.{name}": _of_run(name) for name in f"{_RANDOM} random_sample".split()
       if name not in ("choice", "normal", "permutation", "shuffle", "uniform")},
    "random.RandomState": Function(random_state, "special", np.random.RandomState),
    "random.default_rng": Function(default_rng, "special"),
    "random.Generator": Function(np.random.Generator, "class", np.random.Generator),
    **{name: Function(getattr(np, name), "class", getattr(np, name)) for name in (
        "floating", "generic", "integer", "number",
    )},
    "dtype": Function(np.dtype, "class", np.dtype),
    "set_printoptions": Function(print_options, "special"),
}  # fmt: skip
NAMES: dict[str, object] = {f"numpy.{name}": entry for name, entry in FUNCTIONS.items()}
TABLES: dict[type, Members] = {
    np.random.RandomState: Members(
        methods={
            name: _method(name)
            for name in f"{_RANDOM} rand randint randn random random_sample".split()
        }
    ),
    np.random.Generator: Members(
        methods={name: _method(name) for name in f"{_RANDOM} integers permuted random".split()}
    ),
    np.generic: Members(
        attributes=_getters("T dtype imag itemsize nbytes ndim real shape size"),
        methods={name: _of_number(name) for name in _SCALAR_METHODS.split()},
    ),
    np.dtype: Members(attributes=_getters("itemsize kind name")),
}
MORE_OF_ARRAYS = Members(
    attributes=_getters("imag itemsize nbytes real"),
    methods={
        name: function_of(getattr(np.ndarray, name), "whole")
        for name in "argpartition conj nonzero searchsorted".split()
    }
    | {
        "repeat": function_of(np.ndarray.repeat, "copies"),
        "take": function_of(np.ndarray.take, "copies"),
        "fill": function_of(np.ndarray.fill, "whole"),
        "sort": function_of(np.ndarray.sort, "whole"),
    },
)
