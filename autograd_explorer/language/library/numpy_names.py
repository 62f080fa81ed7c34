"""The part of NumPy that tutorials put around PyTorch: arrays of numbers, and functions on them.

An array is made only once its size is known to be allowed, and holds nothing but numbers: an array
of objects would call methods of theirs. Random numbers are of the run's own.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of

_NUMBERS = "biufc"
_DTYPES = """
    bool_ complex128 complex64 float16 float32 float64 int16 int32 int64 int8 uint8
""".split()


def kept(runtime: Runtime, made: Any) -> Any:
    """Count an array that was made.

    Raises:  Refused, for one that holds anything but numbers
    """
    if isinstance(made, np.ndarray):
        if made.dtype.kind not in _NUMBERS:
            raise Refused("call", f"numpy.ndarray of {made.dtype}")
        runtime.budget.check_elements(made.size)
        runtime.budget.count_array(made)
    elif isinstance(made, tuple | list):
        runtime.budget.weigh(made)
        return type(made)([kept(runtime, part) for part in made])
    return made


def given_to(runtime: Runtime, value: Any) -> Any:
    """An argument as NumPy may have it: numbers, arrays, and lists of them."""
    if isinstance(value, Function):
        if value.cls in (int, float, bool) or (value.cls and issubclass(value.cls, np.generic)):
            return value.cls
        raise Refused("call", f"… ({value.name})")
    if isinstance(value, torch.Tensor):
        return value.numpy()
    value = size_of(value)
    runtime.budget.weigh(value)
    if isinstance(value, list | tuple):
        return type(value)([given_to(runtime, part) for part in value])
    known = (int, float, complex, bool, str, type(None), np.ndarray, np.generic, np.dtype, slice)
    numbers = isinstance(value, type) and issubclass(value, np.number | np.bool_)
    if not (isinstance(value, (*known, range, type(Ellipsis))) or numbers):
        raise Refused("call", f"… ({type(value).__name__})")
    if isinstance(value, str) and value in ("O", "object", "object_"):
        raise Refused("call", "numpy: dtype=object")
    return value


def _reach(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size or math.prod(size or 1 for size in value.shape)
    if isinstance(value, list | tuple):
        if all(type(part) is int for part in value):
            return math.prod(abs(part) or 1 for part in value)
        return sum(_reach(part) for part in value) or 1
    return abs(value) or 1 if type(value) is int else 1


def _shape(value: Any) -> tuple[int, ...]:
    return value.shape if isinstance(value, np.ndarray) else np.shape(value)


def check_broadcast(runtime: Runtime, *values: Any) -> None:
    """Check what arrays are broadcast to; what does not fit is NumPy's to tell."""
    try:
        runtime.budget.check_elements(math.prod(np.broadcast_shapes(*map(_shape, values))))
    except ValueError:
        return


def check_product(runtime: Runtime, given: Any) -> None:
    """Check how large a product of two arrays is, which are summed over one dimension."""
    shared = [_shape(value)[-1] if _shape(value) else 1 for value in given[:1]]
    count = math.prod(_reach(value) for value in given) // max(*shared, 1) ** 2
    runtime.budget.check_elements(count)


def function_of(call: Callable[..., Any], judge: str) -> Function:
    """.judge  "together": as large as its arguments broadcast; "whole": no larger than they are in
    all; "shape": its first argument is a shape; "copies": at most the product of all; "product":
    takes at most so many steps"""

    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        given = [given_to(runtime, value) for value in args]
        named = {name: given_to(runtime, value) for name, value in options.items()}
        values = (*given, *named.values())
        if judge == "together":
            check_broadcast(runtime, *given)
        elif judge == "product":
            runtime.budget.check_work(math.prod(_reach(value) for value in given))
            check_product(runtime, given)
        elif judge == "copies":
            runtime.budget.check_elements(math.prod(_reach(value) for value in values))
        elif judge == "shape":
            shape = (*given[: _SHAPES.get(call, 1)], named.get("shape"), named.get("N"))
            runtime.budget.check_elements(math.prod(_reach(value) for value in shape))
        else:
            for value in values:
                runtime.budget.check_elements(_reach(value))
        runtime.budget.check_time()
        return kept(runtime, call(*given, **named))

    special.__name__ = getattr(call, "__name__", "function")
    return Function(special, "special")


_SHAPES: dict[Any, int] = {np.eye: 2}  # how many of the first arguments are sizes


def linspace(runtime: Runtime, start: Any, stop: Any, num: Any = 50, **options: Any) -> Any:
    given = [given_to(runtime, value) for value in (start, stop, num)]
    named = {name: given_to(runtime, value) for name, value in options.items()}
    ends = max(_reach(given[0]) if np.ndim(given[0]) else 1, np.size(given[1]))
    runtime.budget.check_elements(_reach(given[2]) * ends)
    return kept(runtime, np.linspace(*given, **named))


