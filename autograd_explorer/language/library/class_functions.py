"""What works on a program's classes: dataclasses, abstract methods, enumerations, suppress.

Each takes the Runtime as its first argument. The methods that a dataclass gets are written as text
from the names of its fields, parsed, and executed by the interpreter like the program's own.
"""

import ast
import dataclasses
import re
from contextlib import AbstractContextManager
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import NOT_GIVEN, Absent, Field, Hint
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.standard_functions import as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.scopes import Scope
from autograd_explorer.language.signals import UNCATCHABLE


def field(
    runtime: Runtime,
    *,
    default: Any = NOT_GIVEN,
    default_factory: Any = NOT_GIVEN,
    init: Any = True,
    repr: Any = True,
    compare: Any = True,
    kw_only: Any = False,
    **options: Any,
) -> Any:
    return Field(default, default_factory, bool(init), bool(repr), bool(compare), bool(kw_only))


def dataclass(
    runtime: Runtime,
    cls: Any = None,
    *,
    init: Any = True,
    repr: Any = True,
    eq: Any = True,
    order: Any = False,
    frozen: Any = False,
    unsafe_hash: Any = False,
    kw_only: Any = False,
    slots: Any = False,
    **options: Any,
) -> Any:
    def decorate(made: Any) -> Any:
        if not isinstance(made, type) or made not in runtime.classes:
            raise Refused("decorator", "dataclass")
        fields = _fields_of(runtime, made, bool(kw_only))
        if any(base in runtime.classes.init_only for base in made.__mro__[1:]):
            raise Refused("decorator", "dataclass(InitVar)")
        every = fields
        given = [name for name, part in every.items() if part.only_init]
        fields = {name: part for name, part in fields.items() if not part.only_init}
        if slots:
            runtime.classes.slots[made] = frozenset(fields)
        shown = [name for name, part in fields.items() if part.repr]
        compared = [name for name, part in fields.items() if part.compare]
        own = runtime.classes[made]
        texts = {}
        if init and "__init__" not in own:
            texts["__init__"] = _initialiser(runtime, made, every)
        if repr and "__repr__" not in own:
            inner = ", ".join(f"{name}={{self.{name}!r}}" for name in shown)
            texts["__repr__"] = f"(self): return f'{{type(self).__qualname__}}({inner})'"
        for name, sign in (("eq", "=="), ("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=")):
            if (name == "eq" and eq) or (name != "eq" and order):
                if f"__{name}__" not in own:
                    texts[f"__{name}__"] = _comparison(compared, sign)
        if ((eq and frozen) or unsafe_hash) and "__hash__" not in own:
            parts = "".join(f"self.{name}, " for name in compared)
            texts["__hash__"] = f"(self): return hash(({parts}))"
        for name, text in texts.items():
            define(runtime, made, name, text, every)
        if eq and "__hash__" not in {**own, **texts}:
            type.__setattr__(made, "__hash__", None)
        if frozen:
            runtime.classes.frozen.add(made)
        runtime.classes.fields[made] = fields
        if given:
            runtime.classes.init_only.add(made)
        return made

    return as_value(runtime, decorate) if cls is None else decorate(cls)


def fields_in(annotated: dict[str, ast.expr]) -> tuple[str, ...]:
    """The names with an annotation in a class body, but for those of the class itself."""
    named = {name: ast.unparse(node) for name, node in annotated.items()}
    return tuple(name for name, text in named.items() if not _OF_CLASS.match(text))


_OF_CLASS = re.compile(r"['\"]?(\w+\.)?ClassVar\b")


