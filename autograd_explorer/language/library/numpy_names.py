"""The part of NumPy that tutorials put around PyTorch: arrays of numbers, and functions on them.

An array is made only once its size is known to be allowed, and holds nothing but numbers or short
names: an array of objects would call methods of theirs. Random numbers are of the run's own.
"""

import math
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograd_explorer.errors import Refused
from autograd_explorer.language import written
from autograd_explorer.language.library import numpy_sizes as sizes
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.numpy_sizes import Judge
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of

_NUMBERS = "biufc"
# Letters of a name in an array, where each takes as much memory as the longest; bytes of the array.
_LONGEST_NAME, _MOST_NAMES = 32, 10 * 2**20
_DTYPES = """
    bool bool_ complex128 complex64 double float16 float32 float64 int16 int32 int64 int8 int_ intp
    byte half intc longlong short single ubyte uint uint16 uint32 uint64 uint8
"""


def kept(runtime: Runtime, made: Any) -> Any:
    """Count an array that was made.

    Raises:  Refused, for one that holds anything but numbers or short names
    """
    if isinstance(made, np.ndarray):
        names = made.dtype.kind == "U" and made.nbytes <= _MOST_NAMES
        if not (names and made.itemsize <= 4 * _LONGEST_NAME) and made.dtype.kind not in _NUMBERS:
            raise Refused("call", f"numpy.ndarray of {made.dtype}")
        runtime.budget.check_elements(made.size)
        runtime.budget.count_array(made)
    elif isinstance(made, torch.Tensor):
        runtime.calls.made(made)
    elif isinstance(made, tuple | list):
        runtime.budget.weigh(made)
        parts = [kept(runtime, part) for part in made]
        return type(made)(*parts) if hasattr(made, "_fields") else type(made)(parts)
    return made


def given_to(runtime: Runtime, value: Any) -> Any:
    """An argument as NumPy may have it: numbers, arrays, and lists of them."""
    value = size_of(value)
    runtime.budget.weigh(value)
    return _given(runtime, value)


def _readable(value: Any) -> Any:
    return value.detach() if isinstance(value, torch.Tensor) else value


def _tensor_or(value: Any, array: Any) -> Any:
    return value if isinstance(value, torch.Tensor) and value.ndim else array


def _tensor_of_any(value: Any, array: Any) -> Any:
    return value if isinstance(value, torch.Tensor) else array


def _given(runtime: Runtime, value: Any) -> Any:
    if type(value) in (int, float):
        return value
    if isinstance(value, list | tuple):
        for part in value:
            if isinstance(part, str) and len(part) > _LONGEST_NAME:
                raise Refused("call", f"numpy.ndarray of <U{len(part)}")
        return type(value)([part if type(part) is str else _given(runtime, part) for part in value])
    if isinstance(value, deque):
        return _given(runtime, list(value))
    if isinstance(value, Function):
        plain = value.cls in (int, float, bool, str)
        if plain or (value.cls and issubclass(value.cls, np.generic)):
            return value.cls
        raise Refused("call", f"… ({value.name})")
    if isinstance(value, torch.Tensor):
        return value.numpy()
    if isinstance(value, range):
        runtime.budget.check_length([], len(value))
        runtime.budget.count_bytes(8 * len(value))
        return np.arange(value.start, value.stop, value.step)
    if isinstance(value, str):
        _check_type_name(value)
    known = (int, complex, str, type(None), np.ndarray, np.generic, np.dtype, slice)
    numbers = isinstance(value, type) and issubclass(value, np.number | np.bool_)
    if not (isinstance(value, (*known, float, type(Ellipsis))) or numbers):
        raise Refused("call", f"… ({type(value).__name__})")
    return value


def _check_type_name(text: str) -> None:
    """A string may name a type: "U1000000" is one of strings that take a megabyte each."""
    try:
        kind = np.dtype(text[:100]).kind
    except (TypeError, ValueError, SyntaxError):
        return
    if kind not in _NUMBERS:
        raise Refused("call", f"numpy: dtype={text[:20]}")


def function_of(call: Callable[..., Any], judge: Judge, name: str = "") -> Function:
    """A function of NumPy's, which is called once the judge has found its result small enough.

    It is given a tensor as it is, although it is judged as an array: many of NumPy's functions make
    a tensor of a tensor, or call its method of that name."""

    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        if name in OF_OBJECTS and _asks_for_objects(args, options):
            return _of_objects(runtime, name, args, options)
        given = [given_to(runtime, _readable(value)) for value in args]
        named = {name: given_to(runtime, _readable(value)) for name, value in options.items()}
        judge(runtime.budget, given, named)
        runtime.budget.check_time()
        tensors = any(isinstance(value, torch.Tensor) for value in (*args, *options.values()))
        if tensors:
            as_it_is = _tensor_of_any if isinstance(call, np.ufunc) else _tensor_or
            given = [as_it_is(value, array) for value, array in zip(args, given, strict=True)]
            named = {name: as_it_is(options[name], array) for name, array in named.items()}
        return kept(runtime, call(*given, **named))

    name = name or getattr(call, "__name__", "function")
    special.__name__ = name
    return Function(special, "special")


# What a row of objects holds at first; "array" and "full" are given it.
OF_OBJECTS = {"array": None, "empty": None, "full": None, "ones": 1, "zeros": 0}


def _asks_for_objects(args: Any, options: Any) -> bool:
    asked = options.get("dtype", args[-1] if len(args) > 1 else None)
    return isinstance(asked, Function) and asked.cls is object


