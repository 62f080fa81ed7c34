"""The rest of NumPy's names that courses use, by the judges of numpy_sizes.py."""

import contextlib
import itertools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.language.library import numpy_sizes as sizes
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.numpy_more import chance_of, print_options
from autograd_explorer.language.library.numpy_names import all_of, function_of, given_to, kept
from autograd_explorer.language.runtime import Runtime


def is_scalar(runtime: Runtime, element: Any) -> bool:
    """np.isscalar, of anything."""
    return bool(np.isscalar(element))


def make_type(runtime: Runtime, dtype: Any) -> Any:
    """np.dtype(…) of one type, by its name or itself"""
    if not isinstance(dtype, str | np.dtype | Function):
        raise Refused("call", "numpy.dtype(…)")
    return np.dtype(given_to(runtime, dtype))


def is_subtype(runtime: Runtime, arg1: Any, arg2: Any) -> bool:
    """np.issubdtype"""
    kinds = [value.cls if isinstance(value, Function) else value for value in (arg1, arg2)]
    if not all(isinstance(kind, type | np.dtype | str) for kind in kinds):
        raise Refused("call", "numpy.issubdtype(…)")
    return bool(np.issubdtype(*kinds))


def broadcast_arrays(runtime: Runtime, *args: Any) -> Any:
    """Copies, because what NumPy gives shows one number in many places."""
    given = [given_to(runtime, value) for value in args]
    for value in given:
        runtime.budget.check_elements(sizes.held(value))
    sizes.together(runtime.budget, given, {})
    return tuple(kept(runtime, array.copy()) for array in np.broadcast_arrays(*given))


def resize(runtime: Runtime, a: Any, new_shape: Any) -> Any:
    given = given_to(runtime, a), given_to(runtime, new_shape)
    runtime.budget.check_elements(sizes.asked(given[1]))
    return kept(runtime, np.resize(*given))


def flat(array: np.ndarray) -> Any:
    """array.flat, as a view, so that what is put there stands in the array."""
    view = array.reshape(-1)
    if not np.shares_memory(view, array) and array.size:
        raise Refused("attribute", "numpy.ndarray.flat")
    return view


def base(array: np.ndarray) -> Any:
    """array.base, where it is an array: a tensor's memory belongs to an object of PyTorch's."""
    if array.base is not None and not isinstance(array.base, np.ndarray):
        raise Refused("attribute", "numpy.ndarray.base")
    return array.base


@contextlib.contextmanager
def _quiet() -> Any:
    yield


def error_state(runtime: Runtime, **options: Any) -> Any:
    """np.errstate. NumPy's warnings are heard as they are, and shown on their line."""
    if not set(options.values()) <= {"ignore", "warn"}:
        raise Refused("keyword", "numpy.errstate(…)")
    return _quiet()


def compared(name: str) -> Function:
    """np.testing.assert_allclose and its kin."""
    call = getattr(np.testing, name)

    def special(runtime: Runtime, actual: Any, desired: Any, *args: Any, **options: Any) -> None:
        given = [given_to(runtime, value) for value in (actual, desired)]
        sizes.together(runtime.budget, given, {})
        more = [given_to(runtime, value) for value in args]
        named = {key: runtime.calls.native(value) for key, value in options.items()}
        call(*given, *more, **named)

    special.__name__ = name
    return Function(special, "special")


def shown(name: str) -> Function:
    """np.array2string and its kin."""
    call = getattr(np, name)

    def special(runtime: Runtime, a: Any, *args: Any, **options: Any) -> str:
        given = given_to(runtime, a)
        if sizes.held(given) > _MOST_SHOWN or "formatter" in options:
            raise Refused("call", f"numpy.{name}(…)")
        plain = [given_to(runtime, value) for value in args]
        named = {key: runtime.calls.native(value) for key, value in options.items()}
        return runtime.budget.count_plain(call(np.asarray(given), *plain, **named))  # type: ignore[no-any-return]

    special.__name__ = name
    return Function(special, "special")


_MOST_SHOWN = 10_000


