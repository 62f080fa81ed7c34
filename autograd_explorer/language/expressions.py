"""Expressions, over Python's own syntax tree. The values are Python's and PyTorch's own."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import Bound, UserFunction
from autograd_explorer.language.library import table as allowed
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.machine import OPERATORS, Machine
from autograd_explorer.language.scopes import Scope, names_assigned_in, path
from autograd_explorer.language.values import MISSING, size_of

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
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
# On a tensor `z += 1` writes into z's own memory; on anything else it rebinds the name.
_IN_PLACE: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
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
}
_UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
    ast.Not: operator.not_,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
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
_SAME = (ast.Is, ast.IsNot)
_INDEX = Function(operator.getitem, "bounded")
_SEQUENCES = (list, tuple, str, dict, range, torch.Size)
_INDEXED = (list, tuple, str, dict, range, np.ndarray)
_SIMPLE_INDICES = frozenset({int, slice, bool, type(None), type(Ellipsis), Tensor})


class Expressions(Machine):
    """Evaluates expressions."""

    def evaluate(self, node: ast.expr) -> Any:
        handler = self.HANDLERS.get(type(node))
        if handler is None:
            self.at = node
            raise Refused("expression", type(node).__name__)
        return handler(self, node)

    def on_constant(self, node: ast.Constant) -> Any:
        if isinstance(node.value, (bytes, complex)):
            raise Refused("expression", type(node.value).__name__)
        return self.budget.capped(node.value)

    def on_name(self, node: ast.Name) -> Any:
        self.at = node
        values = self.scope.values
        if node.id in values and not self.scope.outer:
            return values[node.id]
        return self.load(node.id)

    def on_sequence(self, node: ast.Tuple | ast.List | ast.Set) -> Any:
        items = self.elements(node.elts)
        if isinstance(node, ast.Set):
            return self.set_of(items)
        return self.budget.count_plain(tuple(items) if isinstance(node, ast.Tuple) else items)

    def elements(self, nodes: list[ast.expr]) -> list[Any]:
        """Values in a row, *starred ones unfolded."""
        items: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                items += self.items(self.evaluate(node.value))
                self.budget.check_length(items, len(items))
            else:
                items.append(self.evaluate(node))
        return items

    def on_dict(self, node: ast.Dict) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                self.filled(made, self.mapping(self.evaluate(value)).items())
                self.budget.capped(made)
                continue
            name = self.evaluate(key)
            self.check_compared(name)
            made[name] = self.evaluate(value)
        return self.budget.count_plain(made)  # type: ignore[no-any-return]

    def on_attribute(self, node: ast.Attribute) -> Any:
        owner = self.evaluate(node.value)
        self.at = node
        return self.attributes.read(owner, node.attr)

    def on_call(self, node: ast.Call) -> Any:
        first: tuple[Any, ...] = ()
        if isinstance(node.func, ast.Attribute):
            receiver = self.evaluate(node.func.value)
            self.at = node.func
            callee, first = self.method(receiver, node.func.attr)
        else:
            callee = self.evaluate(node.func)
        args, kwargs = self.arguments(node, callee)
        self.at = node
        if first:
            return self.call(callee, (*first, *args), kwargs)
        return self.call_value(callee, tuple(args), kwargs)

    def arguments(self, node: ast.Call, callee: Any) -> tuple[list[Any], dict[str, Any]]:
        args = self.elements(node.args)
        if not node.keywords:
            return args, {}
        kwargs: dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.evaluate(keyword.value)
            given = {keyword.arg: value} if keyword.arg is not None else self.mapping(value)
            for name in given:
                if name in kwargs:
                    raise TypeError(
                        f"{ast.unparse(node.func)}() got multiple values for "
                        f"keyword argument {name!r}"
                    )
                self.check_keyword(node, callee, name)
            kwargs.update(given)
        return args, kwargs

    def check_keyword(self, node: ast.Call, callee: Any, name: Any) -> None:
        """The program's own functions take any keyword; PyTorch's take those on the list."""
        function = callee.function if isinstance(callee, Bound) else callee
        known = allowed.keywords_of(function) if isinstance(function, Function) else None
        if not isinstance(name, str) or (known is not None and name not in known):
            self.at = node
            raise Refused("keyword", f"{ast.unparse(node.func)[:60]}({str(name)[:40]}=…)")

    def on_binary(self, node: ast.BinOp) -> Any:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        self.at = node
        return self.operate(_BINARY[type(node.op)], node.op, left, right)

    def augmented(self, node: ast.AugAssign, left: Any) -> Any:
        right = self.evaluate(node.value)
        self.at = node
        if isinstance(left, Tensor) or type(left) in self.classes:
            in_place = _IN_PLACE.get(type(node.op), _BINARY[type(node.op)])
            return self.operate(in_place, node.op, left, right)
        if isinstance(left, nn.Module) and type(node.op) in _IN_PLACE:
            return self.operate(_IN_PLACE[type(node.op)], node.op, left, right)
        if isinstance(left, set):
            self.check_compared(left, right)
        if isinstance(left, list) and isinstance(node.op, ast.Add):
            more = self.items(right)
            self.budget.check_length(left, len(left) + len(more))
            left += more  # into the same list, whoever else holds it
            return left
        return self.operate(_BINARY[type(node.op)], node.op, left, right)

    def on_unary(self, node: ast.UnaryOp) -> Any:
        value = self.evaluate(node.operand)
        self.at = node
        call = _UNARY[type(node.op)]
        if isinstance(value, Tensor) and call is not operator.not_:
            return self.call(OPERATORS[call], (value,), {})
        if isinstance(value, np.ndarray) or (
            (isinstance(value, nn.Module)) and call is not operator.not_
        ):
            raise Refused("operator", type(value).__name__)
        return call(value)

    def on_bool(self, node: ast.BoolOp) -> Any:
        wanted = isinstance(node.op, ast.Or)
        value = None
        for part in node.values:
            value = self.evaluate(part)
            self.at = node
            if part is not node.values[-1] and bool(value) == wanted:
                break
        return value

    def on_compare(self, node: ast.Compare) -> Any:
        left = self.evaluate(node.left)
        result: Any = True
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.evaluate(comparator)
            self.at = node
            self.budget.check_time()
            result = self.compare(op, left, right)
            if len(node.ops) == 1 or not result:
                return result
            left = right
        return result

    def compare(self, op: ast.cmpop, left: Any, right: Any) -> Any:
        call = _COMPARE[type(op)]
        if isinstance(op, _SAME):
            return call(left, right)
        if isinstance(op, (ast.In, ast.NotIn)) and not isinstance(right, (*_SEQUENCES, Tensor)):
            method = self.attributes.special(right, "__contains__")
            if method is not MISSING:
                return bool(method(left)) is isinstance(op, ast.In)
            right = right if isinstance(right, set) else self.items(right)
        elif isinstance(left, Tensor) or isinstance(right, Tensor):
            function = OPERATORS.get(call, Function(call, "bounded"))
            return self.call(function, (left, right), {})
        self.budget.weigh(left)
        self.budget.weigh(right)
        return call(left, right)

    def on_if(self, node: ast.IfExp) -> Any:
        test = self.evaluate(node.test)
        self.at = node
        return self.evaluate(node.body if test else node.orelse)

    def on_walrus(self, node: ast.NamedExpr) -> Any:
        value = self.evaluate(node.value)
        self.scope.bind(node.target.id, value)
        return value

    def on_subscript(self, node: ast.Subscript) -> Any:
        owner, index = self.evaluate(node.value), self.evaluate(node.slice)
        self.at = node
        return self.item(owner, index)

    def item(self, owner: Any, index: Any) -> Any:
        if not isinstance(owner, Tensor):
            return self._item_of_plain(owner, index)
        index = self._index(index)
        if self.foresight.is_selection(index):
            return self.made(owner[index])
        return self.call(_INDEX, (owner, index), {})

    def _index(self, index: Any) -> Any:
        """What may stand in x[…] of a tensor; a list that the program's own object stands for
        would be walked by PyTorch."""
        if type(index) in _SIMPLE_INDICES:
            return index
        if isinstance(index, np.ndarray):
            return torch.tensor(index)
        return self.native(index, "bounded")

    def _item_of_plain(self, owner: Any, index: Any) -> Any:
        if isinstance(owner, _INDEXED):
            self.budget.weigh(index)
            if isinstance(owner, np.ndarray):
                return self.array_item(owner, index)
            made = owner[index if isinstance(owner, dict) else size_of(index)]
            # A slice is new; an item was counted when it was made.
            return self.budget.count_plain(made) if isinstance(index, slice) else made
        method = self.attributes.special(owner, "__getitem__")
        if method is not MISSING:
            return self.budget.capped(self.call_value(method, (index,), {}))
        if hasattr(type(owner), "__getitem__"):
            raise Refused("subscript", type(owner).__name__)
        raise TypeError(f"{type(owner).__name__!r} object is not subscriptable")

    def array_item(self, owner: Any, index: Any) -> Any:
        """A part of a NumPy array. Lists of places may make it larger than the array."""
        index = size_of(index)
        size = owner.size or 1
        for part in index if isinstance(index, tuple) else (index,):
            if isinstance(part, (list, np.ndarray)):
                size *= np.size(part) or 1
            elif not isinstance(part, (int, slice, type(None), type(Ellipsis))):
                raise Refused("subscript", "numpy.ndarray")
        self.budget.check_elements(size)
        made = owner[index]
        if isinstance(made, np.ndarray):
            self.budget.count_array(made)
        return made

    def on_slice(self, node: ast.Slice) -> slice:
        parts = [
            None if part is None else size_of(self.evaluate(part))
            for part in (node.lower, node.upper, node.step)
        ]
        # Slices within slices would be freed one inside the other, however deep.
        if not all(part is None or isinstance(part, int) for part in parts):
            raise TypeError("slice indices must be integers or None or have an __index__ method")
        return slice(*parts)

    def on_fstring(self, node: ast.JoinedStr) -> str:
        pieces: list[str] = []
        length = 0
        for part in node.values:
            pieces.append(self.evaluate(part))
            length += len(pieces[-1])
            self.budget.check_length("", length)
        return str(self.budget.count_plain("".join(pieces)))

    def on_formatted(self, node: ast.FormattedValue) -> str:
        value = self.evaluate(node.value)
        spec = "" if node.format_spec is None else self.evaluate(node.format_spec)
        self.at = node
        match chr(node.conversion) if node.conversion > 0 else "":
            case "s":
                value = self.text(value)
            case "r":
                value = self.representation(value)
            case "a":
                value = self.representation(value, ascii)
        return self.format_value(value, spec)

    def on_lambda(self, node: ast.Lambda) -> UserFunction:
        return self.function(node, "<lambda>")

    def function(self, node: ast.FunctionDef | ast.Lambda, name: str) -> UserFunction:
        defaults = tuple(self.evaluate(default) for default in node.args.defaults)
        named = {
            parameter.arg: self.evaluate(default)
            for parameter, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            if default is not None
        }
        return UserFunction(
            self,  # type: ignore[arg-type]  # an Interpreter, which has call_user
            node,
            self.qualified(name),
            self.scope.enclosing(),
            names_assigned_in(node),
            defaults,
            named,
        )

    def qualified(self, name: str) -> str:
        """A function's or class's name with those of the functions and classes around it."""
        return f"{self.around}.{name}" if self.around else name

    around: str = ""

    def on_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Any:
        made: list[Any] = []
        self.generate(node.generators, lambda: made.append(self.evaluate(node.elt)))
        self.budget.count_plain(made)
        if isinstance(node, ast.SetComp):
            return self.set_of(made)
        return made if isinstance(node, ast.ListComp) else iter(made)

    def on_dict_comprehension(self, node: ast.DictComp) -> dict[Any, Any]:
        made: dict[Any, Any] = {}

        def add() -> None:
            key = self.evaluate(node.key)
            self.check_compared(key)
            made[key] = self.evaluate(node.value)

        self.generate(node.generators, add)
        return self.budget.count_plain(made)  # type: ignore[no-any-return]

    def generate(self, generators: list[ast.comprehension], add: Callable[[], None]) -> None:
        """Run the loops of a comprehension in a scope of their own."""
        if any(loop.is_async for loop in generators):
            raise Refused("expression", "async")
        first = self.evaluate(generators[0].iter)
        outside, self.scope = self.scope, Scope({}, self.scope)
        try:
            self._turn(generators, first, add)
        finally:
            self.scope = outside

    def _turn(
        self, generators: list[ast.comprehension], values: Any, add: Callable[[], None]
    ) -> None:
        loop, *inner = generators
        for item in self.walk(values):
            self.budget.count_turn()
            self.bind(loop.target, item)
            if all(self.evaluate(test) for test in loop.ifs):
                if inner:
                    self._turn(inner, self.evaluate(inner[0].iter), add)
                else:
                    add()

    def bind(self, target: ast.expr, value: Any) -> dict[str, Any]:
        """Assign to a target; what a reader expects to see then, by name: the value itself, and
        of an item all that it is part of."""
        match target:
            case ast.Name(id=name):
                self.scope.bind(name, value)
                return {name: value}
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                return self._unpack(targets, value)
            case ast.Starred(value=inner):
                return self.bind(inner, value)
            case ast.Attribute(value=inner, attr=name):
                owner = self.evaluate(inner)
                self.at = target
                self.attributes.write(owner, name, value)
                return {path(target): value}
            case ast.Subscript(value=inner, slice=index):
                owner, place = self.evaluate(inner), self.evaluate(index)
                self.at = target
                self.set_item(owner, place, value)
                return {path(inner): owner}
            case _:
                raise Refused("assignment", type(target).__name__)

    def _unpack(self, targets: list[ast.expr], value: Any) -> dict[str, Any]:
        if not self.may_walk(value) and not hasattr(type(value), "__iter__"):
            raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")
        items = self.items(value)
        star = next((i for i, part in enumerate(targets) if isinstance(part, ast.Starred)), None)
        count = len(targets)
        if star is not None:
            after = count - star - 1
            if len(items) < count - 1:
                raise ValueError(
                    f"not enough values to unpack (expected at least {count - 1}, got {len(items)})"
                )
            middle = items[star : len(items) - after]
            items = [*items[:star], middle, *items[len(items) - after :]]
        if len(items) > count:
            raise ValueError(f"too many values to unpack (expected {count})")
        if len(items) < count:
            raise ValueError(f"not enough values to unpack (expected {count}, got {len(items)})")
        assigned: dict[str, Any] = {}
        for part, item in zip(targets, items, strict=True):
            assigned |= self.bind(part, item)
        return assigned

    def set_item(self, owner: Any, index: Any, value: Any) -> None:
        if isinstance(owner, Tensor):
            index, value = self._index(index), self.native(value, "bounded")
            if not self.foresight.is_selection(index):
                self.foresight.judge(_INDEX, (owner, index), {})
            owner[index] = value
            self.recorder.place(owner, self.line)
        elif isinstance(owner, (list, dict)):
            self.check_compared(index)
            if isinstance(index, slice):
                value = self.items(value)
                self.budget.check_length(owner, len(owner) + len(value))
            owner[index] = value
            self.budget.capped(owner)
        else:
            method = self.attributes.special(owner, "__setitem__")
            if method is not MISSING:
                self.call_value(method, (index, value), {})
            elif hasattr(type(owner), "__setitem__"):
                raise Refused("assignment", f"{type(owner).__name__}[…]")
            else:
                raise TypeError(f"{type(owner).__name__!r} object does not support item assignment")

    HANDLERS: Mapping[type, Callable[..., Any]] = {
        ast.Attribute: on_attribute,
        ast.BinOp: on_binary,
        ast.BoolOp: on_bool,
        ast.Call: on_call,
        ast.Compare: on_compare,
        ast.Constant: on_constant,
        ast.Dict: on_dict,
        ast.DictComp: on_dict_comprehension,
        ast.FormattedValue: on_formatted,
        ast.GeneratorExp: on_comprehension,
        ast.IfExp: on_if,
        ast.JoinedStr: on_fstring,
        ast.Lambda: on_lambda,
        ast.List: on_sequence,
        ast.ListComp: on_comprehension,
        ast.Name: on_name,
        ast.NamedExpr: on_walrus,
        ast.Set: on_sequence,
        ast.SetComp: on_comprehension,
        ast.Slice: on_slice,
        ast.Subscript: on_subscript,
        ast.Tuple: on_sequence,
        ast.UnaryOp: on_unary,
    }
