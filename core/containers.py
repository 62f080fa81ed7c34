"""Modules that call other modules, so that each call inside them is seen by the running program."""

from contextvars import ContextVar
from typing import Any, Protocol

from torch import nn


class Caller(Protocol):
    def call_module(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any: ...


# The machine that runs a program on this thread.
RUNNING: ContextVar[Caller] = ContextVar("running")


class Sequential(nn.Sequential):
    def forward(self, input: Any) -> Any:
        for module in self:
            input = RUNNING.get().call_module(module, (input,), {})
        return input


# It is what a program calls nn.Sequential, and prints as that.
Sequential.__module__ = nn.Sequential.__module__
