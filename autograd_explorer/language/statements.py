"""Statements, over Python's own syntax tree, for the language that autograd tutorials use.

Statements that are not listed below are refused. The observer is told what each statement did.
"""

import ast
import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language import making_classes, matching, written
from autograd_explorer.language.functions import (
    UserFunction,
)
from autograd_explorer.language.imports import do_import
from autograd_explorer.language.influences import line_of_switch
from autograd_explorer.language.library import class_functions, value_classes
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.managers import SWITCHES, Managers
from autograd_explorer.language.preparing import yields
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.scopes import Scope, path
from autograd_explorer.language.signals import BREAK, CONTINUE, UNCATCHABLE, Return, Signal

# A report may send a message to a browser, so there is one for every 16 turns of a loop only.
REPORT_EVERY = 16


class Statements:
    """The statements of one run.

    .report  is called with the number of loop turns so far; None where nobody needs it
    """

    def __init__(self, runtime: Runtime, report: Callable[[int], object] | None) -> None:
        self.runtime = runtime
        self.budget = runtime.budget
        self.classes = runtime.classes
        self.library = runtime.library
        self.state = runtime.state
        self.report = report
        self.managers = Managers(runtime)
        self.influence = runtime.observer.influence

    def execute_module(self, body: list[ast.stmt]) -> None:
        signal = self.execute(body)
        if isinstance(signal, Return):
            raise SyntaxError("'return' outside function", ("", self.state.line, 1, ""))
        if signal is not None:
            raise SyntaxError("'break' or 'continue' outside loop", ("", self.state.line, 1, ""))

    def execute(self, body: list[ast.stmt]) -> Signal:
        state, count = self.state, self.budget.count_statement
        record = self.runtime.observer.statement
        for node in body:
            state.at = node
            count()
            handler = self.COMPOUND.get(node.__class__)
            if handler is not None:
                signal: Signal = handler(self, node)
            else:
                with record(node) as assigned:
                    signal = self.execute_simple(node, assigned)
            if signal is not None:
                return signal
        return None

    def execute_simple(self, node: ast.stmt, assigned: dict[str, Any]) -> Signal:
        """Execute a statement without a body; it fills in what it assigns or changes."""
        match node:
            case ast.Expr(value=call):
                value = self.runtime.expressions.evaluate(call)
                match call:
                    case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr[-1] == "_":
                        if isinstance(value, Tensor):
                            assigned[path(inner)] = value  # w.grad.zero_() returns w.grad
            case ast.Assign(targets=targets, value=right):
                value = self.runtime.expressions.evaluate(right)
                for target in targets:
                    assigned |= self.runtime.expressions.bind(target, value)
            case ast.AugAssign():
                assigned |= self.augment(node)
            case ast.AnnAssign(target=target, value=right):
                if self.state.scope.is_class and isinstance(target, ast.Name):
                    self.state.scope.annotated[target.id] = node.annotation
                if right is not None:
                    assigned |= self.runtime.expressions.bind(
                        target, self.runtime.expressions.evaluate(right)
                    )
            case ast.Return(value=result):
                return Return(None if result is None else self.runtime.expressions.evaluate(result))
            case ast.Import() | ast.ImportFrom():
                do_import(self.runtime, node)
            case ast.Pass():
                pass
            case ast.Break():
                return BREAK
            case ast.Continue():
                return CONTINUE
            case ast.Assert(test=test, msg=text):
                if not self.runtime.expressions.evaluate(test):
                    raise AssertionError(
                        *([] if text is None else [self.runtime.expressions.evaluate(text)])
                    )
            case ast.Raise():
                self.do_raise(node)
            case ast.Delete(targets=targets):
                for target in targets:
                    self.delete(target)
            case ast.Global() | ast.Nonlocal():
                self.state.scope.declare(node)
            case _:
                raise Refused("statement", type(node).__name__)
        return None

    def _augmented(self, node: ast.AugAssign, left: Any) -> Any:
        right = self.runtime.expressions.evaluate(node.value)
        self.state.at = node
        return self.runtime.operators.augmented(node.op, left, right)

    def augment(self, node: ast.AugAssign) -> dict[str, Any]:
        match node.target:
            case ast.Name(id=name):
                value = self._augmented(node, self.runtime.expressions.load(name))
                self.state.scope.bind(name, value)
                return {name: value}
            case ast.Attribute(value=inner, attr=attr):
                owner = self.runtime.expressions.evaluate(inner)
                value = self._augmented(node, self.runtime.attributes.read(owner, attr))
                self.runtime.attributes.write(owner, attr, value)
                return {path(node.target): value}
            case ast.Subscript(value=inner, slice=index):
                owner, place = (
                    self.runtime.expressions.evaluate(inner),
                    self.runtime.expressions.evaluate(index),
                )
                value = self._augmented(node, self.runtime.operators.item(owner, place))
                self.runtime.operators.set_item(owner, place, value)
                return {path(inner): owner}
        raise Refused("assignment", type(node.target).__name__)

    def delete(self, target: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                scope = self.state.scope.outer.get(name, self.state.scope)
                if name not in scope.values:
                    raise NameError(f"name {name!r} is not defined")
                del scope.values[name]
            case ast.Subscript(value=inner, slice=index):
                owner, place = (
                    self.runtime.expressions.evaluate(inner),
                    self.runtime.expressions.evaluate(index),
                )
                self.runtime.operators.delete_item(owner, place)
            case ast.Attribute(value=inner, attr=name):
                self.runtime.attributes.delete(self.runtime.expressions.evaluate(inner), name)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for part in targets:
                    self.delete(part)
            case _:
                raise Refused("statement", "del")

    def do_raise(self, node: ast.Raise) -> None:
        if node.exc is None:
            if self.state.handled is None:
                raise RuntimeError("No active exception to reraise")
            raise self.state.handled
        error = self.runtime.expressions.evaluate(node.exc)
        cause = None if node.cause is None else self.runtime.expressions.evaluate(node.cause)
        self.state.at = node
        if isinstance(cause, type) or (isinstance(cause, Function) and cause.cls is not None):
            cls = self.runtime.classes.class_of(cause)
            cause = cls() if issubclass(cls, (Exception, SystemExit)) else cause
        if isinstance(error, type) or (isinstance(error, Function) and error.cls is not None):
            cls = self.runtime.classes.class_of(error)
            error = cls() if issubclass(cls, (Exception, SystemExit)) else None
        if not isinstance(error, (Exception, SystemExit)):
            raise TypeError("exceptions must derive from BaseException")
        if node.cause is None:
            raise error
        if cause is not None and not isinstance(cause, (Exception, SystemExit)):
            raise TypeError("exception causes must derive from BaseException")
        raise error from cause

    def do_if(self, node: ast.If) -> Signal:
        test = self.influence.tested(self.runtime.expressions.evaluate(node.test))
        return self.execute(node.body if test else node.orelse)

    def do_match(self, node: ast.Match) -> Signal:
        case = self.case_of(node)
        return None if case is None else self.execute(case.body)

    def case_of(self, node: ast.Match) -> ast.match_case | None:
        """The first case that fits, whose names have then been bound."""
        subject = self.runtime.expressions.evaluate(node.subject)
        for case in node.cases:
            bound: dict[str, Any] = {}
            if not matching.fits(self.runtime, case.pattern, subject, bound):
                continue
            for name, value in bound.items():
                self.state.scope.bind(name, value)
            if case.guard is None or self.runtime.expressions.evaluate(case.guard):
                return case
        return None

    def do_for(self, node: ast.For) -> Signal:
        bind, record = self.runtime.expressions.bind, self.runtime.observer.statement
        for item in self.runtime.walking.walk(self.runtime.expressions.evaluate(node.iter)):
            self.state.at = node
            with record(node, header=True) as assigned:
                assigned |= bind(node.target, item)
            over, signal = self.turn(node)
            if over:
                return signal
        return self.execute(node.orelse)

    def do_while(self, node: ast.While) -> Signal:
        while self.influence.tested(self.runtime.expressions.evaluate(node.test)):
            over, signal = self.turn(node)
            if over:
                return signal
        return self.execute(node.orelse)

    def turn(self, node: ast.For | ast.While) -> tuple[bool, Signal]:
        """Run a loop's body once. Returns whether the loop is over, and how the body ended."""
        self.budget.count_turn()
        if self.report is not None and self.budget.turns % REPORT_EVERY == 0:
            self.report(self.budget.turns)
        signal = self.execute(node.body)
        self.state.at = node
        if signal is BREAK:
            return True, None
        return isinstance(signal, Return), signal if isinstance(signal, Return) else None

    def do_with(self, node: ast.With) -> Signal:
        with self.entered(node):
            return self.execute(node.body)
        return None  # where the manager has swallowed an exception

    @contextlib.contextmanager
    def entered(self, node: ast.With) -> Iterator[None]:
        """The block runs inside the context managers of a with statement."""
        with contextlib.ExitStack() as stack:
            for item in node.items:
                manager = self.runtime.expressions.evaluate(item.context_expr)
                self.state.at = node
                value = stack.enter_context(self.managers.of(manager))
                if isinstance(manager, SWITCHES):
                    self.influence.switch(item.context_expr.lineno)
                    stack.callback(self.influence.switch_back)
                if item.optional_vars is not None:
                    with self.runtime.observer.statement(node, header=True) as assigned:
                        assigned |= self.runtime.expressions.bind(item.optional_vars, value)
            yield

    def do_try(self, node: ast.Try) -> Signal:
        try:
            signal = self.execute(node.body)
            if signal is None:
                signal = self.execute(node.orelse)
        except UNCATCHABLE:
            raise
        except (Exception, SystemExit) as error:
            try:
                handler = self.handler_for(node, error)
                if handler is None:
                    raise
                with self.handling(handler, error):
                    signal = self.execute(handler.body)
            except UNCATCHABLE:
                raise
            except (Exception, SystemExit):
                at = self.state.at
                ended = self.execute(node.finalbody)
                if ended is not None:
                    return ended
                self.state.at = at  # the error stays where it was raised
                raise
        ended = self.execute(node.finalbody)
        return signal if ended is None else ended

    def handler_for(self, node: ast.Try, error: BaseException) -> ast.ExceptHandler | None:
        """The `except` that takes an exception, if there is one."""
        at = self.state.at
        self.state.fault = self.state.caller or at
        for handler in node.handlers:
            self.state.at = handler
            if handler.type is None:
                return handler
            named = self.runtime.expressions.evaluate(handler.type)
            if isinstance(error, self.runtime.classes.exceptions_of(named)):
                return handler
        self.state.at = at
        return None

    @contextlib.contextmanager
    def handling(self, handler: ast.ExceptHandler, error: BaseException) -> Iterator[None]:
        """The block handles an exception."""
        before, self.state.handled = self.state.handled, error
        if handler.name:
            self.state.scope.bind(handler.name, error)
        scope = self.state.scope
        try:
            yield
        finally:
            self.state.handled = before
            if handler.name:
                scope.values.pop(handler.name, None)
            # Frames of ours hold the exception that holds them: what the program's functions held
            # would be freed at the next collection only.
            error.__traceback__ = None

    def do_def(self, node: ast.FunctionDef) -> Signal:
        with self.runtime.observer.statement(node, header=True):
            value: Any = self.runtime.expressions.function(node, node.name)
            for decorator in reversed(node.decorator_list):
                value = self.decorate(decorator, value)
            self.state.scope.bind(node.name, value)
        return None

    def decorate(self, node: ast.expr, function: Any) -> Any:
        decorator = self.runtime.expressions.evaluate(node)
        self.state.at = node
        if isinstance(decorator, Function) and decorator.call in SWITCHES:
            decorator = decorator.call()  # @torch.no_grad, without parentheses
        if isinstance(decorator, Function) and decorator.kind != "special":
            raise Refused("decorator", ast.unparse(node)[:60])
        return self.runtime.calls.call_value(decorator, (function,), {})

    def do_class(self, node: ast.ClassDef) -> Signal:
        named_values = class_functions.keywords_of(self.runtime, node)
        named = [self.runtime.expressions.evaluate(base) for base in node.bases]
        named = making_classes.with_mixins(self.runtime, named)
        of_values = value_classes.is_of_values(named)
        if not of_values:
            for base in named:
                self.classes.base(base)  # refused before the body runs
        outside, around = self.state.scope, self.state.around
        self.state.scope = body = Scope({}, outside, is_class=True)
        self.state.around = qualified = self.runtime.expressions.qualified(node.name)
        try:
            self.execute(node.body)
            members = body.values
            documentation = ast.get_docstring(node, clean=False)
            if documentation is not None:
                members.setdefault("__doc__", documentation)
            annotations = body.annotated
            annotated = class_functions.fields_in(annotations)
        finally:
            self.state.scope, self.state.around = outside, around
        self.state.at = node
        if of_values:
            made: Any = value_classes.class_of_values(
                self.runtime, node.name, named, members, annotated
            )
            self.state.scope.bind(node.name, made)
            return None
        made = making_classes.define(
            self.runtime, node.name, qualified, named, members, annotations, named_values
        )
        if not body.home:
            body.home.append(made)
        for decorator in reversed(node.decorator_list):
            made = self.decorate(decorator, made)
        self.state.scope.bind(node.name, made)
        return None

    COMPOUND: Mapping[type, Callable[..., Signal]] = {
        ast.ClassDef: do_class,
        ast.For: do_for,
        ast.FunctionDef: do_def,
        ast.If: do_if,
        ast.Match: do_match,
        ast.Try: do_try,
        ast.While: do_while,
        ast.With: do_with,
    }

    # Calls of the program's own functions

    @contextlib.contextmanager
    def _switched(self, function: UserFunction) -> Iterator[None]:
        """The block runs under the grad mode of the function's decorator."""
        with function.switch.clone():
            self.influence.switch(line_of_switch(function))
            try:
                yield
            finally:
                self.influence.switch_back()

    def call_user(
        self, function: UserFunction, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        self.budget.check_time()
        bound = function.bind(args, kwargs)
        if yields(function.node):
            return self.runtime.generators.of_function(function, bound)
        state, running = self.state, self.runtime.observer.locals
        outside, around, at, caller = state.scope, state.around, state.at, state.caller
        state.caller = written.caller_of(function.node, state)
        # A copy, because super() needs the first argument even if its name is assigned anew.
        state.frames.append((function, dict(bound)))
        running.append(bound)
        state.scope = Scope(bound, function.closure, function.own)
        state.around = f"{function.qualified}.<locals>"
        self.influence.entered(bound)
        state.depth += 1
        try:
            self.budget.check_depth(state.depth)
            if function.switch:
                with self._switched(function):
                    result = self._result_of(function.node)
            else:
                result = self._result_of(function.node)
        finally:
            state.depth -= 1
            state.frames.pop()
            running.pop()
            state.scope, state.around, state.caller = outside, around, caller
            written.leave(function.node, state, at)
        if at is not None:
            state.at = at
        return result

    def _result_of(self, node: Any) -> Any:
        if node.__class__ is ast.Lambda:
            return self.runtime.expressions.evaluate(node.body)
        signal = self.execute(node.body)
        return signal.value if signal.__class__ is Return else None
