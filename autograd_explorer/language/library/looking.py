"""What inspect tells of a function or a class. Each takes the Runtime as its first argument."""

import inspect
from collections.abc import Callable, Mapping
from types import GeneratorType
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Hint
from autograd_explorer.language.crossing import is_closed
from autograd_explorer.language.functions import UserFunction, UserMethod
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime

_MOST_FRAMES = 8  # functions that a program sees when it asks which of them are running


def parameters_of(runtime: Runtime, obj: Any) -> list[tuple[Any, ...]]:
    """(name, kind, annotation, the words for it) of each parameter, and its default if it has one;
    last ("return", "", annotation, words). The words are empty where there is no annotation.

    Raises:  Refused, where PyTorch or Python does not tell
    """
    bound = isinstance(obj, UserMethod)
    if isinstance(obj, type) and obj in runtime.classes:
        found = next((runtime.classes[b].get("__init__") for b in obj.__mro__
                      if "__init__" in runtime.classes.get(b, ())), None)  # fmt: skip
        if found is None:
            obj = Function(runtime.classes.native_base(obj), "class")
        else:
            obj, bound = found, True
    obj = obj.function if isinstance(obj, UserMethod) else obj
    said: dict[str, Any] = {}
    if isinstance(obj, UserFunction):
        signature = obj.__signature__
        said = runtime.attributes.read(obj, "__annotations__")
    else:
        told = obj.cls or obj.call if isinstance(obj, Function) else None
        try:
            signature = inspect.signature(told)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise Refused("call", "inspect.signature(…)") from error
        said = {part.name: part.annotation for part in signature.parameters.values()}
        said["return"] = signature.return_annotation
        said = {name: hint for name, hint in said.items() if hint is not signature.empty}
    parts = list(signature.parameters.values())[1 if bound else 0 :]
    made: list[tuple[Any, ...]] = []
    for part in parts:
        default = () if part.default is part.empty else (part.default,)
        if default and not is_closed(default, runtime.classes):
            raise Refused("call", "inspect.signature(…)")
        made.append((part.name, part.kind.description, *_said(runtime, said, part.name), *default))
    return [*made, ("return", "", *_said(runtime, said, "return"))]


def _said(runtime: Runtime, said: Mapping[str, Any], name: str) -> tuple[Any, str]:
    """An annotation as a program may have it, and in the words of inspect.signature."""
    if name not in said:
        return None, ""
    hint = said[name]
    if isinstance(hint, Hint):
        return hint, hint.text.replace("typing.", "")
    real = hint.cls if isinstance(hint, Function) and hint.cls else hint
    if isinstance(real, type):
        given = real if real in runtime.classes else runtime.classes.entry_of(real)
        return given, inspect.formatannotation(real)
    if isinstance(real, str | None):
        return real, repr(real)
    words = inspect.formatannotation(real)
    return Hint(words), words


def place_now(runtime: Runtime) -> tuple[int, str]:
    """The line that called one of our modules, and the name of the function that it stands in."""
    state = runtime.state
    names = [f.__name__ for f, _ in state.frames if not getattr(f.node, "is_written", False)]
    return getattr(state.caller, "lineno", 0), names[-1] if names else "<module>"


def frames_now(runtime: Runtime) -> list[tuple[Any, ...]]:
    """(name, names of arguments, of *args, of **kwargs, copy of the local variables) of each of the
    program's functions that are running, innermost first, and of the module last."""
    state, observer = runtime.state, runtime.observer
    known = list(zip(state.frames, observer.locals, strict=True))[-1 - _MOST_FRAMES : -1]
    made: list[tuple[Any, ...]] = []
    for (function, _), values in reversed(known):
        spec = function.node.args
        names = [part.arg for part in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
        stars = [part.arg if part else None for part in (spec.vararg, spec.kwarg)]
        made.append((function.__name__, names, *stars, dict(values)))
    if len(known) < _MOST_FRAMES:
        made.append(("<module>", [], None, None, dict(observer.variables)))
    for *_, values in made:
        runtime.budget.count_plain(list(values))
    return made


def first_type(runtime: Runtime, function: Any) -> Any:
    """What the first parameter of a function with an annotation is said to be; None, if none is."""
    parameters = function.node.args.args if isinstance(function, UserFunction) else []
    said = [part.annotation for part in parameters if part.annotation is not None]
    if not said:
        return None
    outside, runtime.state.scope = runtime.state.scope, function.closure
    try:
        return runtime.expressions.evaluate(said[0])
    finally:
        runtime.state.scope = outside


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "class": lambda value: isinstance(value, type) or getattr(value, "cls", None) is not None,
    "function": lambda value: isinstance(value, UserFunction),
    "method": lambda value: isinstance(value, UserMethod),
    "generator": lambda value: isinstance(value, GeneratorType),
}


def is_a(runtime: Runtime, kind: str, value: Any) -> bool:
    if kind == "class" and not isinstance(value, type | Function):
        return False
    return _KINDS[kind](value)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "first_type": first_type,
    "frames_now": frames_now,
    "is_a": is_a,
    "parameters_of": parameters_of,
}
