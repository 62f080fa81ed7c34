"""One run of a program: its limits, its state, and the parts of the interpreter that execute it."""

import ast
import builtins
from collections.abc import Callable
from typing import Any, cast

from autograd_explorer.language.addresses import Addresses
from autograd_explorer.language.attributes import Attributes
from autograd_explorer.language.belongings import Belongings
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.budget.randomness import Randomness
from autograd_explorer.language.budget.tensor_sizes import Foresight
from autograd_explorer.language.calls import Calls
from autograd_explorer.language.classes import Classes
from autograd_explorer.language.expressions import Expressions
from autograd_explorer.language.generators import Generators
from autograd_explorer.language.heard_warnings import collect, hearing
from autograd_explorer.language.library.entry import Library
from autograd_explorer.language.modules import RUNNING
from autograd_explorer.language.operators import Operators
from autograd_explorer.language.runtime import Observer
from autograd_explorer.language.scopes import Scope
from autograd_explorer.language.settings import taking_part
from autograd_explorer.language.state import State
from autograd_explorer.language.statements import Statements
from autograd_explorer.language.texts import Texts
from autograd_explorer.language.walking import Walking
from autograd_explorer.language.written import Quiet
from autograd_explorer.records import Failure

_LONGEST_NAME = 80  # of an exception's class, which a program may have named


class Interpreter:
    """Executes one program. It implements `Runtime`, through which its parts call one another.

    budget    what the run may take, and has taken
    library   all names that the program may use
    observer  told of everything that the program does
    report    called with the number of loop turns so far, every few turns
    """

    def __init__(
        self,
        budget: Budget,
        library: Library,
        observer: Observer,
        report: Callable[[int], object] | None = None,
    ) -> None:
        self.budget = budget
        self.foresight = Foresight(budget)
        self.randomness = Randomness()
        self.belongings = Belongings()
        self.library = library
        self._observer = observer
        self._quiet = cast(Observer, Quiet(observer))
        observer.influence.at = lambda: self.state.at
        self.addresses = Addresses()
        self.classes = Classes(budget, library)
        self.state = State(Scope(observer.variables))
        self.attributes = Attributes(self)
        self.calls = Calls(self)
        self.operators = Operators(self)
        self.walking = Walking(self)
        self.texts = Texts(self)
        self.expressions = Expressions(self)
        self.statements = Statements(self, report)
        self.generators = Generators(self)

    @property
    def observer(self) -> Observer:
        """While a module of library/written/ runs, one that is told nothing of its statements."""
        return self._observer if self.state.caller is None else self._quiet

    def execute(self, body: list[ast.stmt]) -> None:
        """Run the statements of a module. Raises what the program raises, and what stops it."""
        token = RUNNING.set(self.calls)
        module = ast.Module(body, [])
        self.belongings.documentation = ast.get_docstring(module, clean=False)
        try:
            with taking_part(self), hearing(self._hear):
                self.statements.execute_module(body)
            if self.budget.stopped is not None:  # in a generator that Python freed at the end
                raise self.budget.stopped
        finally:
            self.state.over = True
            for stack in reversed(self.belongings.stacks):
                stack.close()
            RUNNING.reset(token)

    def _hear(self, category: str, words: str) -> None:
        own = self.belongings
        if own.on_warning == "ignore":
            return
        cls = getattr(builtins, category, UserWarning)
        if own.on_warning == "error":
            raise cls(words)
        if own.heard is None:
            self.observer.hear(self.state.line, category, words)
        else:
            collect(self, cls, words)

    def failure(self, error: BaseException, message: str, kind: Any, key: str = "") -> Failure:
        """The failure at the place where execution stands."""
        at = self.state.at
        line, column = _place_of(at)
        words = message.encode(errors="backslashreplace").decode()
        return Failure(line, column, type(error).__name__[:_LONGEST_NAME], words, kind, key)


def _place_of(at: ast.AST | None) -> tuple[int, int]:
    """Line and column, from 1. Where a method fails in a chain over several lines, it is the line
    with the method's own name, as in Python."""
    named = at.func if isinstance(at, ast.Call) else at
    if isinstance(named, ast.Attribute) and named.end_lineno != named.lineno:
        return named.end_lineno or 1, (named.end_col_offset or 0) - len(named.attr) + 1
    return getattr(at, "lineno", 1), getattr(at, "col_offset", 0) + 1