def _places(call: Callable[..., Any]) -> Function:
    """The places of a triangle or a diagonal of n rows and m columns."""

    def special(runtime: Runtime, n: Any, k: Any = 0, m: Any = None) -> Any:
        given = [given_to(runtime, value) for value in (n, k, m)]
        rows = sizes.asked(given[0])
        columns = rows if given[2] is None else sizes.asked(given[2])
        runtime.budget.check_elements(2 * rows * columns)
        return kept(runtime, call(*given))

    special.__name__ = call.__name__
    return Function(special, "special")


def multi_dot(runtime: Runtime, arrays: Any) -> Any:
    given = [given_to(runtime, value) for value in runtime.walking.items(arrays)]
    for one, other in itertools.pairwise(given):
        sizes.product(runtime.budget, (one, other), {})
    largest = max(map(sizes.held, given), default=1)
    runtime.budget.check_elements(largest**2 if len(given) > 2 else 1)
    return kept(runtime, np.linalg.multi_dot(given))


@contextlib.contextmanager
def _shown_so(runtime: Runtime, options: dict[str, Any]) -> Any:
    before = np.get_printoptions()
    print_options(runtime, **options)
    try:
        yield
    finally:
        np.set_printoptions(**before)


def print_options_within(runtime: Runtime, **options: Any) -> Any:
    """with np.printoptions(…):"""
    return _shown_so(runtime, options)


def histogram_2d(
    runtime: Runtime, x: Any, y: Any, bins: Any = 10, range: Any = None, density: Any = None
) -> Any:
    given = [given_to(runtime, value) for value in (x, y, bins, range)]
    sizes.whole(runtime.budget, given, {})
    counts = given[2] if isinstance(given[2], list | tuple) else [given[2]] * 2
    runtime.budget.check_elements(
        math.prod(sizes.held(n) if np.ndim(n) else sizes.asked(n) + 1 for n in counts)
    )
    call: Any = np.histogram2d
    return kept(runtime, call(*given, density=density))


def share_memory(runtime: Runtime, a: Any, b: Any, max_work: Any = None) -> bool:
    """np.shares_memory, which might think for ever about strides that no tutorial has"""
    given = given_to(runtime, a), given_to(runtime, b)
    return bool(np.shares_memory(*given, max_work=10_000))  # type: ignore[arg-type]


def _in_base(name: str) -> Function:
    """np.binary_repr and np.base_repr"""

    def special(runtime: Runtime, number: Any, *args: Any, **options: Any) -> str:
        given = [given_to(runtime, value) for value in (number, *args)]
        named = {key: given_to(runtime, value) for key, value in options.items()}
        for value in (*given[1:], *named.values()):
            runtime.budget.check_length("", sizes.asked(value))
        return runtime.budget.count_plain(getattr(np, name)(*given, **named))  # type: ignore[no-any-return]

    special.__name__ = name
    return Function(special, "special")


def set_flags(runtime: Runtime, array: np.ndarray, write: Any = None) -> None:
    """array.setflags(write=False)"""
    array.setflags(write=None if write is None else bool(write))


def flag(runtime: Runtime, flags: Any, name: Any) -> bool:
    if not isinstance(name, str):
        raise KeyError("Unknown flag")
    return bool(flags[name])


def as_bytes(runtime: Runtime, array: np.ndarray, order: Any = "C") -> bytes:
    runtime.budget.check_length(b"", array.nbytes)
    return runtime.budget.count_plain(array.tobytes(given_to(runtime, order)))  # type: ignore[no-any-return]


def get_state(runtime: Runtime, legacy: Any = True) -> Any:
    """np.random.get_state"""
    return kept(runtime, chance_of(runtime).get_state())


def set_state(runtime: Runtime, state: Any) -> None:
    chance_of(runtime).set_state(given_to(runtime, state))