def _fields_of(runtime: Runtime, cls: type, kw_only: bool = False) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for base in reversed(cls.__mro__):
        fields |= runtime.classes.fields.get(base, {})
    nodes = runtime.classes.annotations.get(cls, {})
    for name in runtime.classes.annotated.get(cls, ()):
        said = ast.unparse(nodes[name]).strip("'\"").removeprefix("dataclasses.")
        if said == "KW_ONLY":
            kw_only = True
            continue
        value = runtime.classes[cls].get(name, NOT_GIVEN)
        if isinstance(value, (list, dict, set)):
            raise ValueError(
                f"mutable default {type(value)} for field {name} is not allowed: "
                "use default_factory"
            )
        fields[name] = value if isinstance(value, Field) else Field(value)
        if kw_only:
            fields[name] = dataclasses.replace(fields[name], kw_only=True)
        if re.match(r"InitVar\b", said):
            fields[name] = dataclasses.replace(fields[name], only_init=True)
        if isinstance(value, Field):
            runtime.classes[cls].pop(name)
            type.__delattr__(cls, name)
            if value.default is not NOT_GIVEN:
                runtime.classes[cls][name] = value.default
                type.__setattr__(cls, name, value.default)
    return fields


def _initialiser(runtime: Runtime, cls: type, fields: dict[str, Field]) -> str:
    parameters, lines = ["self"], []
    named: list[str] = []
    seen_default = ""
    for name, part in fields.items():
        has_default = part.default is not NOT_GIVEN or part.default_factory is not NOT_GIVEN
        if part.init:
            if has_default and not part.kw_only:
                seen_default = name
            elif seen_default and not part.kw_only:
                raise TypeError(f"non-default argument {name!r} follows default argument")
            shown = f"{name}=_default_{name}" if has_default else name
            (named if part.kw_only else parameters).append(shown)
        if part.default_factory is not NOT_GIVEN:
            made = f"_factory_{name}()"
            value = f"{made} if {name} is _default_{name} else {name}" if part.init else made
        elif part.init:
            value = name
        else:
            continue
        if part.only_init:
            continue
        lines.append(f"    self.{name} = {value}")
    if runtime.classes.defines(cls, "__post_init__"):
        given = ", ".join(name for name, part in fields.items() if part.only_init)
        lines.append(f"    self.__post_init__({given})")
    parameters += ["*", *named] if named else []
    return f"({', '.join(parameters)}):\n" + "\n".join(lines or ["    pass"])


def _comparison(names: list[str], sign: str) -> str:
    left, right = (
        "(" + "".join(f"{owner}.{name}, " for name in names) + ")" for owner in ("self", "other")
    )
    same = "type(other) is type(self)"
    return f"(self, other): return {left} {sign} {right} if {same} else NotImplemented"


def define(runtime: Runtime, cls: type, name: str, text: str, fields: dict[str, Field]) -> None:
    """Give a class a method that is written as text: the names in it are those of its fields."""
    node: Any = ast.parse(f"def {name}{text}").body[0]
    for inner in ast.walk(node):  # errors in it are told on the line that made the class
        if hasattr(inner, "lineno"):
            ast.copy_location(inner, runtime.state.at or inner)
    known: dict[str, Any] = {}
    for key, part in fields.items():
        known[f"_default_{key}"] = object() if part.default is NOT_GIVEN else part.default
        known[f"_factory_{key}"] = part.default_factory
    defaults = tuple(known[default.id] for default in node.args.defaults)
    by_name = {
        parameter.arg: known[default.id]
        for parameter, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if default is not None
    }
    closure = Scope(known, runtime.state.scope.module())
    qualified = f"{cls.__qualname__}.{name}"
    made = UserFunction(
        runtime.statements.call_user, node, qualified, closure, frozenset(), defaults, by_name
    )
    made.belongs_to(cls)
    runtime.classes[cls][name] = made
    type.__setattr__(cls, name, made)


def _fields_of_instance(runtime: Runtime, instance: Any, asked: str = "asdict") -> list[str]:
    fields = runtime.classes.fields.get(type(instance))
    if fields is None:
        raise TypeError(f"{asked}() should be called on dataclass instances")
    return list(fields)


def _converted(runtime: Runtime, value: Any, make: Any) -> Any:
    runtime.budget.check_time()
    with runtime.calls.deeper():
        if type(value) in runtime.classes.fields:
            return make(runtime, value)
        if type(value) in (list, tuple):
            return type(value)(_converted(runtime, item, make) for item in value)
        if type(value) is dict:
            return {key: _converted(runtime, item, make) for key, item in value.items()}
    return value


