"""nn.Sequential with a forward that calls each of its modules through the interpreter, which can
then check and count every one of these calls."""

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


# Programs get this class under the name nn.Sequential, so it has to print like nn.Sequential.
Sequential.__module__ = nn.Sequential.__module__
