"""An interpreter over Python's own syntax tree, for the language that autograd tutorials use.

It knows the statements below, and the expressions of expressions, and no others; it
reaches values only through allowed. The arithmetic, the printing, the graph and the
exceptions are Python's and PyTorch's own.
"""

import ast
import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.errors import ProgramError, Refused
from autograd_explorer.language.crossing import may_stand_in_class
from autograd_explorer.language.expressions import Expressions
from autograd_explorer.language.functions import (
    Bound,
    UserFunction,
    build_class,
    check_bases,
    check_members,
)
from autograd_explorer.language.library import table as allowed
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.scopes import Scope, path
from autograd_explorer.records import Failure, Heard


@dataclass(frozen=True, slots=True)
class _Return:
    value: Any


class _Break:
    pass


class _Continue:
    pass


# How a statement ended, if not by coming to its end.
Signal = _Return | _Break | _Continue | None
_BREAK, _CONTINUE = _Break(), _Continue()
_UNCATCHABLE = (ProgramError, RecursionError, MemoryError)
_SWITCHES: tuple[Any, ...] = (
    torch.no_grad, torch.enable_grad, torch.inference_mode, torch.set_grad_enabled,
)  # fmt: skip


# Turns between two reports: a report may be a message to a browser.
REPORT_EVERY = 16


