"""What the interpreter tells of values, so that somebody can know from which leaves each was
computed. It says what happened and nothing else; recording/influence.py draws the conclusions."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from autograd_explorer.language.functions import UserFunction


class Influences(Protocol):
    """.follows tells whether anybody is interested; .at gives the piece of syntax that is being
    executed; .names is empty while no name holds a whole number that was taken out of a tensor."""

    follows: bool
    at: Callable[[], ast.AST | None]
    names: Any

    def follow(
        self, function: Any, args: tuple[Any, ...], named: Mapping[str, Any], made: Any
    ) -> None:
        """A function of the library has returned."""
        ...

    def failed(self, function: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        """It has raised an error."""
        ...

    def follow_module(
        self, module: Any, args: tuple[Any, ...], named: Mapping[str, Any], made: Any
    ) -> None:
        """One of PyTorch's own modules has returned."""
        ...

    def hooked(self, module: Any, reads_input: bool) -> None:
        """A module was given a backward hook, which reads the gradients of its inputs or not."""
        ...

    def calls_with_hooks(self, module: Any, args: tuple[Any, ...]) -> None:
        """A module is called, which may have such hooks."""
        ...

    def carried(self, made: Any, *inputs: Any) -> Any:
        """An operator has made this from these; returns what was made."""
        ...

    def taken(self, owner: Any, index: Any, made: Any) -> Any:
        """owner[index]; returns what it made."""
        ...

    def tested(self, value: Any) -> Any:
        """A value decides which way the program goes; returns the value."""
        ...

    def no_backward(self, value: Any) -> None:
        """`.backward` was asked of a value that has no such thing."""
        ...

    def put(self, owner: Any, index: Any, value: Any) -> None:
        """owner[index] = value"""
        ...

    def attribute(self, owner: Any, name: str, made: Any) -> None:
        """owner.name was read."""
        ...

    def put_on(self, owner: Any, name: str, value: Any) -> None:
        """owner.name = value"""
        ...

    def items(self, values: Any, walked: Iterator[Any]) -> Any:
        """A loop goes through a tensor or an array; returns what it goes through."""
        ...

    def walks(self, values: Any) -> None:
        """A loop over a generator begins."""
        ...

    def entered(self, bound: Mapping[str, Any]) -> None:
        """A function of the program was called with these arguments."""
        ...

    def loaded(self, scope: Mapping[str, Any], name: str, value: Any) -> None:
        """A name that holds a whole number was read."""
        ...

    def ignored(self, name: str, line: int) -> None:
        """A function was differentiated by an argument that it does not read."""
        ...

    def switch(self, line: int) -> None:
        """A `with` or a decorator on this line has switched recording on or off, …"""
        ...

    def switch_back(self) -> None:
        """… and that is over."""
        ...


def line_of_switch(function: UserFunction) -> int:
    """The line of the decorator that switches recording."""
    node = function.node
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if "grad" in ast.dump(decorator) or "inference" in ast.dump(decorator):
                return decorator.lineno
    return node.lineno


def tell_of_ignored(influence: Influences, function: Any, argnums: Any) -> None:
    """What a function returned depends on none of the arguments that it is differentiated by.
    Said of those that it never reads; the line is that of its last `return`."""
    node = getattr(function, "node", None)
    if node is None or not isinstance(argnums, int | tuple):
        return
    names = [parameter.arg for parameter in (*node.args.posonlyargs, *node.args.args)]
    body = node.body if isinstance(node.body, list) else [node.body]
    parts = list(_within(body))
    read = {part.id for part in parts if isinstance(part, ast.Name)}
    returns = [part.lineno for part in parts if isinstance(part, ast.Return)]
    for number in (argnums,) if isinstance(argnums, int) else argnums:
        if -len(names) <= number < len(names) and names[number] not in read:
            influence.ignored(names[number], max(returns, default=node.lineno))


def uses_gradient_of_input(hook: Any) -> bool:
    """Whether a backward hook of the program, (module, grad_input, grad_output), reads its second
    argument."""
    node = getattr(getattr(hook, "function", hook), "node", None)
    if node is None:
        return True
    names = [parameter.arg for parameter in (*node.args.posonlyargs, *node.args.args)]
    names = names[-2:-1] if len(names) >= 2 else []
    body = node.body if isinstance(node.body, list) else [node.body]
    return any(isinstance(part, ast.Name) and part.id in names for part in _within(body))


def _within(body: list[Any]) -> Iterator[ast.AST]:
    for statement in body:
        yield from ast.walk(statement)