FUNCTIONS: dict[str, object] = {
    "dtype": Function(make_type, "special", np.dtype),
    **all_of(
        """
        acos acosh asin asinh atan atan2 atanh bitwise_invert bitwise_left_shift bitwise_not
        bitwise_right_shift bitwise_xor concat conjugate divmod float_power frexp gcd invert lcm
        ldexp left_shift logaddexp2 modf nextafter positive pow right_shift signbit spacing
        """,
        sizes.together,
    ),
    **all_of(
        """
        asanyarray ascontiguousarray asfortranarray atleast_3d concat diagonal ediff1d iscomplex
        isfortran isreal isrealobj nancumprod nanprod permute_dims real_if_close row_stack
        sort_complex trim_zeros unique_values copyto place putmask fill_diagonal cumulative_sum
        cumulative_prod matrix_transpose argpartition partition bitwise_count unstack i0 block
        histogram_bin_edges polyint may_share_memory matvec vecmat
        """,
        sizes.whole,
    ),
    **all_of("compress extract nanpercentile nanquantile put take polyadd polysub", sizes.copies),
    **all_of("put_along_axis", sizes.along),
    **all_of("polymul", sizes.swept),
    **all_of("polyder vecdot", sizes.whole),
    **all_of("ravel_multi_index polydiv", sizes.copies),
    "roots": function_of(np.roots, sizes.companion),
    **all_of("kaiser", sizes.frequencies),
    **{
        f"polynomial.{family}.{name}": function_of(
            getattr(getattr(np.polynomial, family), name), sizes.quadrature
        )
        for family, name in (
            ("chebyshev", "chebgauss"), ("hermite", "hermgauss"), ("hermite_e", "hermegauss"),
            ("laguerre", "laggauss"), ("legendre", "leggauss"),
        )
    },
    "binary_repr": _in_base("binary_repr"),
    "base_repr": _in_base("base_repr"),
    "histogram2d": Function(histogram_2d, "special"),
    "random.get_state": Function(get_state, "special"),
    "random.set_state": Function(set_state, "special"),
    "printoptions": Function(print_options_within, "special"),
    "shares_memory": Function(share_memory, "special"),
    **all_of("bartlett blackman hamming hanning", sizes.frequencies),
    "tri": function_of(np.tri, sizes.square),
    "tril_indices": _places(np.tril_indices),
    "triu_indices": _places(np.triu_indices),
    "diagflat": function_of(np.diagflat, sizes.filled_up),
    "broadcast_arrays": Function(broadcast_arrays, "special"),
    "resize": Function(resize, "special"),
    "errstate": Function(error_state, "special"),
    "isscalar": Function(is_scalar, "special"),
    "issubdtype": Function(is_subtype, "special"),
    "euler_gamma": np.euler_gamma,
    "True_": np.True_,
    "False_": np.False_,
    "linalg.LinAlgError": Function(np.linalg.LinAlgError, "class", np.linalg.LinAlgError),
    "linalg.multi_dot": Function(multi_dot, "special"),
    "linalg.svdvals": function_of(np.linalg.svdvals, sizes.decomposed),
    "linalg.trace": function_of(np.linalg.trace, sizes.whole),
    "linalg.vector_norm": function_of(np.linalg.vector_norm, sizes.whole),
    "linalg.matrix_norm": function_of(np.linalg.matrix_norm, sizes.decomposed),
    "linalg.outer": function_of(np.linalg.outer, sizes.copies),
    "linalg.cross": function_of(np.linalg.cross, sizes.copies),
    **{name: shown(name) for name in ("array2string", "array_repr", "array_str")},
    **{
        f"testing.{name}": compared(name)
        for name in """
            assert_allclose assert_almost_equal assert_array_almost_equal assert_array_equal
            assert_equal assert_array_less
        """.split()
    },
}  # fmt: skip
NAMES: dict[str, object] = {f"numpy.{name}": entry for name, entry in FUNCTIONS.items()}
# As in a script, `from numpy.linalg import LinAlgError`: raised by NumPy alone.
OF_ARRAYS = Members(
    attributes={
        "base": base,
        "flags": operator.attrgetter("flags"),
        "flat": flat,
        "mT": operator.attrgetter("mT"),
        "strides": operator.attrgetter("strides"),
    },
    methods={
        "compress": function_of(np.ndarray.compress, sizes.copies),
        "conjugate": function_of(np.ndarray.conjugate, sizes.whole),
        "partition": function_of(np.ndarray.partition, sizes.whole),
        "setflags": Function(set_flags, "special"),
        "tobytes": Function(as_bytes, "special"),
        "view": function_of(np.ndarray.view, sizes.whole),
        "put": function_of(np.ndarray.put, sizes.copies),
    },
)
TABLES: dict[type, Members] = {
    type(np.zeros(1).flags): Members(
        attributes={
            name: operator.attrgetter(name)
            for name in "c_contiguous contiguous f_contiguous owndata writeable".split()
        },
        methods={"__getitem__": Function(flag, "special")},
    ),
}
