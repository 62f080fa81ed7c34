"""What `function.__code__` tells of a program's function."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.library.entry import Members
from autograd_explorer.language.scopes import names_assigned_in
from autograd_explorer.language.values import MISSING
from autograd_explorer.language.written import is_written

_INNER = (
    ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """What `f.__code__` tells: a name, the number of positional parameters, and the names of all
    parameters and then of the variables that no inner function uses."""

    co_name: str
    co_argcount: int
    co_varnames: tuple[str, ...]


_TOLD = ("co_argcount", "co_name", "co_varnames")


def _reader(name: str) -> Callable[[Code], Any]:
    def read(code: Code) -> Any:
        if name not in _TOLD:
            raise Refused("attribute", f"function.__code__.{name}")
        return getattr(code, name)

    return read


# Everything that Python's own code objects have, of which a program reads the names alone.
TABLE = Members(attributes={name: _reader(name) for name in dir(CodeType) if name[:3] == "co_"})


def code_of(function: UserFunction) -> Any:
    """Its code; MISSING of what is no program's, but ours."""
    node = function.node
    if is_written(node):
        return MISSING
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    stars = [part for part in (spec.vararg, spec.kwarg) if part]
    names = [part.arg for part in (*positional, *spec.kwonlyargs, *stars)]
    inner = [part for part in ast.walk(node) if isinstance(part, _INNER) and part is not node]
    used = {n.id for part in inner for n in ast.walk(part) if isinstance(n, ast.Name)}
    places: dict[str, tuple[int, int]] = {}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            places.setdefault(part.id, (part.lineno, part.col_offset))
    own = names_assigned_in(node) - used - {*names}
    names += sorted(own, key=lambda name: places.get(name, (0, 0)))
    title = "<lambda>" if isinstance(node, ast.Lambda) else node.name
    return Code(title, len(positional), tuple(names))
