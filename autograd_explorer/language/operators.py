"""Operators and subscripts. Python and PyTorch carry them out, after the size of the result has
been estimated and checked."""

import ast
import enum
import operator
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language import snapshots
from autograd_explorer.language.belongings import Hint, alternatives
from autograd_explorer.language.datasets import Dataset, IterableDataset
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.numpy_names import kept, operate
from autograd_explorer.language.library.numpy_sizes import picked
from autograd_explorer.language.library.python_functions import safe_dict
from autograd_explorer.language.operands import (
    BINARY,
    COMPARE,
    IN_PLACE,
    UNARY,
    by_program,
    in_brackets,
    is_theirs,
    is_type,
    makes_array,
    numbers_of,
    type_in,
)
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING, VIEWS, python_name, size_of

OPERATORS: Mapping[Callable[..., Any], Function] = {
    call: Function(call, "bounded")
    for call in (
        operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv,
        operator.mod, operator.pow, operator.matmul, operator.and_, operator.or_, operator.xor,
        operator.lshift, operator.rshift, operator.iadd, operator.isub, operator.imul,
        operator.itruediv, operator.ifloordiv, operator.imod, operator.ipow, operator.imatmul,
        operator.iand, operator.ior, operator.ixor, operator.ilshift, operator.irshift,
        operator.neg, operator.pos, operator.invert, operator.eq, operator.ne, operator.lt,
        operator.le, operator.gt, operator.ge,
    )
}  # fmt: skip

_OF_TENSORS = {cls: OPERATORS[call] for cls, call in BINARY.items()}
_SAME = (ast.Is, ast.IsNot)
_HASHED: tuple[type[Any], ...] = (set, frozenset, *VIEWS)
_INDEX = Function(operator.getitem, "bounded")
_SEQUENCES = (list, tuple, str, bytes, dict, range, deque, torch.Size)
_INDEXED = (list, tuple, str, bytes, dict, range, deque, np.ndarray)
_CHANGED = (list, dict, deque)
_SIMPLE_INDICES = frozenset({int, slice, bool, type(None), type(Ellipsis), Tensor})

_TENSORS: frozenset[type] = frozenset({Tensor, nn.Parameter})
_NUMBERS: frozenset[type] = frozenset({int, float})
_SIMPLE_OPERANDS: frozenset[type] = _TENSORS | _NUMBERS
# Of two whole numbers that a machine holds in one word, these make no large one.
_SMALL_RESULTS = frozenset({ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod})
_WORD = 2**63
_NO_KEYWORDS: dict[str, Any] = {}
_REPEATED = (str, bytes, list, tuple)


