"""exec, eval, globals and timed texts: the interpreter runs them like the program itself.

A text counts as the reader's, and may do no more. Its lines are none of the program's: they are
not recorded, and an error in it belongs to the line that ran it. Each function takes the Runtime as
its first argument.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language import parsing
from autograd_explorer.language.library.standard_functions import as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.scopes import Scope
from autograd_explorer.language.values import python_name


def safe_globals(runtime: Runtime) -> dict[str, Any]:
    """The variables of the module themselves, as in Python."""
    return runtime.state.scope.module().values


def safe_locals(runtime: Runtime) -> dict[str, Any]:
    """A copy, in Python's order: the parameters, what was assigned, what is of functions around."""
    scope, frames = runtime.state.scope, runtime.state.frames
    if scope.parent is None:
        return dict(scope.values)
    if scope.is_class or scope.is_comprehension:
        raise Refused("call", "locals()")
    function = frames[-1][0]
    found = {name: scope.values[name] for name in function.parameters() if name in scope.values}
    found.update(scope.values)
    for node in ast.walk(function.node):
        if isinstance(node, ast.Name) and node.id not in found:
            if node.id in ("super", "__class__") and function.owner is not None:
                found["__class__"] = function.owner
            holder = scope.parent.holder_of(node.id)
            if holder is not None and node.id not in function.own:
                found[node.id] = holder.values[node.id]
    return found


OF_TEXTS = "<string>"  # the file that Python names in a SyntaxError of such a text


class Code:
    """What compile() gives."""

    def __init__(self, body: list[ast.stmt], wants_value: bool) -> None:
        self.body, self.wants_value = body, wants_value


def _read(runtime: Runtime, source: Any, wants_value: bool) -> Code:
    runtime.budget.check_time()
    if not isinstance(source, str):
        name = "eval" if wants_value else "exec"
        raise TypeError(f"{name}() arg 1 must be a string, bytes or code object")
    try:
        body = parsing.text(source.strip(" \t") if wants_value else source, runtime.budget.limits)
    except SyntaxError as error:  # whose line is one of the text
        raise _misspelled(error.msg, error.lineno or 1) from None
    if wants_value and not (len(body) == 1 and isinstance(body[0], ast.Expr)):
        raise _misspelled("invalid syntax")
    for statement in body:
        for node in ast.walk(statement):
            node.is_written = True  # type: ignore[attr-defined]
    return Code(body, wants_value)


def _misspelled(words: str, line: int = 1) -> SyntaxError:
    return SyntaxError(words, (OF_TEXTS, line, 1, ""))


def _run(runtime: Runtime, code: Code, scope: Scope) -> Any:
    state = runtime.state
    before = state.scope, state.around, state.at, state.caller
    state.scope, state.around, state.caller = scope, "", state.caller or state.at
    try:
        with runtime.calls.deeper():
            if code.wants_value:
                return runtime.expressions.evaluate(code.body[0].value)  # type: ignore[attr-defined]
            if runtime.statements.execute(code.body) is not None:
                raise _misspelled("'return' outside function")
    finally:
        state.scope, state.around, state.at, state.caller = before


def _scope(runtime: Runtime, globals: Any, locals: Any) -> Scope:
    """Where a text finds names and puts them: in the variables of the program's module, in copies
    of a function's, or in the dicts that it is given."""
    here = runtime.state.scope
    module = here.module()
    if globals is None and locals is None:
        if here is module:
            return here
        return Scope(safe_locals(runtime), module, is_class=True)
    for given in (globals, locals):
        if given is not None and (type(given) is not dict or not all(map(_is_text, given))):
            raise Refused("call", "exec(…)")
    around = module if globals is None or globals is module.values else Scope(globals)
    if locals is None or locals is globals:
        return around
    return Scope(locals, around, is_class=True)


def _is_text(name: Any) -> bool:
    return type(name) is str


def _check_globals(name: str, globals: Any) -> None:
    if globals is not None and not isinstance(globals, dict):
        raise TypeError(f"{name}() globals must be a dict, not {python_name(globals)}")


def execute(runtime: Runtime, source: Any, globals: Any = None, locals: Any = None, /) -> None:
    _check_globals("exec", globals)
    code = source if isinstance(source, Code) else _read(runtime, source, wants_value=False)
    _run(runtime, code, _scope(runtime, globals, locals))


def evaluate(runtime: Runtime, source: Any, globals: Any = None, locals: Any = None, /) -> Any:
    if globals is not None and not isinstance(globals, dict):
        raise TypeError("globals must be a dict")
    code = source if isinstance(source, Code) else _read(runtime, source, wants_value=True)
    return _run(runtime, code, _scope(runtime, globals, locals))


def compiled(
    runtime: Runtime, source: Any, filename: Any, mode: Any, flags: Any = 0, *args: Any
) -> Code:
    if mode not in ("exec", "eval") or flags or args:
        raise Refused("call", "compile(…)")
    return _read(runtime, source, wants_value=mode == "eval")


def prepared(runtime: Runtime, source: Any, names: Any) -> Callable[[], Any]:
    """A text as a function without parameters, which runs it among these names each time."""
    code, scope = _read(runtime, source, wants_value=False), _scope(runtime, names, None)
    return as_value(runtime, lambda: _run(runtime, code, scope))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {"prepared": prepared}
