"""More of NumPy: what courses use beside the first chapters, by the judges of numpy_names.py."""

import itertools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.language.library import numpy_sizes as sizes
from autograd_explorer.language.library.array_names import OF_NUMBERS
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.numpy_names import FUNCTIONS as NUMPY
from autograd_explorer.language.library.numpy_names import all_of, function_of, given_to, kept
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.settings import be_alone
from autograd_explorer.language.values import MISSING


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
    sizes.whole(runtime.budget, given, {})
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


def einsum(runtime: Runtime, subscripts: Any, *operands: Any, optimize: Any = False) -> Any:
    if not isinstance(subscripts, str):
        raise Refused("call", "numpy.einsum(…)")
    given = [np.asarray(given_to(runtime, value)) for value in operands]
    terms, _, result = subscripts.replace(" ", "").partition("->")
    lengths: dict[str, int] = {}
    for term, array in zip(terms.split(","), given, strict=False):
        for letter, size in zip(term, array.shape, strict=False):
            lengths[letter] = max(lengths.get(letter, 1), size)
    if "->" not in subscripts:  # then of the letters that stand there once
        result = "".join(letter for letter in lengths if terms.count(letter) == 1)
    if "." in subscripts:
        whole = made = math.prod(max(array.size, 1) for array in given)
    else:
        whole = math.prod(lengths.values())
        made = math.prod(lengths.get(letter, 1) for letter in result)
    runtime.budget.check_work(whole * 10)
    runtime.budget.check_elements(made)
    return kept(runtime, np.einsum(subscripts, *given))


def ndindex(runtime: Runtime, *shape: Any) -> Any:
    given = given_to(runtime, shape[0] if len(shape) == 1 else list(shape))
    given = [given] if isinstance(given, int) else given
    runtime.budget.check_length([], sizes.asked(given))
    return iter(list(itertools.product(*map(range, given))))


def split(call: Callable[..., Any]) -> Callable[..., Any]:
    def special(runtime: Runtime, ary: Any, indices_or_sections: Any, axis: Any = 0) -> Any:
        parts = given_to(runtime, indices_or_sections)
        if isinstance(parts, int):
            runtime.budget.check_length([], parts)
        return kept(runtime, call(given_to(runtime, ary), parts, given_to(runtime, axis)))

    special.__name__ = call.__name__
    return special


# Random numbers: RandomState, and the newer Generator

# Which of the arguments are sizes; elsewhere the third.
_FIRST_SIZE = {
    "choice": (1, 2), "permutation": (0, 0), "permuted": (0, 0), "rand": (0, 99),
    "randn": (0, 99), "random": (0, 1), "random_sample": (0, 1), "shuffle": (0, 0),
    "standard_normal": (0, 1), "standard_exponential": (0, 1), "dirichlet": (1, 2),
    "exponential": (1, 2), "poisson": (1, 2), "geometric": (1, 2), "chisquare": (1, 2),
    "pareto": (1, 2), "power": (1, 2), "rayleigh": (1, 2), "standard_cauchy": (0, 1),
    "standard_gamma": (1, 2), "standard_t": (1, 2), "weibull": (1, 2), "zipf": (1, 2),
}  # fmt: skip
# Those that give back what they were given, in another order, or a part of it.
_TAKE = frozenset({"choice", "permutation", "permuted", "shuffle"})
_RANDOM = """
    beta binomial choice dirichlet exponential gamma geometric gumbel laplace logistic lognormal
    chisquare f negative_binomial pareto power rayleigh standard_cauchy standard_gamma standard_t
    vonmises wald weibull zipf
    multinomial multivariate_normal normal permutation poisson rand randint randn random
    random_sample shuffle standard_exponential standard_normal triangular uniform
"""


def _shuffle(runtime: Runtime, source: Any, values: list[Any]) -> None:
    """A list of anything, in the order in which NumPy would put it."""
    runtime.budget.check_elements(len(values))
    places = np.arange(len(values))
    source.shuffle(places)
    values[:] = [values[place] for place in places]


def _is_one(args: Any, options: Any) -> bool:
    """Whether choice() is asked for one item, not for an array of them."""
    return (args[1] if len(args) > 1 else options.get("size")) is None


def _is_single(runtime: Runtime, item: Any) -> bool:
    """Whether it is an object of the program's that NumPy takes as it is, for no row of items."""
    cls = type(item)
    rows = ("__len__", "__getitem__", "__iter__")
    return cls in runtime.classes and not any(runtime.classes.defines(cls, row) for row in rows)