def _of_objects(runtime: Runtime, name: str, args: Any, options: Any) -> Any:
    """numpy.zeros(n, dtype=object) and the like."""
    if not args or set(options) - {"dtype"}:
        raise Refused("call", f"numpy.{name}(dtype=object)")
    part = "of" if name == "array" else "filled"
    value = args[1:2] if name == "full" else (OF_OBJECTS[name],)
    given = args[:1] if name == "array" else (args[0], *value)
    return runtime.calls.call_value(written.part("numpy_objects", part)(runtime), given, {})


def arange(runtime: Runtime, *args: Any, **options: Any) -> Any:
    given = [given_to(runtime, value) for value in args]
    named = {name: given_to(runtime, value) for name, value in options.items()}
    parts = {"start": 0, "step": 1, **dict(zip(("start", "stop", "step"), given, strict=False))}
    if len(given) == 1 and "stop" not in named:
        parts |= {"start": 0, "stop": given[0]}
    parts |= named
    start, stop, step = parts["start"], parts.get("stop"), parts["step"]
    numbers = all(isinstance(value, int | float) for value in (start, stop, step))
    if numbers and step and math.isfinite(stop - start):
        runtime.budget.check_elements(int(abs((stop - start) / step)) + 1)
    return kept(runtime, np.arange(*given, **named))


_PLAIN = frozenset({np.ndarray, np.float64, np.float32, float, int})
_PRODUCTS = ("matmul", "imatmul")


def operate(runtime: Runtime, call: Callable[..., Any], left: Any, right: Any) -> Any:
    """An operator with an array on one side."""
    if left.__class__ in _PLAIN and right.__class__ in _PLAIN and call.__name__ not in _PRODUCTS:
        # Nearly always. What they make together is no larger than the product of their sizes.
        if sizes.held(left) * sizes.held(right) <= runtime.budget.limits.elements:
            return kept(runtime, call(left, right))
    given = _operand(runtime, left), _operand(runtime, right)
    if not any(isinstance(value, np.ndarray | np.generic) for value in given):
        given = np.asarray(given[0]), given[1]
    judge = sizes.product if call.__name__ in _PRODUCTS else sizes.together
    judge(runtime.budget, given, {})
    return kept(runtime, call(*given))


def _operand(runtime: Runtime, value: Any) -> Any:
    """A text beside an operator is a name, and never that of a type."""
    name = isinstance(value, str) and len(value) <= _LONGEST_NAME
    return str(value) if name else given_to(runtime, value)


def from_numpy(runtime: Runtime, ndarray: Any) -> Any:
    return runtime.calls.made(torch.from_numpy(ndarray))


def all_of(names: str, judge: Judge, owner: Any = np) -> dict[str, Function]:
    """Functions by their names, but for those that this version of NumPy no longer has."""
    there = [name for name in names.split() if name not in _LEAVING or hasattr(owner, name)]
    return {name: function_of(getattr(owner, name), judge) for name in there}


_LEAVING = frozenset({"row_stack"})  # in 2.5


_METHODS_OF_THE_WHOLE = """
    all any argmax argmin argsort astype copy cumsum cumprod diagonal flatten max mean min prod
    ravel reshape squeeze std sum swapaxes trace transpose var
"""
METHODS: dict[str, Function] = {
    **all_of(_METHODS_OF_THE_WHOLE, sizes.whole, np.ndarray),
    "clip": function_of(np.ndarray.clip, sizes.together),
    "round": function_of(np.ndarray.round, sizes.repeated),
    "dot": function_of(np.ndarray.dot, sizes.product),
}

FUNCTIONS: dict[str, object] = {
    **all_of(
        """
        abs absolute add arctan arctan2 ceil cos cosh divide equal exp exp2 expm1 floor
        greater isclose isfinite isinf isnan less log log10 log1p log2 logical_and logical_not
        logical_or maximum minimum mod multiply negative not_equal power sign sin sinh sqrt square
        subtract tan tanh where clip allclose array_equal
        """,
        sizes.together,
    ),
    **all_of(
        """
        all any argmax argmin argsort array asarray concatenate copy cumsum expand_dims
        flip max mean median min ones_like prod ravel reshape sort squeeze stack
        std sum transpose unique var vstack hstack zeros_like
        """,
        sizes.whole,
    ),
    **all_of("full ones zeros", sizes.shape),
    **all_of("eye identity", sizes.square),
    **all_of("dot matmul", sizes.product),
    "arange": Function(arange, "special"),
    **all_of("diff round", sizes.repeated),
    "empty": function_of(np.zeros, sizes.shape, "empty"),
    "linspace": function_of(np.linspace, sizes.spaced),
    "linalg.norm": function_of(np.linalg.norm, sizes.decomposed),
    "outer": function_of(np.outer, sizes.copies),
    "repeat": function_of(np.repeat, sizes.repeats),
    "tile": function_of(np.tile, sizes.tiles),
    "ndarray": Function(np.ndarray, "class", np.ndarray),
    **{name: getattr(np, name) for name in ("e", "inf", "nan", "newaxis", "pi")},
    **{
        name: Function(entry.call, "special", getattr(np, name))
        for name, entry in all_of(_DTYPES, sizes.whole).items()
    },
    "__version__": np.__version__,
}  # fmt: skip
NAMES: dict[str, object] = {f"numpy.{name}": entry for name, entry in FUNCTIONS.items()} | {
    "torch.from_numpy": Function(from_numpy, "special")
}
