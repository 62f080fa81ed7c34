"""Which module is running in a program in real Python."""

import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import nn

from autograd_explorer.recording import modules
from autograd_explorer.watching.patches import Patches
from autograd_explorer.watching.places import Call, Places


class Modules(modules.Modules):
    """Follows the calls of modules in one thread. PyTorch has hooks for all modules, but warns of
    them in torch.compile; so the call itself is wrapped.

    scopes   the variables that the program can reach now
    places   told of each call that begins and ends
    called   told of each module that is called while .any_hooked, with its arguments
    changed  told of each result of a module that works in place
    """

    def __init__(
        self,
        scopes: Callable[[], Iterable[Mapping[str, Any]]],
        places: Places,
        patches: Patches,
        called: Callable[[nn.Module, tuple[Any, ...]], None],
        changed: Callable[[nn.Module, Any], None],
    ) -> None:
        super().__init__(scopes)
        self._called, self._changed, self._patches = called, changed, patches
        self._calls = places.calls
        self.any_hooked = False
        self._thread = threading.get_ident()

    def caller(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """What stands in the place of nn.Module.__call__."""
        is_compiling, thread_of, frame_of = (
            torch.compiler.is_dynamo_compiling, threading.get_ident, sys._getframe,
        )  # fmt: skip
        patches, calls, thread = self._patches, self._calls, self._thread

        def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            if patches.over or is_compiling() or thread_of() != thread:
                return original(module, *args, **kwargs)
            self.enter(module)
            calls.append(Call(frame_of()))
            try:
                if self.any_hooked:
                    self._called(module, args)
                result = original(module, *args, **kwargs)
            finally:
                calls.pop()
                self.leave()
            if module.__dict__.get("inplace") is True:
                self._changed(module, result)
            return result

        return call
