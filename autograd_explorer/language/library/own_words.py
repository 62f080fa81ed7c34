"""What Python or PyTorch says of arguments that do not fit one of its functions, in number or by
their names."""

import inspect
import re
from collections.abc import Mapping, Sequence
from types import FunctionType, WrapperDescriptorType
from typing import Any

from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import Bound, UserFunction, UserMethod
from autograd_explorer.language.library.entry import Function

# Stands in for every argument: it can be walked through, and holds nothing.
_STAND_IN: Any = ()
# In these a function that tells no signature does nothing but make a value of its arguments. So it
# may be called with stand-ins, whether it takes that many or not.
_HARMLESS = frozenset(
    """
    builtins collections datetime functools itertools math re _bisect _collections _functools _heapq
    _io _operator _struct
    """.split()
)
_HOME_OF_TENSORS = Tensor.__base__.__module__
_OF_NUMBER = re.compile(r"\b(takes|expected|missing|at most|at least|keyword|needs an argument)\b")


def complaint(
    function: Function, message: str, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Exception:
    """The error of a call whose arguments a function of ours does not take: TypeError in the words
    of what it stands for, or Refused where that one would take them.

    message  what Python said of ours, for where the other cannot be asked
    """
    real: Any = function.cls or function.real
    if args and "." in getattr(real, "__qualname__", ""):  # a method, which a class may override
        real = getattr(type(args[0]), real.__name__, real)
    words = None if real is None else _said_of(real, args, kwargs)
    if words == "":
        return Refused("call", f"{function.name}(…)")
    return TypeError(words or _translated(function, message, args))


def spelled(callee: Any, first: Sequence[Any] = ()) -> str:
    """What is called, as Python spells it where a `*` or `**` before an argument does not fit;
    "" for what has no such name.

    first  the value whose method it is
    """
    if isinstance(callee, Bound):
        callee, first = callee.function, callee.owner
    if isinstance(callee, UserMethod):
        callee = callee.function
    if isinstance(callee, UserFunction):
        return f"{getattr(callee.owner, '__module__', '__main__')}.{callee.qualified}()"
    if isinstance(callee, Function):
        callee = callee.shown
        if first:
            owner = type(first[0])
            callee = getattr(owner, callee.__name__, callee)
            if not isinstance(callee, FunctionType | WrapperDescriptorType):
                return f"{owner.__name__}.{callee.__name__}()"
    qualified, module = getattr(callee, "__qualname__", ""), getattr(callee, "__module__", None)
    before = "" if module in (None, "builtins") else f"{module}."
    return f"{before}{qualified}()" if qualified else ""


def _said_of(real: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str | None:
    """What it says itself; "" if it takes them; None if it is not known."""
    real = inspect.unwrap(real)
    words: str | None = ""
    try:
        inspect.signature(real).bind(*args, **kwargs)
    except TypeError:
        words = None  # it does not come to look at them
    except ValueError:
        if (getattr(real, "__module__", None) or _home(real)) not in (*_HARMLESS, _HOME_OF_TENSORS):
            return None
    else:
        return words
    given = [_STAND_IN] * len(args)
    if args and (owner := getattr(real, "__objclass__", None)):
        owner = Tensor if issubclass(Tensor, owner) else owner
        if owner is not Tensor and owner.__module__ not in _HARMLESS:
            return None
        given[0] = re.compile("") if owner is re.Pattern else owner()
    try:
        real(*given, **dict.fromkeys(kwargs, _STAND_IN))
    except TypeError as error:
        if _OF_NUMBER.search(str(error)) and "must be" not in str(error):
            return str(error)
    except Exception:
        return words
    return words


def _home(real: Any) -> str | None:
    return getattr(getattr(real, "__objclass__", None), "__module__", None)


def _translated(function: Function, message: str, args: Sequence[Any]) -> str:
    """The complaint about ours, without the Runtime in its count. A method of PyTorch's that is
    written in Python names its class."""
    _, found, rest = message.partition("() ")
    if not found:
        return message
    name = getattr(function.real, "__name__", function.name)
    for ours in ("safe_", "tensor_", "module_", "optimizer_"):
        name = name.removeprefix(ours)
    method = getattr(type(args[0]), name, None) if args else None
    if isinstance(method, FunctionType):
        name = method.__qualname__
    if function.cls is not None:
        name = f"{function.name}.__init__"
    fewer = re.sub(r"takes (\d+)", lambda n: f"takes {int(n[1]) - 1}", rest)
    fewer = re.sub(r"(\d+) (was|were) given", lambda n: f"{int(n[1]) - 1} {n[2]} given", fewer)
    return f"{name}() {fewer}"
