"""Which module is running in a program in real Python."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import nn

from autograd_explorer.recording import modules


class Modules(modules.Modules):
    """Follows the calls of modules in one thread. PyTorch has hooks for all modules, but warns of
    them in torch.compile; so the call itself is wrapped.

    scopes  the variables that the program can reach now
    called  told of each module that is called, with its arguments, and returned of each result
    """

    def __init__(
        self,
        scopes: Callable[[], Iterable[Mapping[str, Any]]],
        called: Callable[[nn.Module, tuple[Any, ...]], None],
        returned: Callable[[nn.Module, Any], None],
    ) -> None:
        super().__init__(scopes)
        self._called, self._returned = called, returned
        self._thread = threading.get_ident()

    def call(
        self, original: Callable[..., Any], module: nn.Module, *args: Any, **kwargs: Any
    ) -> Any:
        """Stands in the place of nn.Module.__call__."""
        if torch.compiler.is_dynamo_compiling() or threading.get_ident() != self._thread:
            return original(module, *args, **kwargs)
        self.enter(module)
        try:
            self._called(module, args)
            result = original(module, *args, **kwargs)
        finally:
            self.leave()
        self._returned(module, result)
        return result
