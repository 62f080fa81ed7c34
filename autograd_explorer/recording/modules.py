"""Which call of a module is running: its path, such as "model.layers.0", and the call around it."""

import weakref
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from autograd_explorer.records import Call
from autograd_explorer.torch_internals import STORES_OF_PARTS, parameters_of, stores_of

_MOST_ROOTS = 50


@dataclass(slots=True, eq=False)
class Running:
    """One call. Notes on nodes refer to it, and it refers to nothing that could keep a graph alive.
    .path and .kind of the module; .above, the call from which it was made."""

    path: str
    kind: str
    above: "Running | None"


class Modules:
    """Follows the calls of modules in one thread. .now is the innermost that is running.

    scopes  the variables that the program can reach now
    """

    def __init__(self, scopes: Callable[[], Iterable[Mapping[str, Any]]]) -> None:
        self._scopes = scopes
        self.now: Running | None = None
        self._stack: list[tuple[nn.Module, Running | None]] = []
        self._roots: dict[int, tuple[weakref.ref[nn.Module], str]] = {}
        self._paths: dict[int, tuple[weakref.ref[nn.Module], str]] = {}

    def enter(self, module: nn.Module) -> None:
        found = self._paths.get(id(module))
        path = found[1] if found is not None and found[0]() is module else self._find(module)
        self._stack.append((module, self.now))
        self.now = Running(path, type(module).__name__, self.now)

    def leave(self) -> None:
        self.now = self._stack.pop()[1]

    def _find(self, module: nn.Module) -> str:
        """The path of a module that is called for the first time."""
        if self._stack and self.now is not None:
            above, path = self._stack[-1][0], self.now.path
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

    def parameters(self, known: Container[int] = ()) -> dict[str, Tensor]:
        """The parameters of all modules that were called by the program itself, by their paths, but
        for those of modules with the ids that are known."""
        found: dict[str, Tensor] = {}
        for held, name in self._roots.values():
            module = held()
            if module is not None and id(module) not in known:
                for path, parameter in parameters_of(module):
                    found[f"{name}.{path}"] = parameter
        return found


class CallTable:
    """The calls that a graph's nodes were recorded in, each once, after the one around it."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._numbers: dict[Running, int] = {}

    def number(self, running: Running | None) -> int:
        """The position of a call; -1 for none."""
        new = []
        while running is not None and running not in self._numbers:
            new.append(running)
            running = running.above
        number = -1 if running is None else self._numbers[running]
        for one in reversed(new):
            self.calls.append(Call(one.path, one.kind, number))
            number = self._numbers[one] = len(self.calls) - 1
        return number
