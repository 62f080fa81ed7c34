"""Modules that call other modules, so that each call inside them is seen by the running program."""

from contextvars import ContextVar
from typing import Any

from torch import nn

from autograd_explorer.language.runtime import Calling

# The calls of the run that this thread carries out.
RUNNING: ContextVar[Calling] = ContextVar("running")


class Sequential(nn.Sequential):
    def forward(self, input: Any) -> Any:
        for module in self:
            input = RUNNING.get().call_module(module, (input,), {})
        return input


# It is what a program calls nn.Sequential, and prints as that.
Sequential.__module__ = nn.Sequential.__module__