def arange(runtime: Runtime, *args: Any, dtype: Any = None) -> Any:
    given = [given_to(runtime, value) for value in args]
    start, stop, step = {1: (0, *given, 1), 2: (*given, 1)}.get(len(given), (*given, 1, 1)[:3])
    numbers = all(isinstance(value, int | float) for value in (start, stop, step))
    if numbers and step and math.isfinite(stop - start):
        runtime.budget.check_elements(int(abs((stop - start) / step)) + 1)
    return kept(runtime, np.arange(*given, dtype=given_to(runtime, dtype)))


def _chance(runtime: Runtime) -> np.random.RandomState:
    own = runtime.belongings
    if own.numpy is None:
        own.numpy = np.random.RandomState(0)
    return own.numpy  # type: ignore[no-any-return]


# Which of the arguments of a random function are sizes.
_SIZES_OF = {
    "choice": (0, 2), "permutation": (0, 1), "rand": (0, 99), "randn": (0, 99), "random": (0, 1),
    "shuffle": (0, 1),
}  # fmt: skip


def _random(name: str) -> Function:
    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        given = [given_to(runtime, value) for value in args]
        named = {key: given_to(runtime, value) for key, value in options.items()}
        if name == "seed":
            _chance(runtime).seed(*given, **named)
            return None
        first, last = _SIZES_OF.get(name, (2, 3))
        sizes = [*given[first:last], named.get("size")]
        runtime.budget.check_elements(math.prod(_reach(size) for size in sizes))
        return kept(runtime, getattr(_chance(runtime), name)(*given, **named))

    special.__name__ = name
    return Function(special, "special")


def operate(runtime: Runtime, call: Callable[..., Any], left: Any, right: Any) -> Any:
    """An operator with an array on one side."""
    given = given_to(runtime, left), given_to(runtime, right)
    if call.__name__ in ("matmul", "imatmul"):
        runtime.budget.check_work(_reach(given[0]) * _reach(given[1]))
        check_product(runtime, given)
    else:
        check_broadcast(runtime, *given)
    return kept(runtime, call(*given))


def from_numpy(runtime: Runtime, ndarray: Any) -> Any:
    return runtime.calls.made(torch.from_numpy(ndarray))


def _all(names: str, judge: str) -> dict[str, Function]:
    return {name: function_of(getattr(np, name), judge) for name in names.split()}


_METHODS_OF_THE_WHOLE = """
    all any argmax argmin argsort clip cumsum cumprod diagonal flatten max mean min prod ravel
    reshape round squeeze std sum swapaxes trace transpose var
"""
METHODS: dict[str, Function] = {
    name: function_of(getattr(np.ndarray, name), "whole") for name in _METHODS_OF_THE_WHOLE.split()
} | {
    "astype": function_of(np.ndarray.astype, "whole"),
    "dot": function_of(np.ndarray.dot, "product"),
}

FUNCTIONS: dict[str, object] = {
    **_all(
        """
        abs absolute add arctan arctan2 ceil cos cosh divide equal exp exp2 expm1 floor
        greater isclose isfinite isinf isnan less log log10 log1p log2 logical_and logical_not
        logical_or maximum minimum mod multiply negative not_equal power sign sin sinh sqrt square
        subtract tan tanh where clip allclose array_equal
        """,
        "together",
    ),
    **_all(
        """
        all any argmax argmin argsort array asarray concatenate copy cumsum diff expand_dims
        flip max mean median min ones_like prod ravel reshape round sort squeeze stack
        std sum transpose unique var vstack hstack zeros_like
        """,
        "whole",
    ),
    **_all("empty eye full identity ones zeros", "shape"),
    **_all("tile repeat outer", "copies"),
    **_all("dot matmul", "product"),
    "arange": Function(arange, "special"),
    "empty": function_of(np.zeros, "shape"),
    "linspace": Function(linspace, "special"),
    "linalg.norm": function_of(np.linalg.norm, "whole"),
    "ndarray": Function(np.ndarray, "class", np.ndarray),
    **{f"random.{name}": _random(name) for name in (
        "choice", "normal", "permutation", "rand", "randint", "randn", "random", "seed", "shuffle",
        "uniform",
    )},
    **{name: getattr(np, name) for name in ("e", "inf", "nan", "newaxis", "pi")},
    **{
        name: Function(getattr(np, name), "plain", getattr(np, name)) for name in _DTYPES
    },
    "__version__": np.__version__,
}  # fmt: skip
NAMES: dict[str, object] = {f"numpy.{name}": entry for name, entry in FUNCTIONS.items()} | {
    "torch.from_numpy": Function(from_numpy, "special")
}
