"""What `with` accepts: PyTorch's own switches, and context managers of the program's."""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import torch
from torch.utils.hooks import RemovableHandle

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.class_functions import Suppressing
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.signals import UNCATCHABLE
from autograd_explorer.language.values import MISSING, python_name

SWITCHES: tuple[Any, ...] = (
    torch.no_grad, torch.enable_grad, torch.inference_mode, torch.set_grad_enabled,
)  # fmt: skip
# What contextlib.contextmanager makes: its `__enter__` and `__exit__` go on with a generator of the
# program's, which checks the limits itself.
GENERATED: Any = type(contextlib.contextmanager(lambda: iter(()))())
NATIVE: tuple[Any, ...] = (
    *SWITCHES, torch.autograd.graph.saved_tensors_hooks, torch.autocast, GENERATED, RemovableHandle,
    contextlib.nullcontext, contextlib.ExitStack, Suppressing,
)  # fmt: skip


class Managers:
    """The context managers of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    def of(self, value: Any) -> AbstractContextManager[Any]:
        """A value as Python's own `with` can take it.

        Raises:  TypeError, in Python's words, for what is no context manager
        """
        if isinstance(value, NATIVE):
            return value  # type: ignore[no-any-return]
        if isinstance(value, torch.device):
            self.runtime.calls.check_device(value)
            return self._on(value)
        special = self.runtime.attributes.special
        enter, leave = special(value, "__enter__"), special(value, "__exit__")
        if enter is not MISSING and leave is not MISSING:
            return _OfProgram(self.runtime, enter, leave)
        if hasattr(type(value), "__enter__"):
            raise Refused("statement", f"with {type(value).__name__}(…)")
        raise TypeError(
            f"{python_name(value)!r} object does not support the context manager protocol"
        )

    @contextlib.contextmanager
    def _on(self, device: Any) -> Iterator[Any]:
        """with torch.device(…): left at the end of the run at the latest, as by a generator that is
        never gone on with."""
        with contextlib.ExitStack() as stack:
            self.runtime.belongings.stacks.append(stack)
            yield stack.enter_context(device)


class _OfProgram(AbstractContextManager[Any]):
    """An object of the program's with `__enter__` and `__exit__`."""

    def __init__(self, runtime: Runtime, enter: Any, leave: Any) -> None:
        self._runtime, self._enter, self._leave = runtime, enter, leave

    def __enter__(self) -> Any:
        return self._runtime.calls.call_value(self._enter, (), {})

    def __exit__(
        self,
        cls: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        """The program never sees what stops it, and nothing of it runs once the run is over."""
        if isinstance(error, UNCATCHABLE) or self._runtime.generators.is_over:
            return False
        given: tuple[Any, ...] = (None, None, None)
        if error is not None and cls is not None:
            given = (self._runtime.classes.entry_of(cls), error, None)
        return bool(self._runtime.calls.call_value(self._leave, given, {}))
