"""What stands on the two sides of an operator, as Python or NumPy may take it."""

import ast
import operator
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograd_explorer.language.belongings import Hint
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime

BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
}
# Whether `z += 1` changes an object or binds the name anew is up to the object: on a tensor it
# writes into the tensor's own memory.
IN_PLACE: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.iadd,
    ast.Sub: operator.isub,
    ast.Mult: operator.imul,
    ast.Div: operator.itruediv,
    ast.FloorDiv: operator.ifloordiv,
    ast.Mod: operator.imod,
    ast.Pow: operator.ipow,
    ast.MatMult: operator.imatmul,
    ast.BitAnd: operator.iand,
    ast.BitOr: operator.ior,
    ast.BitXor: operator.ixor,
    ast.LShift: operator.ilshift,
    ast.RShift: operator.irshift,
}
UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
    ast.Not: operator.not_,
}
COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda item, values: item in values,
    ast.NotIn: lambda item, values: item not in values,
}


def type_in(value: Any) -> Any:
    """np.float32, float and the like as NumPy compares a dtype with them, also in a list."""
    if isinstance(value, list | tuple):
        return [type_in(item) for item in value]
    return value.cls if isinstance(value, Function) and value.cls is not None else value


def is_type(value: Any) -> bool:
    is_class = isinstance(value, Function) and value.cls is not None
    return is_class or value is None or isinstance(value, (Hint, type))


# Beside these a number of NumPy's remains one: NumPy makes an array of a list, and complains of the
# others.
_KEEP_NUMBERS = (
    int,
    float,
    complex,
    np.ndarray,
    list,
    tuple,
    deque,
    str,
    bytes,
    dict,
    set,
    type(None),
)


def numbers_of(left: Any, right: Any) -> tuple[Any, Any]:
    """If one of two values is a NumPy number and the other a tensor, an object or the like, turn it
    into a Python number: NumPy would ask the other for items, however many there are."""
    if isinstance(left, np.generic) is not isinstance(right, np.generic):
        other = right if isinstance(left, np.generic) else left
        if type(other) in _KEEP_NUMBERS or isinstance(left, str):
            return left, right
        left = left.item() if isinstance(left, np.generic) else left
        right = right.item() if isinstance(right, np.generic) else right
    return left, right


def is_theirs(classes: Any, call: Callable[..., Any], left: Any, right: Any) -> bool:
    """Whether PyTorch leaves an operator on a tensor to what is beside it: "%s" % tensor, or a
    tuple of the program's with an operator of its own."""
    sides = [value for value in (left, right) if isinstance(value, list | tuple)]
    own = any(classes.defines_operator(type(value), call) for value in sides)
    return own or isinstance(left, str)


def makes_array(op: Any, left: Any, right: Any) -> bool:
    """Whether NumPy makes an array of a list that stands beside one of its numbers: wherever it
    does not say how often the list is repeated."""
    number, other = (left, right) if isinstance(left, np.generic) else (right, left)
    if not isinstance(number, np.generic) or not isinstance(other, list | tuple | deque | range):
        return False
    return not (isinstance(op, ast.Mult) and isinstance(number, np.integer))


def by_program(runtime: Runtime, call: Callable[..., Any], left: Any, right: Any) -> Any:
    """What an operator of a class of the program's makes with an array, or NotImplemented.

    NumPy asks an object on its right only where that has a priority; to any other object, and
    where its answer is NotImplemented, it would apply the operator item by item.
    """
    name = call.__name__.strip("_").removeprefix("i")
    for owner, other, method in ((left, right, f"__{name}__"), (right, left, f"__r{name}__")):
        first = owner is left or runtime.classes.defines(type(owner), "__array_priority__")
        own = type(owner) in runtime.classes and runtime.classes.defines(type(owner), method)
        if first and own:
            made = runtime.attributes.special(owner, method)(other)
            if made is not NotImplemented:
                return made
    return NotImplemented


def in_brackets(runtime: Any, part: Any) -> str:
    """A type as a hint shows it, such as `int` in `list[int]`."""
    if isinstance(part, list):  # Callable[[int], str]
        return f"[{', '.join(in_brackets(runtime, one) for one in part)}]"
    if isinstance(part, Function):
        return part.name
    return str(runtime.texts.representation(part))