class Operators:
    """The operators of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.budget, self.calls = runtime.budget, runtime.calls
        self.classes, self.state = runtime.classes, runtime.state
        self.influence = runtime.observer.influence

    def binary(self, node: ast.operator, left: Any, right: Any) -> Any:
        kind, other = left.__class__, right.__class__
        if kind in _SIMPLE_OPERANDS and other in _SIMPLE_OPERANDS:  # nearly always
            if kind in _TENSORS or other in _TENSORS:
                return self._of_tensors(_OF_TENSORS[node.__class__], node, left, right)
            words = -_WORD < left < _WORD and -_WORD < right < _WORD
            if words and node.__class__ in _SMALL_RESULTS:
                made = BINARY[node.__class__](left, right)
                return self.influence.carried(made, left, right)
        made = self._operate(BINARY[type(node)], node, left, right)
        return self.influence.carried(made, left, right)

    def _of_tensors(self, function: Function, op: Any, left: Any, right: Any) -> Any:
        """A binary operator of PyTorch's, beside numbers or between tensors."""
        if op.__class__ is ast.Sub and isinstance(left, Tensor) and isinstance(right, Tensor):
            if left.ndim != right.ndim:
                self.runtime.observer.notice("subtracted", self.state.line, left, right)
        return self.calls.call(function, (left, right), _NO_KEYWORDS)

    def add(self, left: Any, right: Any) -> Any:
        return self.binary(ast.Add(), left, right)

    def times(self, left: Any, right: Any) -> Any:
        return self.binary(ast.Mult(), left, right)

    def power(self, left: Any, right: Any) -> Any:
        return self.binary(ast.Pow(), left, right)

    def _operate(self, call: Callable[..., Any], op: Any, left: Any, right: Any) -> Any:
        """A binary operator, on whatever it is given."""
        left, right = numbers_of(left, right)
        if isinstance(op, ast.Mult) and isinstance(left, _REPEATED):
            right = self.whole(right)
        elif isinstance(op, ast.Mult) and isinstance(right, _REPEATED):
            left = self.whole(left)
        recorded = isinstance(left, Tensor) or isinstance(right, Tensor)
        if recorded and not is_theirs(self.classes, call, left, right):
            return self._of_tensors(OPERATORS[call], op, left, right)
        if isinstance(op, ast.BitOr) and is_type(left) and is_type(right):
            if left is right and left is not None:  # as `int | int` is int
                return left
            shown = ["None" if v is None else getattr(v, "name", repr(v)) for v in (left, right)]
            return Hint(self.budget.count_plain(" | ".join(shown)), (left, right))
        own = self.classes.defines_operator
        if isinstance(left, Dataset) and call is operator.add and not own(type(left), call):
            joined = self.runtime.attributes.named("torch.utils.data.ConcatDataset")
            return self.runtime.calls.call_value(joined, ([left, right],), {})
        for value in (left, right):
            if isinstance(value, nn.Module) and not own(type(value), call):
                return self._operate_on_module(call, left, right)
            number = isinstance(value, np.generic)
            if isinstance(value, np.ndarray) or (number and makes_array(op, left, right)):
                made = by_program(self.runtime, call, left, right)
                return operate(self.runtime, call, left, right) if made is NotImplemented else made
        self.budget.foresee_plain(op, left, right)
        made = self.budget.count_plain(call(left, right))
        if isinstance(op, ast.Mod) and made.__class__ is str:
            return self.runtime.addresses.hide(made)
        return made

    def _operate_on_module(self, call: Callable[..., Any], left: Any, right: Any) -> Any:
        """ModuleList + ModuleList and the like, by the table of PyTorch's class alone."""
        method = MISSING
        if isinstance(left, nn.Module):
            method = self.runtime.attributes.special(left, f"__{call.__name__}__")
        if method is MISSING:
            raise Refused("operator", type(left).__name__)
        return self.runtime.calls.call_value(method, (right,), {})

    def check_compared(self, *values: Any) -> None:
        """Check values before Python compares or hashes them: it does not check the time limit on
        the way."""
        self.budget.check_time()
        for value in values:
            self.budget.weigh(value)

    def compare(self, op: ast.cmpop, left: Any, right: Any) -> Any:
        call = COMPARE[type(op)]
        if isinstance(op, _SAME):
            return call(left, right)
        if isinstance(left, np.dtype) or isinstance(right, np.dtype):
            left, right = type_in(left), type_in(right)
        if isinstance(op, (ast.In, ast.NotIn)) and not isinstance(right, (*_SEQUENCES, Tensor)):
            if not isinstance(right, _HASHED):
                return self._contains(right, left) is isinstance(op, ast.In)
        elif isinstance(left, Tensor) or isinstance(right, Tensor):
            function = OPERATORS.get(call, Function(call, "bounded"))
            return self.runtime.calls.call(function, (left, right), {})
        self.budget.weigh(left)
        if not (isinstance(op, (ast.In, ast.NotIn)) and isinstance(right, _HASHED)):
            self.budget.weigh(right)  # in a set or dict, `in` looks at equal hashes alone
        arrays = isinstance(left, np.ndarray) or isinstance(right, np.ndarray)
        if arrays and not isinstance(op, (ast.In, ast.NotIn)):
            return self.influence.carried(operate(self.runtime, call, left, right), left, right)
        return self.influence.carried(call(left, right), left, right)

    def _contains(self, values: Any, wanted: Any) -> bool:
        """`in` for what is asked item by item, no further than needed."""
        method = self.runtime.attributes.special(values, "__contains__")
        if method is not MISSING:
            return bool(method(wanted))
        if isinstance(values, np.ndarray):
            return bool(np.any(operate(self.runtime, operator.eq, values, wanted)))
        enumerated = isinstance(values, Function) and isinstance(values.cls, enum.EnumMeta)
        if not (enumerated or self.runtime.walking.may_walk(values) or hasattr(values, "__iter__")):
            raise TypeError(f"argument of type {python_name(values)!r} is not iterable")
        for item in self.runtime.walking.walk(values):
            if item is wanted or self.compare(ast.Eq(), item, wanted):
                return True
        return False

    def augmented(self, node: ast.operator, left: Any, right: Any) -> Any:
        """left += right and the like; returns the value that the target is assigned afterwards."""
        if left.__class__ in _NUMBERS and right.__class__ in _NUMBERS:
            return self.budget.capped(self.binary(node, left, right))
        call = IN_PLACE[node.__class__]
        if left.__class__ in _TENSORS and right.__class__ in _SIMPLE_OPERANDS:
            return self._of_tensors(OPERATORS[call], node, left, right)
        if isinstance(left, Tensor | nn.Module) or type(left) in self.classes:
            return self._operate(call, node, left, right)
        if type(left) in (snapshots.Snapshot, snapshots.Hooks):
            raise Refused("operator", "__dict__")
        if isinstance(left, (set, dict)):
            self.check_compared(left, right)
        if isinstance(left, dict) and isinstance(node, ast.BitOr) and not isinstance(right, dict):
            right = safe_dict(self.runtime, right)
        if isinstance(left, list) and isinstance(node, ast.Add):
            more = self.runtime.walking.items(right)
            self.budget.check_length(left, len(left) + len(more))
            left += more  # into the same list, whoever else holds it
            return left
        made = self.budget.capped(self._operate(call, node, left, right))
        return self.influence.carried(made, left, right)

    def unary(self, node: ast.unaryop, value: Any) -> Any:
        call = UNARY[type(node)]
        if call is not operator.not_:
            if isinstance(value, Tensor):
                return self.runtime.calls.call(OPERATORS[call], (value,), {})
            if isinstance(value, nn.Module):
                raise Refused("operator", type(value).__name__)
        if isinstance(value, np.ndarray) and call is not operator.not_:
            return self.influence.carried(kept(self.runtime, call(value)), value)
        return self.influence.carried(call(value), value)

    def whole(self, value: Any) -> Any:
        """A size or a place as a whole number, also that of the program's own `__index__`. Python
        never calls that one: what it would be taken for is checked first."""
        if value.__class__ is int:
            return value
        if isinstance(value, slice):
            parts = (value.start, value.stop, value.step)
            own = any(type(part) in self.classes for part in parts)
            return slice(*map(self.whole, parts)) if own else value
        if type(value) not in self.classes or not self.classes.defines(type(value), "__index__"):
            return size_of(value)
        made = self.runtime.attributes.special(value, "__index__")()
        if not isinstance(made, int):
            raise TypeError(f"__index__ returned non-int (type {python_name(made)})")
        return made

    def item(self, owner: Any, index: Any) -> Any:
        return self.influence.taken(owner, index, self._item(owner, index))

    def _item(self, owner: Any, index: Any) -> Any:
        if not isinstance(owner, Tensor):
            return self._item_of_plain(owner, index)
        index = self._index(index)
        if self.runtime.foresight.is_selection(index):
            return self.runtime.calls.made(owner[index])
        return self.runtime.calls.call(_INDEX, (owner, index), {})

    def _index(self, index: Any) -> Any:
        """An index as PyTorch may take it in x[…] of a tensor. Objects of the program's classes are
        refused, because PyTorch would loop over them as if they were lists."""
        if type(index) in _SIMPLE_INDICES:
            return index
        if isinstance(index, np.ndarray):
            return torch.tensor(index)
        return self.runtime.calls.native(index, "bounded")

    def _item_of_plain(self, owner: Any, index: Any) -> Any:
        if isinstance(owner, Hint) or (isinstance(owner, Function) and owner.cls is not None):
            return self._item_of_class(owner, index)
        if isinstance(owner, _INDEXED) and not self._defines(owner, "__getitem__"):
            return self.item_of_native(owner, index)
        if isinstance(owner, type) and owner in self.classes.generics:
            return owner  # Stack[int] makes what Stack makes
        if isinstance(owner, type) and self.classes.defines(owner, "__class_getitem__"):
            method = self.runtime.attributes.class_member(owner, "__class_getitem__")
            return self.budget.capped(self.runtime.calls.call_value(method, (index,), {}))
        method = self.runtime.attributes.special(owner, "__getitem__")
        if method is not MISSING:
            return self.budget.capped(self.runtime.calls.call_value(method, (index,), {}))
        if hasattr(type(owner), "__getitem__"):
            raise Refused("subscript", type(owner).__name__)
        if isinstance(owner, type):
            raise TypeError(f"type {owner.__name__!r} is not subscriptable")
        raise TypeError(f"{python_name(owner)!r} object is not subscriptable")

    def _defines(self, owner: Any, method: str) -> bool:
        return type(owner) in self.classes and self.classes.defines(type(owner), method)

    def item_of_native(self, owner: Any, index: Any) -> Any:
        """An item of a list, dict or the like, past the program's `__getitem__`."""
        self.budget.weigh(index)
        if isinstance(owner, np.ndarray):
            return self.array_item(owner, index)
        made = owner[index if isinstance(owner, dict) else self.whole(index)]
        return self.budget.count_plain(made) if isinstance(index, slice) else made

    def _item_of_class(self, owner: Any, index: Any) -> Any:
        """`list[float]`, `Optional[Tensor]`; `Color["RED"]` of an enumeration."""
        if isinstance(owner, Function) and isinstance(owner.cls, enum.EnumMeta):
            return owner.cls[index]
        if isinstance(owner, Function) and owner.cls in (Dataset, IterableDataset):
            return owner
        if isinstance(owner, Function) and not hasattr(owner.cls, "__class_getitem__"):
            generic = owner.cls is object and owner is not self.runtime.library.builtins["object"]
            if owner.cls is not type and not generic:
                raise TypeError(f"type {owner.name!r} is not subscriptable")
        parts = index if isinstance(index, tuple) else (index,)
        name = owner.text if isinstance(owner, Hint) else owner.name
        shown = ", ".join(in_brackets(self.runtime, part) for part in parts)
        text = self.budget.count_plain(f"{name}[{shown}]")
        return Hint(text, alternatives(name, parts), owner)

    def _place_in_array(self, owner: Any, index: Any) -> Any:
        """An index of a NumPy array, once its size is known: with lists of places, what it picks
        out may be larger than the array."""
        index = self.whole(index)
        parts = index if isinstance(index, tuple) else (index,)
        self.budget.check_elements(picked(owner.shape, parts))
        return index

    def array_item(self, owner: Any, index: Any) -> Any:
        made = owner[self._place_in_array(owner, index)]
        if isinstance(made, np.ndarray):
            self.budget.count_array(made)
        return made

    def delete_item(self, owner: Any, index: Any) -> None:
        """del owner[index]"""
        if type(owner) is snapshots.Hooks:
            raise Refused("statement", f"del {owner.store}[…]")
        if type(owner) is snapshots.Snapshot:
            snapshots.delete(self.runtime, owner, index)
            return
        if isinstance(owner, _CHANGED) and not self._defines(owner, "__delitem__"):
            self.delete_native_item(owner, index)
            return
        method = self.runtime.attributes.special(owner, "__delitem__")
        if method is not MISSING:
            self.runtime.calls.call_value(method, (index,), {})
        elif hasattr(type(owner), "__delitem__"):
            raise Refused("statement", f"del {type(owner).__name__}[…]")
        else:
            sequence = type(owner) in self.classes or hasattr(type(owner), "__contains__")
            words = "doesn't" if sequence and isinstance(index, int) else "does not"
            raise TypeError(f"{python_name(owner)!r} object {words} support item deletion")

    def delete_native_item(self, owner: Any, index: Any) -> None:
        """The same of a list, dict or deque, past a `__delitem__` of the program's."""
        self.check_compared(index)
        del owner[index if isinstance(owner, dict) else self.whole(index)]

    def set_item(self, owner: Any, index: Any, value: Any) -> None:
        self._set_item(owner, index, value)
        self.influence.put(owner, index, value)

    def _set_item(self, owner: Any, index: Any, value: Any) -> None:
        if isinstance(owner, Tensor):
            index, value = self._index(index), self.runtime.calls.native(value, "bounded")
            if not self.runtime.foresight.is_selection(index):
                self.runtime.foresight.judge(_INDEX, (owner, index), {})
            owner[index] = value
            self.runtime.observer.place(owner, self.state.line)
        elif isinstance(owner, np.ndarray):
            self.budget.weigh(index)
            owner[self._place_in_array(owner, index)] = self.runtime.calls.native(value, "bounded")
        elif type(owner) is snapshots.Hooks:
            raise Refused("assignment", f"{owner.store}[…]")
        elif type(owner) is snapshots.Snapshot:
            snapshots.put(self.runtime, owner, index, value)
        elif isinstance(owner, _CHANGED) and not self._defines(owner, "__setitem__"):
            self.set_native_item(owner, index, value)
        else:
            method = self.runtime.attributes.special(owner, "__setitem__")
            if method is not MISSING:
                self.runtime.calls.call_value(method, (index, value), {})
            elif hasattr(type(owner), "__setitem__"):
                raise Refused("assignment", f"{type(owner).__name__}[…]")
            else:
                raise TypeError(f"{python_name(owner)!r} object does not support item assignment")

    def set_native_item(self, owner: Any, index: Any, value: Any) -> None:
        """The same of a list, dict or deque, past a `__setitem__` of the program's."""
        self.check_compared(index)
        if isinstance(index, slice):
            if isinstance(owner, list) and not self.runtime.walking.may_walk(value):
                raise TypeError("can only assign an iterable")
            value = self.runtime.walking.items(value)
            self.budget.check_length(owner, len(owner) + len(value))
        owner[index if isinstance(owner, dict) else self.whole(index)] = value
        self.budget.capped(owner)
