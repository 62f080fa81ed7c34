"""Modules that stand in library/written/ as programs, and that the interpreter executes like the
reader's own: argparse, tqdm, matplotlib.

What is written in the language can do no more than any program can, and counts as the reader's. A
reader sees none of its lines: they are not recorded, and an error or a warning in it belongs to the
line that called it.
"""

import ast
import contextlib
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import Bound
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.preparing import prepare
from autograd_explorer.language.scopes import Scope
from autograd_explorer.language.state import State

# Under which module and name a class that stands in one of these files is imported.
HOMES: dict[tuple[str, str], tuple[str, str]] = {}
_FOLDER = Path(__file__).parent / "library" / "written"


def is_written(node: Any) -> bool:
    """Whether a piece of syntax stands in one of these modules."""
    return getattr(node, "is_written", False)


def caller_of(node: Any, state: State) -> ast.AST | None:
    """The new `state.caller` when a function begins: None in the program's own."""
    return (state.caller or state.at or node) if is_written(node) else None


def leave(node: Any, state: State, at: ast.AST | None) -> None:
    """When such a function ends, also with an error of its own: back to where it was called. An
    error in a function of the program's that it has called stays where it is."""
    if is_written(node) and is_written(state.at) and at is not None:
        state.at = at


class Quiet:
    """An observer that is told of everything but statements."""

    def __init__(self, observer: Any) -> None:
        self._observer = observer

    def statement(self, node: ast.stmt, header: bool = False) -> Any:
        return contextlib.nullcontext({})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._observer, name)

    @property
    def read_saved(self) -> bool:
        return bool(self._observer.read_saved)

    @read_saved.setter
    def read_saved(self, value: bool) -> None:
        self._observer.read_saved = value


@cache
def _body(module: str) -> list[ast.stmt]:
    tree = ast.parse((_FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    prepare(tree)
    for node in ast.walk(tree):
        node.is_written = True  # type: ignore[attr-defined]
    return tree.body


@cache
def names_in(module: str) -> tuple[str, ...]:
    """The public names that a module defines."""
    defined = [node for node in _body(module) if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    assigned = [
        part.id
        for node in _body(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name)
    ]
    return tuple(n for n in (*(node.name for node in defined), *assigned) if n[0] != "_")


def read_all() -> None:
    """Parse every module now: a worker may open no file."""
    for path in sorted(_FOLDER.glob("*.py")):
        _body(path.stem)


def part(
    module: str, name: str, given: Mapping[str, Callable[..., Any]] = MappingProxyType({})
) -> Callable[[Any], Any]:
    """What gives a run its own of a name: the module is executed when the first is asked for.

    given  functions of ours, by the names that the module has for them, beside `refuse`; each
           takes the Runtime as its first argument
    """

    def get(runtime: Any) -> Any:
        known = runtime.belongings.written
        if module not in known:
            known[module] = _executed(runtime, module, given)
        return known[module][name]

    return get


def _executed(runtime: Any, module: str, given: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    state = runtime.state
    ours = {"refuse": _refuse, **given}
    values: dict[str, Any] = {
        name: Bound(runtime.calls.call, Function(call, "special")) for name, call in ours.items()
    }
    values["__name__"] = module
    before = state.scope, state.around, state.at, state.caller
    state.scope, state.around, state.caller = Scope(values), "", state.caller or state.at
    try:
        runtime.statements.execute(_body(module))
    finally:
        state.scope, state.around, state.at, state.caller = before
    for name, value in values.items():
        is_new = isinstance(value, type) and value not in runtime.classes.standing
        if is_new and (module, name) in HOMES:
            _settle(runtime, value, *HOMES[module, name])
    return values


def _settle(runtime: Any, cls: type, home: str, name: str) -> None:
    """Have a class shown as the one of Python's or PyTorch's that it stands for."""
    real = getattr(sys.modules.get(home), name, None)
    if isinstance(real, type):
        home, name = real.__module__, real.__name__
        runtime.classes.standing[cls] = real
    for where, what in (("__module__", home), ("__name__", name), ("__qualname__", name)):
        type.__setattr__(cls, where, what)


def _refuse(runtime: Any, subject: Any) -> None:
    """What these modules call for what they do not have."""
    raise Refused("absent", str(subject))
