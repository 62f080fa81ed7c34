"""Protocols: the methods that each part of the interpreter offers to the other parts.

An interpreter is put together from parts that each do one thing (attributes, calls, operators,
walking, texts, expressions, statements). None of them imports another: each receives the whole
interpreter as a `Runtime` and calls the other parts through it. The functions in library/ that
need the running interpreter receive the same object. So this file also lists everything that
those functions can do.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from torch import Tensor, nn

from autograd_explorer.language.addresses import Addresses
from autograd_explorer.language.belongings import Belongings
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.budget.randomness import Randomness
from autograd_explorer.language.budget.tensor_sizes import Foresight
from autograd_explorer.language.classes import Classes
from autograd_explorer.language.influences import Influences
from autograd_explorer.language.library.entry import Function, Library, Members
from autograd_explorer.language.signals import Signal
from autograd_explorer.language.state import State


class Followed(Protocol):
    """Told of each call of a module: when it begins, and when it ends."""

    def enter(self, module: nn.Module) -> None: ...

    def leave(self) -> None: ...


class Observer(Protocol):
    """Receives a call for everything that a program does, at the moment when the program does it.

    .variables   the variables of the program's module
    .locals      those of its functions that are running, innermost last
    .read_saved  False once the program has set hooks on saved tensors: reading a saved tensor
                 would then run the program's own unpack function
    .modules     told of each call of a module, when it begins and when it ends
    .influence   told of each value, what it was made from
    """

    variables: dict[str, Any]
    locals: list[dict[str, Any]]
    read_saved: bool

    @property
    def modules(self) -> Followed: ...

    @property
    def influence(self) -> Influences: ...

    def statement(
        self, node: ast.stmt, header: bool = False
    ) -> AbstractContextManager[dict[str, Any]]:
        """The block executes a statement, and fills in what it assigns, by name."""
        ...

    def place(self, tensor: Tensor, line: int) -> None:
        """A tensor was made, or changed in place, on a line."""
        ...

    def write(self, text: str) -> None:
        """A text was printed."""
        ...

    def hear(self, line: int, category: str, words: str) -> None:
        """A warning was given on a line."""
        ...

    def hook_set(self) -> None:
        """The program has set a hook that a backward pass will run: it may replace a gradient."""
        ...

    def backward(self, tensor: Tensor, **options: Any) -> None:
        """Run tensor.backward(**options)."""
        ...

    def gradients(self, output: Tensor, call: Callable[[], Any], again: bool = False) -> Any:
        """Run a call that takes gradients from one output, and return what it returns. `again`
        says whether they can be differentiated again."""
        ...

    def notice(self, event: str, line: int, *things: Any) -> None:
        """Something happened that no statement or pass tells; recording/noticed.py lists what."""
        ...

    def guarding(
        self, outputs: Iterable[Any], captured: bool = True
    ) -> AbstractContextManager[None]:
        """The block runs a backward from several outputs, captured by autograd.grad."""
        ...

    def watch_nodes(self, outputs: Iterable[Any]) -> Any:
        """Look at the clock whenever a backward reaches a node behind these tensors."""
        ...


class NamesOnModules(Protocol):
    """The names that PyTorch itself has put on its modules: module_names.py."""

    def check(self, module: nn.Module, name: Any, new: Any) -> None: ...

    def initialising(self, base: type, instance: nn.Module) -> AbstractContextManager[None]: ...


class AttributeLookup(Protocol):
    """`owner.name`, by the tables of attribute_rules.py."""

    @property
    def on_modules(self) -> NamesOnModules: ...

    def read(self, value: Any, name: str) -> Any: ...

    def find(self, value: Any, name: str) -> Any: ...

    def own(self, value: Any, name: str) -> Any: ...

    def special(self, value: Any, name: str) -> Any: ...

    def class_member(self, cls: type, name: str) -> Any: ...

    def write(self, value: Any, name: str, new: Any, directly: bool = False) -> None: ...

    def delete(self, value: Any, name: str, directly: bool = False) -> None: ...

    def method(self, owner: Any, name: str) -> tuple[Any, tuple[Any, ...]]: ...

    def members(self, cls: type) -> Members: ...

    def learn(self, cls: type, members: Members) -> None: ...

    def learn_class(self, cls: type, members: Mapping[str, Any]) -> None: ...

    def named(self, path: str) -> Any: ...


class Calling(Protocol):
    """Calls, and what crosses into native code."""

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def call_value(self, callee: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def call_module(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any: ...

    def call_native_module(
        self,
        module: nn.Module,
        call: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any: ...

    def ready_for(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]: ...

    def instantiate(self, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def initialise(self, base: type, instance: Any, *args: Any, **kwargs: Any) -> None: ...

    def native(self, value: Any, kind: str = "plain") -> Any: ...

    def callback(self, value: Any) -> Any: ...

    def check_device(self, value: Any) -> None: ...

    def made(self, result: Any) -> Any: ...

    def made_module(self, module: Any) -> Any: ...

    def count_made(self, tensor: Tensor) -> None: ...

    def deeper(self) -> AbstractContextManager[None]: ...

    def around_super(self) -> tuple[type, Any]: ...


class Operating(Protocol):
    """Operators and subscripts, on whatever they are given."""

    def add(self, left: Any, right: Any) -> Any: ...

    def times(self, left: Any, right: Any) -> Any: ...

    def power(self, left: Any, right: Any) -> Any: ...

    def binary(self, node: ast.operator, left: Any, right: Any) -> Any: ...

    def augmented(self, node: ast.operator, left: Any, right: Any) -> Any: ...

    def unary(self, node: ast.unaryop, value: Any) -> Any: ...

    def compare(self, node: ast.cmpop, left: Any, right: Any) -> Any: ...

    def check_compared(self, *values: Any) -> None: ...

    def whole(self, value: Any) -> Any: ...

    def item(self, owner: Any, index: Any) -> Any: ...

    def set_item(self, owner: Any, index: Any, value: Any) -> None: ...

    def delete_item(self, owner: Any, index: Any) -> None: ...


class WalkingThrough(Protocol):
    """Loops over values, and what is filled by looping."""

    def may_walk(self, values: Any) -> bool: ...
    def is_mapping(self, values: Any) -> bool: ...

    def walk(self, values: Any) -> Iterator[Any]: ...

    def items(self, values: Any) -> list[Any]: ...

    def mapping(self, values: Any) -> dict[Any, Any]: ...

    def filled(self, made: dict[Any, Any], pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]: ...

    def set_of(self, items: list[Any], made: set[Any] | None = None) -> set[Any]: ...


class Writing(Protocol):
    """Values as text."""

    def write(self, text: str) -> None: ...

    def of(self, value: Any) -> str: ...

    def representation(self, value: Any, make: Callable[[Any], str] = repr) -> str: ...

    def format_value(self, value: Any, spec: str) -> str: ...

    def format(
        self, template: str, args: tuple[Any, ...] | None, named: Mapping[str, Any]
    ) -> str: ...


class Evaluating(Protocol):
    """Expressions, and assignments to targets."""

    def evaluate(self, node: ast.expr) -> Any: ...

    def load(self, name: str) -> Any: ...

    def bind(self, target: ast.expr, value: Any) -> dict[str, Any]: ...

    def function(self, node: ast.FunctionDef | ast.Lambda, name: str) -> Any: ...

    def qualified(self, name: str) -> str: ...


class Managing(Protocol):
    """What `with` accepts."""

    def of(self, value: Any) -> AbstractContextManager[Any]: ...


class Executing(Protocol):
    """Statements, and calls of the program's own functions."""

    @property
    def managers(self) -> Managing: ...

    def call_user(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def execute(self, body: list[ast.stmt]) -> Signal: ...

    def case_of(self, node: ast.Match) -> ast.match_case | None: ...

    def entered(self, node: ast.With) -> AbstractContextManager[None]: ...

    def handler_for(self, node: ast.Try, error: Exception) -> ast.ExceptHandler | None: ...

    def handling(
        self, handler: ast.ExceptHandler, error: Exception
    ) -> AbstractContextManager[None]: ...


class Generating(Protocol):
    """Generators: functions with a `yield`, and generator expressions."""

    @property
    def is_over(self) -> bool: ...

    def of_function(self, function: Any, bound: dict[str, Any]) -> Any: ...

    def of_expression(self, node: ast.GeneratorExp) -> Any: ...


class Runtime(Protocol):
    """One run: what it may use, where it stands, and the parts that carry it out."""

    budget: Budget
    foresight: Foresight
    randomness: Randomness
    belongings: Belongings
    library: Library
    addresses: Addresses
    classes: Classes
    state: State

    # These are properties, not attributes, because the type checker accepts a more specific class
    # only for a property.

    @property
    def observer(self) -> Observer: ...

    @property
    def attributes(self) -> AttributeLookup: ...

    @property
    def calls(self) -> Calling: ...

    @property
    def operators(self) -> Operating: ...

    @property
    def walking(self) -> WalkingThrough: ...

    @property
    def texts(self) -> Writing: ...

    @property
    def expressions(self) -> Evaluating: ...

    @property
    def statements(self) -> Executing: ...

    @property
    def generators(self) -> Generating: ...
