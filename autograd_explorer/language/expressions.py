"""Expressions, over Python's own syntax tree. The values are Python's and PyTorch's own."""

import ast
import builtins
import functools
import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import Bound, UserFunction
from autograd_explorer.language.library.entry import Function, OfRun
from autograd_explorer.language.library.keywords import answer_to
from autograd_explorer.language.library.own_words import complaint, spelled
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.scopes import Scope, names_assigned_in, path
from autograd_explorer.language.values import python_name

_PYTHON_BUILTINS = frozenset(dir(builtins))
_SMALL = frozenset({float, bool, type(None)})  # no value of these is too large
_LARGE = 2**63  # written numbers are not negative

_IN_SLICES = (int, float, complex, str, bytes, Tensor, np.ndarray, np.generic)


class Expressions:
    """The expressions of one run, and what they are assigned to."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.budget = runtime.budget
        self.library = runtime.library
        self.influence = runtime.observer.influence
        self.state = runtime.state
        self.attributes, self.calls = runtime.attributes, runtime.calls
        self.operators = runtime.operators

    def load(self, name: str) -> Any:
        scope = self.state.scope.find(name)
        if scope is not None:
            return scope.values[name]
        if name in self.library.builtins:
            found = self.library.builtins[name]
            return found.get(self.runtime) if type(found) is OfRun else found
        if name == "__class__" and self.state.frames and self.state.frames[-1][0].owner:
            return self.state.frames[-1][0].owner
        if name in _PYTHON_BUILTINS or name.startswith("__"):
            raise Refused("name", name)
        for module in self.runtime.belongings.stars:  # from module import *
            if name in dir(sys.modules.get(module)):
                raise Refused("name", f"{module}.{name}")
        raise NameError(f"name {name!r} is not defined")

    def evaluate(self, node: ast.expr) -> Any:
        handler = self.HANDLERS.get(node.__class__)
        if handler is None:
            self.state.at = node
            raise Refused("expression", type(node).__name__)
        return handler(self, node)

    def on_constant(self, node: ast.Constant) -> Any:
        value = node.value
        cls = value.__class__
        if cls in _SMALL or (isinstance(value, int) and value < _LARGE):
            return value
        return self.budget.capped(value)

    def on_name(self, node: ast.Name) -> Any:
        self.state.at = node
        values = self.state.scope.values
        if node.id in values and not self.state.scope.outer:
            value = values[node.id]
        else:
            value = self.load(node.id)
        if self.influence.names and value.__class__ in (int, bool):
            scope = self.state.scope.find(node.id)
            if scope is not None:
                self.influence.loaded(scope.values, node.id, value)
        return value

    def on_sequence(self, node: ast.Tuple | ast.List | ast.Set) -> Any:
        is_set = isinstance(node, ast.Set)
        items = self.elements(node.elts, self.runtime.walking.items if is_set else None)
        if is_set:
            return self.runtime.walking.set_of(items)
        return self.budget.count_plain(tuple(items) if isinstance(node, ast.Tuple) else items)

    def elements(
        self, nodes: list[ast.expr], unfold: Callable[[Any], list[Any]] | None = None
    ) -> list[Any]:
        """Values in a row, *starred ones unfolded."""
        items: list[Any] = []
        for node in nodes:
            if node.__class__ is ast.Starred:
                items += (unfold or self._unfolded)(self.evaluate(node.value))
                self.budget.check_length(items, len(items))
            else:
                items.append(self.evaluate(node))
        return items

    def _unfolded(self, values: Any) -> list[Any]:
        items = self._items_of(values)
        if items is None:
            raise TypeError(f"Value after * must be an iterable, not {python_name(values)}")
        return items

    def _items_of(self, values: Any) -> list[Any] | None:
        """What a value holds; None of what is not iterable."""
        try:
            return self.runtime.walking.items(values)
        except TypeError:
            if self.runtime.walking.may_walk(values):
                raise
        return None

    def on_dict(self, node: ast.Dict) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                self.runtime.walking.filled(
                    made, self.runtime.walking.mapping(self.evaluate(value)).items()
                )
                self.budget.capped(made)
                continue
            name = self.evaluate(key)
            self.runtime.operators.check_compared(name)
            made[name] = self.evaluate(value)
        return self.budget.count_plain(made)  # type: ignore[no-any-return]

    def on_attribute(self, node: ast.Attribute) -> Any:
        owner = self.evaluate(node.value)
        self.state.at = node
        return self.attributes.read(owner, node.attr)

    def on_call(self, node: ast.Call) -> Any:
        first: tuple[Any, ...] = ()
        func = node.func
        if func.__class__ is ast.Attribute:
            receiver = self.evaluate(func.value)
            self.state.at = func
            callee, first = self.attributes.method(receiver, func.attr)
        else:
            callee = self.evaluate(func)
        if node.keywords:
            args, kwargs = self.arguments(node, callee, first)
        else:
            nodes, kwargs = node.args, {}
            if nodes and nodes[-1].__class__ is ast.Starred:
                args = self.given(node, callee, first)
            else:
                args = self.elements(nodes)
        self.state.at = node
        if first:
            return self.calls.call(callee, (*first, *args), kwargs)
        return self.calls.call_value(callee, tuple(args), kwargs)

    def given(self, node: ast.Call, callee: Any, first: tuple[Any, ...]) -> list[Any]:
        """The arguments of a call that have no name."""
        nodes = node.args
        if len(nodes) == 1 and isinstance(nodes[0], ast.Starred):
            values = self.evaluate(nodes[0].value)
            items = self._items_of(values)
            if items is not None:
                return items
            self._complain(node, callee, first, "argument after * must be an iterable", values)
        return self.elements(nodes)

    def arguments(
        self, node: ast.Call, callee: Any, first: tuple[Any, ...]
    ) -> tuple[list[Any], dict[str, Any]]:
        args = self.given(node, callee, first)
        kwargs: dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.evaluate(keyword.value)
            if keyword.arg is not None:
                more = {keyword.arg: value}
            elif self.runtime.walking.is_mapping(value):
                more = self.runtime.walking.mapping(value)
            else:
                self._complain(node, callee, first, "argument after ** must be a mapping", value)
            for name in more:
                if name in kwargs:
                    self._complain(
                        node, callee, first, f"got multiple values for keyword argument {name!r}"
                    )
            kwargs.update(more)
        self.check_keywords(node, callee, (*first, *args), kwargs)
        return args, kwargs

    def _complain(
        self, node: ast.Call, callee: Any, first: tuple[Any, ...], words: str, *value: Any
    ) -> NoReturn:
        self.state.at = node
        called = spelled(callee, first) or self.runtime.texts.of(callee)
        found = "".join(f", not {python_name(part)}" for part in value)
        raise TypeError(f"{called} {words}{found}")

    def check_keywords(
        self, node: ast.Call, callee: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Refuse keywords that a function of the library may not be given. Functions that the
        program defines may be given any keyword."""
        while isinstance(callee, functools.partial):
            callee = callee.func
        if isinstance(callee, Bound):
            callee, args = callee.function, (*callee.owner, *args)
        for name in kwargs:
            if not isinstance(name, str):
                self.state.at = node
                raise TypeError("keywords must be strings")
            answer = answer_to(callee, name) if isinstance(callee, Function) else "taken"
            if answer == "refused":
                self.state.at = node
                raise Refused("keyword", f"{ast.unparse(node.func)[:60]}({name[:40]}=…)")
            if answer == "unknown":
                self.state.at = node
                words = f"safe_() got an unexpected keyword argument {name!r}"
                raise complaint(callee, words, args, kwargs)

    def on_binary(self, node: ast.BinOp) -> Any:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        self.state.at = node
        return self.operators.binary(node.op, left, right)

    def on_unary(self, node: ast.UnaryOp) -> Any:
        value = self.evaluate(node.operand)
        self.state.at = node
        return self.runtime.operators.unary(node.op, value)

    def on_bool(self, node: ast.BoolOp) -> Any:
        wanted = isinstance(node.op, ast.Or)
        value = None
        for part in node.values:
            value = self.evaluate(part)
            self.state.at = node
            if part is not node.values[-1] and bool(value) == wanted:
                break
        return value

    def on_compare(self, node: ast.Compare) -> Any:
        left = self.evaluate(node.left)
        result: Any = True
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.evaluate(comparator)
            self.state.at = node
            self.budget.check_time()
            result = self.runtime.operators.compare(op, left, right)
            if len(node.ops) == 1 or not result:
                return result
            left = right
        return result

    def on_if(self, node: ast.IfExp) -> Any:
        test = self.influence.tested(self.evaluate(node.test))
        self.state.at = node
        return self.evaluate(node.body if test else node.orelse)

    def on_walrus(self, node: ast.NamedExpr) -> Any:
        value = self.evaluate(node.value)
        self.state.scope.bind_walrus(node.target.id, value)
        return value

    def on_subscript(self, node: ast.Subscript) -> Any:
        owner, index = self.evaluate(node.value), self.evaluate(node.slice)
        self.state.at = node
        return self.operators.item(owner, index)

    def on_slice(self, node: ast.Slice) -> slice:
        parts = [
            None if part is None else self.operators.whole(self.evaluate(part))
            for part in (node.lower, node.upper, node.step)
        ]
        # A slice may hold any object, also another slice. Freeing slices that are nested very
        # deeply would overflow the C stack.
        if not all(part is None or isinstance(part, _IN_SLICES) for part in parts):
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
        self.state.at = node
        match chr(node.conversion) if node.conversion > 0 else "":
            case "s":
                value = self.runtime.texts.of(value)
            case "r":
                value = self.runtime.texts.representation(value)
            case "a":
                value = self.runtime.texts.representation(value, ascii)
        return self.runtime.texts.format_value(value, spec)

    def on_lambda(self, node: ast.Lambda) -> UserFunction:
        return self.function(node, "<lambda>")

    def function(self, node: ast.FunctionDef | ast.Lambda, name: str) -> UserFunction:
        defaults = tuple(self.evaluate(default) for default in node.args.defaults)
        named = {
            parameter.arg: self.evaluate(default)
            for parameter, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            if default is not None
        }
        made = UserFunction(
            self.runtime.statements.call_user,
            node,
            self.qualified(name),
            self.state.scope.enclosing(),
            names_assigned_in(node),
            defaults,
            named,
        )
        if self.state.scope.is_class:
            made.home = self.state.scope.home
        elif self.state.frames:  # what stands in a method belongs to the method's class
            made.home = self.state.frames[-1][0].home
        return made

    def qualified(self, name: str) -> str:
        """A function's or class's name with those of the functions and classes around it."""
        return f"{self.state.around}.{name}" if self.state.around else name

    def on_generator(self, node: ast.GeneratorExp) -> Any:
        return self.runtime.generators.of_expression(node)

    def on_yield(self, node: ast.Yield | ast.YieldFrom) -> Any:
        sent_as, values = getattr(node, "sent_as", None), self.state.scope.values
        if sent_as in values:
            return values[sent_as]
        raise SyntaxError("'yield' outside function", ("", node.lineno, node.col_offset + 1, ""))

    def on_comprehension(self, node: ast.ListComp | ast.SetComp) -> Any:
        made: list[Any] = []
        self.generate(node.generators, lambda: made.append(self.evaluate(node.elt)))
        self.budget.count_plain(made)
        if isinstance(node, ast.SetComp):
            return self.runtime.walking.set_of(made)
        return made

    def on_dict_comprehension(self, node: ast.DictComp) -> dict[Any, Any]:
        made: dict[Any, Any] = {}

        def add() -> None:
            key = self.evaluate(node.key)
            self.runtime.operators.check_compared(key)
            made[key] = self.evaluate(node.value)

        self.generate(node.generators, add)
        return self.budget.count_plain(made)  # type: ignore[no-any-return]

    def generate(self, generators: list[ast.comprehension], add: Callable[[], None]) -> None:
        """Run the loops of a comprehension in a scope of their own, which sees no names of a class
        body around it."""
        if any(loop.is_async for loop in generators):
            raise Refused("expression", "async")
        first = self.evaluate(generators[0].iter)
        outside, self.state.scope = (
            self.state.scope,
            Scope({}, self.state.scope.enclosing(), is_comprehension=True),
        )
        try:
            self._turn(generators, first, add)
        finally:
            self.state.scope = outside

    def _turn(
        self, generators: list[ast.comprehension], values: Any, add: Callable[[], None]
    ) -> None:
        loop, *inner = generators
        for item in self.runtime.walking.walk(values):
            self.budget.count_turn()
            self.bind(loop.target, item)
            if not loop.ifs or all(self.evaluate(test) for test in loop.ifs):
                if inner:
                    self._turn(inner, self.evaluate(inner[0].iter), add)
                else:
                    add()

    def bind(self, target: ast.expr, value: Any) -> dict[str, Any]:
        """Assign to a target, and return the values to show beside the line, by name. For
        x[i] = … that is the whole of x."""
        if target.__class__ is ast.Name:  # nearly always
            self.state.scope.bind(target.id, value)
            return {target.id: value}
        match target:
            case ast.Name():
                self.state.scope.bind(target.id, value)
                return {target.id: value}
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                return self._unpack(targets, value)
            case ast.Starred(value=inner):
                return self.bind(inner, value)
            case ast.Attribute(value=inner, attr=name):
                owner = self.evaluate(inner)
                self.state.at = target
                self.runtime.attributes.write(owner, name, value)
                return {path(target): value}
            case ast.Subscript(value=inner, slice=index):
                owner, place = self.evaluate(inner), self.evaluate(index)
                self.state.at = target
                self.runtime.operators.set_item(owner, place, value)
                return {path(inner): owner}
            case _:
                raise Refused("assignment", type(target).__name__)

    def _unpack(self, targets: list[ast.expr], value: Any) -> dict[str, Any]:
        count = len(targets)
        if (
            value.__class__ is tuple
            and len(value) == count
            and ast.Starred not in map(type, targets)
        ):
            return self._bind_each(targets, value)  # nearly always
        if not self.runtime.walking.may_walk(value) and not hasattr(type(value), "__iter__"):
            raise TypeError(f"cannot unpack non-iterable {python_name(value)} object")
        star = next((i for i, part in enumerate(targets) if isinstance(part, ast.Starred)), None)
        if star is None:  # of an endless iterator no more is taken than is needed to tell
            items = list(itertools.islice(self.runtime.walking.walk(value), count + 1))
        else:
            items = self.runtime.walking.items(value)
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
        return self._bind_each(targets, items)

    def _bind_each(self, targets: list[ast.expr], items: Sequence[Any]) -> dict[str, Any]:
        assigned: dict[str, Any] = {}
        for part, item in zip(targets, items, strict=True):
            if part.__class__ is ast.Name:
                self.state.scope.bind(part.id, item)
                assigned[part.id] = item
            else:
                assigned |= self.bind(part, item)
        return assigned

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
        ast.GeneratorExp: on_generator,
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
        ast.Yield: on_yield,
        ast.YieldFrom: on_yield,
    }
