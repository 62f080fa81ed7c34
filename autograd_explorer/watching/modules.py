"""Which module is running: a stack of paths such as "model.layers.0.attention"."""

import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.torch_internals import STORES_OF_PARTS, parameters_of, stores_of

_MOST_ROOTS = 50


class Modules:
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
        self._scopes, self._called, self._returned = scopes, called, returned
        self._thread = threading.get_ident()
        self._stack: list[tuple[nn.Module, str]] = []
        self._roots: dict[int, tuple[weakref.ref[nn.Module], str]] = {}
        self._paths: dict[int, tuple[weakref.ref[nn.Module], str]] = {}

    @property
    def path(self) -> str:
        """The path of the innermost module that is running; "" outside of all."""
        return self._stack[-1][1] if self._stack else ""

    def call(
        self, original: Callable[..., Any], module: nn.Module, *args: Any, **kwargs: Any
    ) -> Any:
        """Stands in the place of nn.Module.__call__."""
        if torch.compiler.is_dynamo_compiling() or threading.get_ident() != self._thread:
            return original(module, *args, **kwargs)
        self._enter(module)
        try:
            self._called(module, args)
            result = original(module, *args, **kwargs)
        finally:
            self._stack.pop()
        self._returned(module, result)
        return result

    def _enter(self, module: nn.Module) -> None:
        found = self._paths.get(id(module))
        known = found is not None and found[0]() is module
        path = found[1] if known and found is not None else self._find(module)
        self._stack.append((module, path))

    def _find(self, module: nn.Module) -> str:
        """The path of a module that is called for the first time."""
        if self._stack:
            above, path = self._stack[-1]
            self._note_parts(above, path)
            found = self._paths.get(id(module))
            if found is not None and found[0]() is module:
                return found[1]
            name = f"{path}.({type(module).__name__})"  # from a plain list, for example
        else:
            name = self._name_of(module)
            if len(self._roots) < _MOST_ROOTS:
                self._roots[id(module)] = weakref.ref(module), name
        self._note_parts(module, name)
        return name

    def _note_parts(self, module: nn.Module, path: str) -> None:
        queue = [(module, path)]
        seen = set()
        for part, name in queue:
            if id(part) in seen:
                continue
            seen.add(id(part))
            known = self._paths.get(id(part))
            if known is None or known[0]() is not part:
                self._paths[id(part)] = weakref.ref(part), name
            for key, inner in stores_of(part)[STORES_OF_PARTS].items():
                if inner is not None:
                    queue.append((inner, f"{name}.{key}"))

    def _name_of(self, module: nn.Module) -> str:
        """The name of a variable that holds a module, or a path to it; else its class's name."""
        for scope in reversed(list(self._scopes())):
            for name, value in list(scope.items()):
                if value is module:
                    return str(name)
                if isinstance(value, nn.Module) and name != "self":
                    for path, part in stores_of(value)[STORES_OF_PARTS].items():
                        if part is module:
                            return f"{name}.{path}"
        return type(module).__name__

    def parameters(self) -> dict[str, Tensor]:
        """The parameters of all modules that were called by the program itself, by their paths."""
        found: dict[str, Tensor] = {}
        for held, name in self._roots.values():
            module = held()
            if module is not None:
                for path, parameter in parameters_of(module):
                    found[f"{name}.{path}"] = parameter
        return found