class Interpreter(Expressions):
    """Executes statements; what they do is in .recorder.

    .report  told how many loop turns were taken, if anybody wants to know
    """

    report: Callable[[int], object] | None = None

    def failure(self, error: BaseException, message: str, kind: Any, key: str = "") -> Failure:
        """The failure at the place where execution stands."""
        line, column = getattr(self.at, "lineno", 1), getattr(self.at, "col_offset", 0) + 1
        words = message.encode(errors="backslashreplace").decode()
        return Failure(line, column, type(error).__name__, words, kind, key)

    def heard(self, category: str, words: str) -> None:
        """A warning, at the line where execution stands."""
        self.recorder.heard.append(Heard(self.line, category, words))

    def execute_module(self, body: list[ast.stmt]) -> None:
        signal = self.execute(body)
        if isinstance(signal, _Return):
            raise SyntaxError("'return' outside function", ("", self.line, 1, ""))
        if signal is not None:
            raise SyntaxError("'break' or 'continue' outside loop", ("", self.line, 1, ""))

    def execute(self, body: list[ast.stmt]) -> Signal:
        for node in body:
            self.at = node
            handler = self.COMPOUND.get(type(node))
            if handler is not None:
                self.budget.count_statement()
                signal: Signal = handler(self, node)
            else:
                self.budget.count_statement()
                with self.recorder.statement(node) as assigned:
                    signal = self.execute_simple(node, assigned)
            if signal is not None:
                return signal
        return None

    def execute_simple(self, node: ast.stmt, assigned: dict[str, Any]) -> Signal:
        """Execute a statement without a body; it fills in what it assigns or changes."""
        match node:
            case ast.Expr(value=call):
                value = self.evaluate(call)
                match call:
                    case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr[-1] == "_":
                        if isinstance(value, Tensor):
                            assigned[path(inner)] = value  # w.grad.zero_() returns w.grad
            case ast.Assign(targets=targets, value=right):
                value = self.evaluate(right)
                for target in targets:
                    assigned |= self.bind(target, value)
            case ast.AugAssign():
                assigned |= self.augment(node)
            case ast.AnnAssign(target=target, value=right):
                if right is not None:
                    assigned |= self.bind(target, self.evaluate(right))
            case ast.Return(value=result):
                return _Return(None if result is None else self.evaluate(result))
            case ast.Import() | ast.ImportFrom():
                self.do_import(node)
            case ast.Pass():
                pass
            case ast.Break():
                return _BREAK
            case ast.Continue():
                return _CONTINUE
            case ast.Assert(test=test, msg=text):
                if not self.evaluate(test):
                    raise AssertionError(*([] if text is None else [self.evaluate(text)]))
            case ast.Raise():
                self.do_raise(node)
            case ast.Delete(targets=targets):
                for target in targets:
                    self.delete(target)
            case ast.Global() | ast.Nonlocal():
                self.scope.declare(node)
            case _:
                raise Refused("statement", type(node).__name__)
        return None

    def augment(self, node: ast.AugAssign) -> dict[str, Any]:
        match node.target:
            case ast.Name(id=name):
                value = self.augmented(node, self.load(name))
                self.scope.bind(name, value)
                return {name: value}
            case ast.Attribute(value=inner, attr=attr):
                owner = self.evaluate(inner)
                value = self.augmented(node, self.attributes.read(owner, attr))
                self.attributes.write(owner, attr, value)
                return {path(node.target): value}
            case ast.Subscript(value=inner, slice=index):
                owner, place = self.evaluate(inner), self.evaluate(index)
                value = self.augmented(node, self.item(owner, place))
                self.set_item(owner, place, value)
                return {path(inner): owner}
        raise Refused("assignment", type(node.target).__name__)

    def delete(self, target: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                scope = self.scope.outer.get(name, self.scope)
                if name not in scope.values:
                    raise NameError(f"name {name!r} is not defined")
                del scope.values[name]
            case ast.Subscript(value=inner, slice=index):
                owner, place = self.evaluate(inner), self.evaluate(index)
                if not isinstance(owner, list | dict):
                    raise Refused("statement", "del")
                del owner[place]
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for part in targets:
                    self.delete(part)
            case _:
                raise Refused("statement", "del")

    def do_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            if isinstance(node, ast.ImportFrom):
                path = f"{node.module}.{alias.name}"
                if node.level or (path not in allowed.MODULES and path not in allowed.NAMES):
                    raise Refused("import", path if not node.level else "." * node.level)
                value = Namespace(path) if path in allowed.MODULES else allowed.NAMES[path]
                self.scope.bind(alias.asname or alias.name, value)
                continue
            if alias.name not in allowed.MODULES:
                raise Refused("import", alias.name)
            # `import torch.nn` binds torch
            self.scope.bind(name, Namespace(alias.name if alias.asname else name))

    def do_raise(self, node: ast.Raise) -> None:
        if node.exc is None:
            if self.handled is None:
                raise RuntimeError("No active exception to reraise")
            raise self.handled
        error = self.evaluate(node.exc)
        cause = None if node.cause is None else self.evaluate(node.cause)
        self.at = node
        if isinstance(error, Function | type):
            cls = self.class_of(error)
            error = cls() if issubclass(cls, Exception) else None
        if not isinstance(error, Exception):
            raise TypeError("exceptions must derive from BaseException")
        raise error from cause if isinstance(cause, Exception) else None

    handled: Exception | None = None

    # Statements with a body

    def do_if(self, node: ast.If) -> Signal:
        test = bool(self.evaluate(node.test))
        return self.execute(node.body if test else node.orelse)

    def do_for(self, node: ast.For) -> Signal:
        for item in self.walk(self.evaluate(node.iter)):
            self.at = node
            with self.recorder.statement(node, header=True) as assigned:
                assigned |= self.bind(node.target, item)
            over, signal = self.turn(node)
            if over:
                return signal
        return self.execute(node.orelse)

    def do_while(self, node: ast.While) -> Signal:
        while self.evaluate(node.test):
            over, signal = self.turn(node)
            if over:
                return signal
        return self.execute(node.orelse)

    def turn(self, node: ast.For | ast.While) -> tuple[bool, Signal]:
        """Run a loop's body once: whether the loop is over, and how it ended."""
        self.budget.count_turn()
        if self.report is not None and self.budget.turns % REPORT_EVERY == 0:
            self.report(self.budget.turns)
        signal = self.execute(node.body)
        self.at = node
        if signal is _BREAK:
            return True, None
        return isinstance(signal, _Return), signal if isinstance(signal, _Return) else None

    def do_with(self, node: ast.With) -> Signal:
        with contextlib.ExitStack() as stack:
            for item in node.items:
                manager = self.evaluate(item.context_expr)
                self.at = node
                if not _is_context(manager):
                    raise Refused("statement", "With")
                if item.optional_vars is not None:
                    raise Refused("statement", "With … as")
                stack.enter_context(manager)
            return self.execute(node.body)

    def do_try(self, node: ast.Try) -> Signal:
        try:
            signal = self.execute(node.body)
            if signal is None:
                signal = self.execute(node.orelse)
        except _UNCATCHABLE:
            raise
        except Exception as error:
            try:
                signal = self.handle(node, error)
            except _UNCATCHABLE:
                raise
            except Exception:
                ended = self.execute(node.finalbody)
                if ended is not None:
                    return ended
                raise
        ended = self.execute(node.finalbody)
        return signal if ended is None else ended

    def handle(self, node: ast.Try, error: Exception) -> Signal:
        at = self.at
        for handler in node.handlers:
            self.at = handler
            if handler.type is not None:
                classes = self.class_of(self.evaluate(handler.type))
                if not isinstance(error, classes):
                    continue
            before, self.handled = self.handled, error
            if handler.name:
                self.scope.bind(handler.name, error)
            try:
                return self.execute(handler.body)
            finally:
                self.handled = before
                if handler.name:
                    self.scope.values.pop(handler.name, None)
        self.at = at
        raise error

    def do_def(self, node: ast.FunctionDef) -> Signal:
        with self.recorder.statement(node, header=True):
            value: Any = self.function(node, node.name)
            for decorator in reversed(node.decorator_list):
                value = self.decorate(decorator, value)
            self.scope.bind(node.name, value)
        return None

    def decorate(self, node: ast.expr, function: Any) -> Any:
        decorator = self.evaluate(node)
        self.at = node
        if isinstance(decorator, Function):
            if decorator.cls in (staticmethod, classmethod, property):
                if not isinstance(function, UserFunction | Bound):
                    raise Refused("decorator", ast.unparse(node)[:60])
                return decorator.cls(function)
            if decorator.call in _SWITCHES:
                decorator = decorator.call()  # @torch.no_grad, without parentheses
        if isinstance(decorator, _SWITCHES) and isinstance(function, UserFunction):
            return function.inside(decorator)
        if isinstance(decorator, UserFunction) or (
            isinstance(decorator, Function) and decorator.name == "once_differentiable"
        ):
            return self.call_value(decorator, (function,), {})
        raise Refused("decorator", ast.unparse(node)[:60])

    def do_class(self, node: ast.ClassDef) -> Signal:
        if node.keywords:
            raise Refused("class", f"{node.name}({node.keywords[0].arg}=…)")
        bases = tuple(self.base(self.evaluate(base)) for base in node.bases)
        check_bases(node.name, bases or (object,), self.classes)
        outside, around = self.scope, self.around
        self.scope = Scope({}, outside, is_class=True)
        self.around = qualified = self.qualified(node.name)
        try:
            self.execute(node.body)
            members = self.scope.values
        finally:
            self.scope, self.around = outside, around
        self.at = node
        for name, value in members.items():
            if not may_stand_in_class(value, self.classes):
                raise Refused("member", f"{node.name}.{name} = {type(value).__name__}")
        check_members(node.name, bases, members, self.classes)
        made: Any = build_class(node.name, qualified, bases, members)
        self.classes[made] = dict(members)
        for decorator in reversed(node.decorator_list):
            made = self.decorate(decorator, made)
        self.scope.bind(node.name, made)
        return None

    def base(self, named: Any) -> type:
        """What a class may be made from: modules, autograd.Function, exceptions, its own kind."""
        if isinstance(named, type) and named in self.classes:
            return named
        cls = named.cls if isinstance(named, Function) else None
        if cls is not None and cls not in allowed.ENTRY_OF:
            # type(x) leads to classes of no name here: what reads a SyntaxError trusts its parts.
            raise Refused("class", f"({_shown(named)})")
        roots = (nn.Module, torch.autograd.Function, Exception)
        if cls is object or (cls is not None and issubclass(cls, roots)):
            return cls
        raise Refused("class", f"({_shown(named)})")

    COMPOUND: Mapping[type, Callable[..., Signal]] = {
        ast.ClassDef: do_class,
        ast.For: do_for,
        ast.FunctionDef: do_def,
        ast.If: do_if,
        ast.Try: do_try,
        ast.While: do_while,
        ast.With: do_with,
    }

    # Calls of the program's own functions

    def call_user(
        self, function: UserFunction, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        self.budget.check_time()
        bound = function.bind(args, kwargs)
        outside, around, at = self.scope, self.around, self.at
        with self.deeper(), self.inside(function, bound):
            self.scope = Scope(bound, function.closure, function.own)
            self.around = f"{function.qualified}.<locals>"
            try:
                if isinstance(function.node, ast.Lambda):
                    result = self.evaluate(function.node.body)
                else:
                    signal = self.execute(function.node.body)
                    result = signal.value if isinstance(signal, _Return) else None
            finally:
                self.scope, self.around = outside, around
        if at is not None:
            self.at = at
        return result

    @contextlib.contextmanager
    def inside(self, function: UserFunction, bound: dict[str, Any]) -> Iterator[None]:
        # A copy: the parameters may be bound anew, and super() asks for the first one.
        self.calls.append((function, dict(bound)))
        self.recorder.locals.append(bound)
        try:
            with function.switch.clone() if function.switch else contextlib.nullcontext():
                yield
        finally:
            self.calls.pop()
            self.recorder.locals.pop()


def _is_context(value: Any) -> bool:
    return isinstance(value, (*_SWITCHES, torch.autograd.graph.saved_tensors_hooks))


def _shown(value: Any) -> str:
    return value.name if isinstance(value, Function) else type(value).__name__
