"""Modules that call other modules, so that each call inside them is seen by the running program."""

from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Protocol

from torch import Tensor, nn


class Caller(Protocol):
    def call_module(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any: ...

    def count_made(self, tensor: Tensor) -> None: ...


def parameters_of(module: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    """Every parameter of a module and of those in it, with its path.

    named_parameters() would do, but a program's class may have one of its own, and this is also
    asked when the program is over.
    """
    queue: list[tuple[str, nn.Module]] = [("", module)]
    seen: set[int] = set()
    for path, part in queue:
        if id(part) in seen or not isinstance(part, nn.Module):
            continue
        seen.add(id(part))
        for name, parameter in part.__dict__.get("_parameters", {}).items():
            if parameter is not None and id(parameter) not in seen:
                seen.add(id(parameter))
                yield path + name, parameter
        for name, child in part.__dict__.get("_modules", {}).items():
            queue.append((f"{path}{name}.", child))


# The machine that runs a program on this thread.
RUNNING: ContextVar[Caller] = ContextVar("running")


class Sequential(nn.Sequential):
    def forward(self, input: Any) -> Any:
        for module in self:
            input = RUNNING.get().call_module(module, (input,), {})
        return input


# It is what a program calls nn.Sequential, and prints as that.
Sequential.__module__ = nn.Sequential.__module__