def drawing(runtime: Runtime, source: Any, name: str, args: Any, options: Any) -> Any:
    """Call a method of a source of random numbers, once its sizes are known to be allowed."""
    budget = runtime.budget
    if args and isinstance(args[0], list) and name in ("shuffle", "choice"):
        if name == "shuffle":
            return _shuffle(runtime, source, args[0])
        names = all(isinstance(item, str) for item in args[0])
        single = all(_is_single(runtime, item) for item in args[0])
        if args[0] and (names or single) and _is_one(args, options):
            place = drawing(runtime, source, name, (len(args[0]), *args[1:]), options)
            return np.str_(args[0][place]) if names else args[0][place]
    given = [given_to(runtime, value) for value in args]
    named = {key: given_to(runtime, value) for key, value in options.items()}
    first, last = _FIRST_SIZE.get(name, (2, 3))
    count = math.prod(sizes.asked(size) for size in (*given[first:last], named.get("size")))
    arrays = [
        value
        for value in (
            *given[:first],
            *given[last:],
            *[named[key] for key in named if key != "size"],
        )
        if isinstance(value, list | np.ndarray)
    ]
    if name in _TAKE:
        values = given[0] if given else named.get("a", named.get("x"))
        budget.check_elements(sizes.asked(values) if isinstance(values, int) else 1)
        if isinstance(values, list | np.ndarray) and np.ndim(values) > 1:
            count *= sizes.held(values)  # rows
    elif arrays:
        count *= max(sizes.held(value) for value in arrays)
        sizes.together(budget, arrays, {})
    budget.check_elements(count)
    if name == "multivariate_normal":
        sizes.decomposed(budget, arrays, {})
    return kept(runtime, getattr(source, name)(*given, **named))


def _method(name: str) -> Function:
    def special(runtime: Runtime, source: Any, *args: Any, **options: Any) -> Any:
        return drawing(runtime, source, name, args, options)

    special.__name__ = name
    return Function(special, "special")


def chance_of(runtime: Runtime) -> np.random.RandomState:
    own = runtime.belongings
    if own.numpy is None:
        own.numpy = np.random.RandomState(0)
    return own.numpy  # type: ignore[no-any-return]


def seed(runtime: Runtime, seed: Any = None) -> None:
    chance_of(runtime).seed(_seed(given_to(runtime, seed)))


def _of_run(name: str) -> Function:
    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        return drawing(runtime, chance_of(runtime), name, args, options)

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


def _of_number(name: str) -> Function:
    def special(runtime: Runtime, value: Any, *args: Any, **options: Any) -> Any:
        given = [given_to(runtime, part) for part in args]
        named = {key: given_to(runtime, part) for key, part in options.items()}
        return kept(runtime, getattr(value, name)(*given, **named))

    special.__name__ = name
    return Function(special, "special")


_SHOWN_WHOLE = 1000  # numbers; longer arrays are shown by their ends, whatever a program asks for


def print_options(runtime: Runtime, *args: Any, **options: Any) -> None:
    """np.set_printoptions, until the run ends."""
    named = dict(zip(_OPTIONS, args, strict=False)) | options
    if not set(named) <= {*_OPTIONS, "formatter", "sign", "floatmode"} or len(args) > len(_OPTIONS):
        raise Refused("keyword", "numpy.set_printoptions(…)")
    if not be_alone(runtime):
        raise Refused("call", "numpy.set_printoptions")
    for name, most in (("threshold", _SHOWN_WHOLE), ("edgeitems", 3), ("precision", 100)):
        if isinstance(named.get(name), int | float):
            named[name] = int(min(named[name], most))
    if isinstance(named.get("formatter"), dict):
        calls = runtime.calls
        named["formatter"] = {k: calls.callback(v) for k, v in named["formatter"].items()}
    for name in ("nanstr", "infstr"):
        if len(runtime.calls.native(named.get(name, ""))) > _LONGEST_WORD:
            raise runtime.budget.stop("text_chars")
    np.set_printoptions(**named)


_LONGEST_WORD = 20
_OPTIONS = ("precision", "threshold", "edgeitems", "linewidth", "suppress", "nanstr", "infstr")


def _at(ufunc: np.ufunc) -> Function:
    """np.add.at(a, indices, b): in place, also where an index comes twice."""

    def at(runtime: Runtime, a: Any, indices: Any, *b: Any) -> None:
        given = [given_to(runtime, value) for value in (a, indices, *b)]
        places = given[1] if isinstance(given[1], tuple) else (given[1],)
        sizes.together(runtime.budget, places, {})
        sizes.copies(runtime.budget, given[2:], {})
        ufunc.at(*given)

    return Function(at, "special")


OF_UFUNCS = ("accumulate", "at", "outer", "reduce")
# What a program may reach on a function of NumPy's.
METHODS_OF_UFUNCS: dict[Any, dict[str, Function]] = {
    NUMPY[name]: {
        "at": _at(getattr(np, name)),
        "outer": function_of(getattr(np, name).outer, sizes.copies),
        "reduce": function_of(getattr(np, name).reduce, sizes.whole),
        "accumulate": function_of(getattr(np, name).accumulate, sizes.whole),
    }
    for name in ("add", "subtract", "multiply", "divide", "maximum", "minimum")
}


def method_of_ufunc(name: str) -> Callable[[Any], Any]:
    return lambda entry: METHODS_OF_UFUNCS.get(entry, {}).get(name, MISSING)


