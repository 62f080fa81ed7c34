"""Generators: functions of the program that contain a `yield`, and generator expressions.

A generator of the program is a real Python generator, which hands out one value and then rests.
While it rests the program goes on elsewhere, so the position of the run is exchanged whenever the
generator goes on and whenever it stops.
"""

import ast
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from autograd_explorer.errors import ProgramError, Refused
from autograd_explorer.language import written
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.preparing import SENT, YIELDS, nested_yields, yields
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.scopes import Scope
from autograd_explorer.language.signals import BREAK, UNCATCHABLE, Return, Signal

# What the objects of a generator take: two of Python's, and a scope.
_BYTES = 1500

Steps = Generator[Any, Any, Any]


@dataclass(slots=True)
class _Place:
    """Where a generator goes on: the function with its arguments, if it belongs to one."""

    scope: Scope
    around: str
    frame: tuple[UserFunction, dict[str, Any]] | None
    switch: Any = None


class Generators:
    """The generators of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.budget = runtime.budget
        self.state = runtime.state

    def of_function(self, function: UserFunction, bound: dict[str, Any]) -> Steps:
        """What a call of a function with a `yield` gives: nothing of its body has run yet."""
        scope = Scope(bound, function.closure, function.own)
        around = f"{function.qualified}.<locals>"
        place = _Place(scope, around, (function, dict(bound)), function.switch)
        body: Any = function.node.body
        return self._named(self._body(body), place, function.qualified)

    def of_expression(self, node: ast.GeneratorExp) -> Steps:
        """(… for … in …): the first values to loop over are asked for at once, as Python does."""
        if any(loop.is_async for loop in node.generators):
            raise Refused("expression", "async")
        first = self.runtime.walking.walk(
            self.runtime.expressions.evaluate(node.generators[0].iter)
        )
        state = self.state
        scope = Scope({}, state.scope.enclosing(), is_comprehension=True)
        place = _Place(scope, state.around, state.frames[-1] if state.frames else None)
        name = self.runtime.expressions.qualified("<genexpr>")
        return self._named(self._turns(node.generators, first, node.elt), place, name)

    @property
    def is_over(self) -> bool:
        """Whether the run has ended or is about to. A generator may be freed later than that."""
        return self.state.over or self.budget.stopped is not None

    def _named(self, steps: Steps, place: _Place, name: str) -> Steps:
        self.budget.count_bytes(_BYTES)
        made: Any = self._driven(steps, place)
        made.__name__ = name.rpartition(".")[2]
        made.__qualname__ = name
        return made  # type: ignore[no-any-return]

    def _driven(self, steps: Steps, place: _Place) -> Steps:
        """Go on with the steps, each time at their own place in the program."""
        go: Callable[[], Any] = partial(next, steps)
        while True:
            with self._at(place):
                try:
                    value = go()
                except StopIteration as end:
                    return end.value.value if isinstance(end.value, Return) else None
            try:
                sent = yield value
                go = partial(steps.send, sent)
            except GeneratorExit:
                # Freed or closed. Once the run is over, nothing of the program may run any more.
                if not self.is_over:
                    try:
                        with self._at(place):
                            steps.close()
                    except ProgramError as error:
                        # Python drops what is raised while it frees a generator.
                        self.budget.stopped = error
                raise
            except BaseException as error:
                go = partial(steps.throw, error)

    @contextmanager
    def _at(self, place: _Place) -> Iterator[None]:
        """The block runs at the generator's place in the program."""
        self.budget.check_time()
        state, running = self.state, self.runtime.observer.locals
        outside, around, at, frame = state.scope, state.around, state.at, place.frame
        caller, node = state.caller, frame and frame[0].node
        state.caller = written.caller_of(node, state)
        if frame is not None:
            state.frames.append(frame)
            running.append(place.scope.values)
        state.scope, state.around = place.scope, place.around
        switch = place.switch.clone() if place.switch else nullcontext()
        try:
            with self.runtime.calls.deeper(), switch:
                yield
        finally:
            if frame is not None:
                state.frames.pop()
                running.pop()
            state.scope, state.around, state.caller = outside, around, caller
            written.leave(node, state, at)
        state.at = at if at is not None else state.at

    def _turns(self, loops: list[ast.comprehension], values: Any, element: ast.expr) -> Steps:
        loop, *inner = loops
        expressions = self.runtime.expressions
        for item in values:
            self.budget.count_turn()
            expressions.bind(loop.target, item)
            if all(expressions.evaluate(test) for test in loop.ifs):
                if inner:
                    following = self.runtime.walking.walk(expressions.evaluate(inner[0].iter))
                    yield from self._turns(inner, following, element)
                else:
                    yield expressions.evaluate(element)

    # Statements with a `yield` in them. The others are executed as everywhere else.

    def _body(self, body: list[ast.stmt]) -> Generator[Any, Any, Signal]:
        statements = self.runtime.statements
        for node in body:
            if not yields(node):
                signal = statements.execute([node])
            else:
                self.state.at = node
                self.budget.count_statement()
                signal = yield from self.HANDLERS.get(type(node), Generators._simple)(self, node)
            if signal is not None:
                return signal
        return None

    def _simple(self, node: ast.stmt) -> Generator[Any, Any, Signal]:
        """`yield x`, `y = yield x`, `return (yield x)`: what is sent in is put in its place."""
        value = getattr(node, "value", None)
        if isinstance(node, ast.AugAssign) or not isinstance(value, YIELDS):
            return (yield from self._nested(node))
        sent = yield from self._yielded(value)
        self.state.at = node
        with self.runtime.observer.statement(node) as assigned:
            match node:
                case ast.Expr():
                    pass
                case ast.Return():
                    return Return(sent)
                case ast.Assign(targets=targets):
                    for target in targets:
                        assigned |= self.runtime.expressions.bind(target, sent)
                case ast.AnnAssign(target=target):
                    assigned |= self.runtime.expressions.bind(target, sent)
                case _:
                    raise Refused("expression", f"{type(node).__name__}(… yield …)")
        return None

    def _nested(self, node: ast.stmt) -> Generator[Any, Any, Signal]:
        """`total += (yield total)`, `print((yield))`: each `yield` comes first, and the statement
        is then executed with what has been sent in."""
        values, asked = self.state.scope.values, nested_yields(node)
        try:
            for i, part in enumerate(asked):
                sent = yield from self._yielded(part)
                values[f"{SENT}{i}"] = sent
                part.sent_as = f"{SENT}{i}"  # type: ignore[union-attr]
            self.state.at = node
            return self.runtime.statements.execute([node])
        finally:
            for i in range(len(asked)):
                values.pop(f"{SENT}{i}", None)

    def _yielded(self, node: ast.Yield | ast.YieldFrom) -> Steps:
        evaluate = self.runtime.expressions.evaluate
        inner = node.value
        if inner is not None and yields(inner):
            raise Refused("expression", "yield (… yield …)")
        value = None if inner is None else evaluate(inner)
        if isinstance(node, ast.Yield):
            return (yield value)
        walked = self.runtime.walking.walk(value)
        if isinstance(walked, Generator):
            return (yield from walked)
        for item in walked:
            self.budget.count_turn()
            yield item
        return None

    def _if(self, node: ast.If) -> Generator[Any, Any, Signal]:
        self._check_header(node.test)
        test = bool(self.runtime.expressions.evaluate(node.test))
        return (yield from self._body(node.body if test else node.orelse))

    def _match(self, node: ast.Match) -> Generator[Any, Any, Signal]:
        self._check_header(node.subject)
        case = self.runtime.statements.case_of(node)
        return None if case is None else (yield from self._body(case.body))

    def _for(self, node: ast.For) -> Generator[Any, Any, Signal]:
        self._check_header(node.iter)
        expressions = self.runtime.expressions
        for item in self.runtime.walking.walk(expressions.evaluate(node.iter)):
            self.state.at = node
            with self.runtime.observer.statement(node, header=True) as assigned:
                assigned |= expressions.bind(node.target, item)
            self.budget.count_turn()
            signal = yield from self._body(node.body)
            if signal is BREAK:
                return None
            if isinstance(signal, Return):
                return signal
            self.state.at = node
        return (yield from self._body(node.orelse))

    def _while(self, node: ast.While) -> Generator[Any, Any, Signal]:
        self._check_header(node.test)
        while self.runtime.expressions.evaluate(node.test):
            self.budget.count_turn()
            signal = yield from self._body(node.body)
            if signal is BREAK:
                return None
            if isinstance(signal, Return):
                return signal
            self.state.at = node
        return (yield from self._body(node.orelse))

    def _with(self, node: ast.With) -> Generator[Any, Any, Signal]:
        with self.runtime.statements.entered(node):
            return (yield from self._body(node.body))

    def _try(self, node: ast.Try) -> Generator[Any, Any, Signal]:
        statements = self.runtime.statements
        try:
            try:
                signal = yield from self._body(node.body)
                if signal is None:
                    signal = yield from self._body(node.orelse)
            except UNCATCHABLE:
                raise
            except Exception as error:
                handler = statements.handler_for(node, error)
                if handler is None:
                    raise
                with statements.handling(handler, error):
                    signal = yield from self._body(handler.body)
        except UNCATCHABLE:
            raise
        except (Exception, GeneratorExit) as error:
            if isinstance(error, GeneratorExit) and self.is_over:
                raise
            ended = yield from self._body(node.finalbody)
            if ended is not None:
                return ended
            raise
        ended = yield from self._body(node.finalbody)
        return signal if ended is None else ended

    def _check_header(self, node: ast.expr) -> None:
        if yields(node):
            raise Refused("expression", "yield in the head of a statement")

    HANDLERS: Mapping[type, Callable[..., Generator[Any, Any, Signal]]] = {
        ast.For: _for,
        ast.If: _if,
        ast.Match: _match,
        ast.Try: _try,
        ast.While: _while,
        ast.With: _with,
    }