def as_dict(runtime: Runtime, obj: Any) -> dict[str, Any]:
    return {
        name: _converted(runtime, runtime.attributes.read(obj, name), as_dict)
        for name in _fields_of_instance(runtime, obj)
    }


def as_tuple(runtime: Runtime, obj: Any) -> tuple[Any, ...]:
    return tuple(as_dict(runtime, obj).values())


def replace(runtime: Runtime, obj: Any, /, **named: Any) -> Any:
    names = _fields_of_instance(runtime, obj, "replace")
    given = {name: runtime.attributes.read(obj, name) for name in names}
    return runtime.calls.call_value(type(obj), (), {**given, **named})


def abstract(runtime: Runtime, funcobj: Any) -> Any:
    if isinstance(funcobj, UserFunction):
        funcobj.is_abstract = True
    return funcobj


def check_abstract(runtime: Runtime, cls: type) -> None:
    """Raise TypeError, in Python's words, for a class that lacks a method it has to have."""
    names = {name for base in cls.__mro__ for name in runtime.classes.get(base, ())}
    lacking = sorted(name for name in names if _is_abstract(_found(runtime, cls, name)))
    if lacking:
        several = "s" if len(lacking) > 1 else ""
        raise TypeError(
            f"Can't instantiate abstract class {cls.__name__} with abstract method{several} "
            + ", ".join(lacking)
        )


def _found(runtime: Runtime, cls: type, name: str) -> Any:
    return next(
        (runtime.classes[b][name] for b in cls.__mro__ if name in runtime.classes.get(b, ())), None
    )


def _is_abstract(value: Any) -> bool:
    value = value.__func__ if isinstance(value, staticmethod | classmethod) else value
    value = value.fget if isinstance(value, property) else value
    return isinstance(value, UserFunction) and value.is_abstract


class Suppressing(AbstractContextManager[Any]):
    def __init__(self, classes: tuple[Any, ...]) -> None:
        self._classes = classes

    def __exit__(self, cls: Any, error: Any, traceback: Any) -> bool:
        """Never what stops the program."""
        if isinstance(error, UNCATCHABLE):
            return False
        return isinstance(error, Exception) and isinstance(error, self._classes)


Suppressing.__name__ = Suppressing.__qualname__ = "suppress"
Suppressing.__module__ = "contextlib"


def suppress(runtime: Runtime, *exceptions: Any) -> Any:
    known = all(isinstance(part, Function | type | Absent) for part in exceptions)
    return Suppressing(runtime.classes.class_of(exceptions) if known else exceptions)


def keywords_of(runtime: Runtime, node: ast.ClassDef) -> dict[str, Any]:
    """What stands behind the bases of a class statement, for `__init_subclass__`."""
    named: dict[str, Any] = {}
    for keyword in node.keywords:
        value = runtime.expressions.evaluate(keyword.value)
        own = isinstance(value, type) and value in runtime.classes.of_classes
        plain = isinstance(value, Hint) or getattr(value, "cls", None) is type  # ABCMeta, type
        if keyword.arg is None or (keyword.arg == "metaclass" and not (own or plain)):
            raise Refused("class", f"{node.name}({keyword.arg}=…)")
        if keyword.arg != "metaclass" or own:
            named[keyword.arg] = value
    return named


def tell_base(runtime: Runtime, made: type, named: dict[str, Any]) -> None:
    """Call the `__init_subclass__` of the nearest class behind a new one."""
    for base in made.__mro__[1:]:
        told = runtime.classes.get(base, {}).get("__init_subclass__")
        if told is not None:
            function = told.__func__ if isinstance(told, classmethod) else told
            runtime.calls.call_value(function, (made,), named)
            return
    if named:
        raise TypeError(f"{made.__name__}.__init_subclass__() takes no keyword arguments")


def slots_of(runtime: Runtime, slots: Any) -> frozenset[str]:
    """The names in a `__slots__`."""
    names = [slots] if isinstance(slots, str) else runtime.walking.items(slots)
    return frozenset(name for name in names if isinstance(name, str))