FUNCTIONS: dict[str, object] = {
    **all_of(
        """
        angle arccos arccosh arcsin arcsinh arctanh bitwise_and bitwise_or cbrt conj copysign
        deg2rad degrees fabs fmax fmin fmod floor_divide greater_equal hypot imag less_equal
        heaviside isneginf isposinf logaddexp logical_xor nan_to_num rad2deg radians real reciprocal
        remainder rint sinc tanh
        true_divide trunc
        """,
        sizes.together,
    ),
    **all_of(
        """
        amax amin argwhere array_equiv atleast_1d atleast_2d average column_stack
        count_nonzero cumprod dstack empty_like fix flatnonzero fliplr flipud
        full_like gradient isin moveaxis nanargmax nanargmin nanmax nanmean nanmin nanstd nansum
        nanvar ndim nonzero ptp roll rollaxis rot90 searchsorted
        shape size swapaxes trace tril triu delete append
        setdiff1d intersect1d union1d setxor1d lexsort nancumsum nanmedian unwrap
        digitize interp iscomplexobj result_type
        """,
        sizes.whole,
    ),
    **all_of("cross insert unravel_index kron percentile polyval quantile", sizes.copies),
    **all_of("convolve correlate", sizes.swept),
    **all_of("geomspace logspace", sizes.spaced),
    **all_of("take_along_axis trapezoid", sizes.along),
    **all_of("inner vdot", sizes.product),
    **all_of("corrcoef cov", sizes.correlated),
    **all_of("polyfit vander", sizes.powers),
    "around": function_of(np.around, sizes.repeated),
    "broadcast_to": function_of(np.broadcast_to, sizes.second_shape),
    "diag": function_of(np.diag, sizes.filled_up),
    "empty_like": function_of(np.zeros_like, sizes.whole),
    "indices": function_of(np.indices, sizes.grid),
    "pad": function_of(np.pad, sizes.padded),
    "select": function_of(np.select, sizes.chosen),
    "tensordot": function_of(np.tensordot, sizes.contracted),
    **{
        f"linalg.{name}": function_of(getattr(np.linalg, name), sizes.decomposed)
        for name in """
            cholesky cond det eig eigh eigvals eigvalsh inv lstsq matrix_power matrix_rank pinv qr
            slogdet solve
        """.split()
    },
    "linalg.svd": function_of(np.linalg.svd, sizes.filled_up),
    **{
        f"fft.{name}": function_of(getattr(np.fft, name), sizes.transformed)
        for name in "fft hfft ifft ihfft irfft rfft".split()
    },
    **{
        f"fft.{name}{dimensions}": function_of(
            getattr(np.fft, f"{name}{dimensions}"), sizes.transformed_often
        )
        for name in ("fft", "ifft", "irfft", "rfft")
        for dimensions in ("2", "n")
    },
    **{
        f"fft.{name}": function_of(getattr(np.fft, name), sizes.frequencies)
        for name in ("fftfreq", "rfftfreq")
    },
    **{
        f"fft.{name}": function_of(getattr(np.fft, name), sizes.whole)
        for name in ("fftshift", "ifftshift")
    },
    "bincount": Function(bincount, "special"),
    "einsum": Function(einsum, "special"),
    "histogram": Function(histogram, "special"),
    "meshgrid": Function(meshgrid, "special"),
    "ndindex": Function(ndindex, "special"),
    **{
        name: Function(split(getattr(np, name)), "special")
        for name in ("array_split", "hsplit", "split", "vsplit")
    },
    **{f"random.{name}": _of_run(name) for name in _RANDOM.split()},
    **{f"random.{name}": _of_run("random_sample") for name in ("ranf", "sample")},
    "random.seed": Function(seed, "special"),
    "random.RandomState": Function(random_state, "special", np.random.RandomState),
    "random.default_rng": Function(default_rng, "special"),
    "random.Generator": Function(np.random.Generator, "class", np.random.Generator),
    **{name: Function(getattr(np, name), "class", getattr(np, name)) for name in (
        "floating", "generic", "integer", "number",
    )},
    "set_printoptions": Function(print_options, "special"),
}  # fmt: skip
NAMES: dict[str, object] = {f"numpy.{name}": entry for name, entry in FUNCTIONS.items()}
TABLES: dict[type, Members] = {
    np.random.RandomState: Members(methods={name: _method(name) for name in _RANDOM.split()}),
    np.random.Generator: Members(
        methods={name: _method(name) for name in f"{_RANDOM} integers permuted random".split()}
    ),
    np.generic: Members(
        attributes=_getters("T dtype imag itemsize nbytes ndim real shape size"),
        methods={name: _of_number(name) for name in OF_NUMBERS.split()},
    ),
    np.dtype: Members(attributes=_getters("byteorder char itemsize kind name num str")),
}
MORE_OF_ARRAYS = Members(
    attributes=_getters("imag itemsize nbytes real"),
    methods={
        name: function_of(getattr(np.ndarray, name), sizes.whole)
        for name in "argpartition conj nonzero searchsorted".split()
    }
    | {
        "repeat": function_of(np.ndarray.repeat, sizes.repeats),
        "take": function_of(np.ndarray.take, sizes.copies),
        "fill": function_of(np.ndarray.fill, sizes.whole),
        "sort": function_of(np.ndarray.sort, sizes.whole),
    },
)
