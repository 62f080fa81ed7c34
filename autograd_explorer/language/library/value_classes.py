"""Classes whose values are Python's own: enumerations and named tuples, with the methods that the
program gives them."""

import collections
import enum
import operator
from typing import Any, NamedTuple, cast

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import Bound, UserFunction, UserMethod
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.runtime import Runtime

NAMED_TUPLE = Function(NamedTuple, "class")

# The special methods that the constants of an enumeration may have.
_OF_CONSTANTS = """
    __str__ __repr__ __call__ __eq__ __ne__ __hash__ __lt__ __le__ __gt__ __ge__ __add__ __radd__
    __sub__ __mul__ __rmul__ __neg__ __int__ __float__ __bool__ __len__ __getitem__ __contains__
    __invert__ __and__ __or__
""".split()


def enumeration(runtime: Runtime, name: str, bases: list[Any], members: dict[str, Any]) -> Function:
    """class Color(Enum): constants, and the methods that the program gives them."""
    pairs: list[tuple[str, Any]] = []
    of_each: dict[str, Any] = {}
    of_class: dict[str, Any] = {}
    for key, value in members.items():
        if isinstance(value, staticmethod | classmethod):
            of_class[key] = value
        elif isinstance(value, UserFunction | Bound | property):
            of_each[key] = value
        elif not key.startswith("_"):
            runtime.budget.weigh(value)
            pairs.append((key, value))
        elif key not in ("__doc__", "__module__", "__qualname__"):
            raise Refused("member", f"{name}.{key}")
    shown = _taken(of_each, _OF_CONSTANTS)
    mixed = bases[0].cls if len(bases) > 1 else None
    made: Any = bases[-1].cls(name, pairs, module="__main__", type=mixed)
    called = _put_on(made, shown)

    def choose(runtime: Runtime, value: Any) -> Any:
        return made(value)

    entry = runtime.classes.entries[made] = Function(choose, "special", made)
    runtime.attributes.learn(made, Members(methods=called).over(_methods(name, of_each)))
    bound = {
        key: UserMethod(cast(Any, v.__func__), entry) if isinstance(v, classmethod) else v.__func__
        for key, v in of_class.items()
    }
    runtime.attributes.learn_class(made, {**dict(made.__members__), **bound})
    return entry


def is_of_values(bases: list[Any]) -> bool:
    """Whether a class statement makes an enumeration or a NamedTuple, whose class is Python's."""
    if not bases or not all(isinstance(base, Function) for base in bases):
        return False
    cls = bases[-1].cls
    if len(bases) == 1 and is_named_tuple(cls):  # class Point(namedtuple("Point", "x y"))
        return True
    if len(bases) == 2 and bases[0].cls not in (str, int, float):  # class Mode(str, Enum)
        return False
    is_enumeration = isinstance(cls, type) and issubclass(cls, enum.Enum)
    return is_enumeration if len(bases) < 3 and bases[0] is not NAMED_TUPLE else len(bases) == 1


def is_named_tuple(cls: Any) -> bool:
    """Whether it is a class that a program made by namedtuple() or NamedTuple."""
    made = isinstance(cls, type) and issubclass(cls, tuple) and hasattr(cls, "_field_defaults")
    return made and cls.__module__ == "__main__"


def class_of_values(
    runtime: Runtime,
    name: str,
    bases: list[Any],
    members: dict[str, Any],
    annotated: tuple[str, ...],
) -> Function:
    cls: Any = bases[0].cls
    if is_named_tuple(cls):
        names, defaults = list(cls._fields), list(cls._field_defaults.values())
        return _tuples(runtime, name, names, defaults, members)
    if bases[0] is not NAMED_TUPLE:
        return enumeration(runtime, name, bases, members)
    defaults = [members[field] for field in annotated if field in members]
    more = {m: value for m, value in members.items() if m not in annotated}
    return _tuples(runtime, name, list(annotated), defaults, more)


# How a tuple is walked, indexed, compared and hashed stays Python's own.
_OF_TUPLES = """
    __str__ __repr__ __call__ __add__ __radd__ __sub__ __mul__ __rmul__ __neg__ __int__ __float__
    __bool__ __invert__ __and__ __or__
""".split()


def _tuples(
    runtime: Runtime, name: str, names: list[Any], defaults: list[Any], members: dict[str, Any]
) -> Function:
    more = {key: v for key, v in members.items() if key not in ("__doc__", "__slots__")}
    shown = _taken(more, _OF_TUPLES)
    entry = tuple_class(runtime, name, names, defaults, more=_methods(name, more))
    cls: Any = entry.cls
    called = Members(methods=_put_on(cls, shown))
    runtime.attributes.learn(cls, called.over(runtime.attributes.members(cls)))
    return entry


def _taken(members: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The special methods among the members, which are taken out."""
    found = [key for key in names if isinstance(members.get(key), UserFunction | Bound)]
    return {key: members.pop(key) for key in found}


def _put_on(cls: Any, functions: dict[str, Any]) -> dict[str, Function]:
    """Let Python's operators find them, and return what a program finds under their names."""
    for key, function in functions.items():
        type.__setattr__(cls, key, function)
    return {key: Function(_calling(function), "special") for key, function in functions.items()}


def _methods(name: str, members: dict[str, Any]) -> Members:
    """The methods and properties that a NamedTuple or Enum of the program's defines."""
    attributes: dict[str, Any] = {}
    methods: dict[str, Function] = {}
    for member, value in members.items():
        if member.startswith("__"):
            raise Refused("member", f"{name}.{member}")
        if isinstance(value, UserFunction):
            methods[member] = Function(_calling(value), "special")
        elif isinstance(value, property) and isinstance(value.fget, UserFunction):
            attributes[member] = value.fget
        else:
            raise Refused("member", f"{name}.{member}")
    return Members(attributes, methods)


def _calling(function: UserFunction) -> Any:
    def call(runtime: Runtime, owner: Any, /, *args: Any, **named: Any) -> Any:
        return runtime.calls.call_value(function, (owner, *args), named)

    call.__name__ = function.__name__
    return call


def named_tuple(
    runtime: Runtime, typename: Any, field_names: Any, *, defaults: Any = None, rename: Any = False
) -> Any:
    names = field_names.replace(",", " ").split() if isinstance(field_names, str) else field_names
    names = runtime.walking.items(names)
    given = None if defaults is None else runtime.walking.items(defaults)
    return tuple_class(runtime, typename, names, given, bool(rename))


_MOST_FIELDS = 100


def tuple_class(
    runtime: Runtime,
    typename: Any,
    names: list[Any],
    defaults: Any,
    rename: bool = False,
    more: Members | None = None,
) -> Function:
    """Python makes the class from text, once it has checked that the names are names."""
    runtime.budget.check_length([], len(names) * 1000)
    if not isinstance(typename, str) or not all(isinstance(name, str) for name in names):
        raise TypeError("Type names and field names must be strings")
    if len(names) > _MOST_FIELDS or any(len(name) > _MOST_FIELDS for name in (typename, *names)):
        raise Refused("call", "namedtuple(…)")
    make_class: Any = collections.namedtuple
    cls = make_class(typename, names, defaults=defaults, rename=rename, module="__main__")
    names = list(cls.__match_args__)  # some of which may have been renamed

    def make(runtime: Runtime, /, *args: Any, **named: Any) -> Any:
        return cls(*args, **named)

    def replaced(runtime: Runtime, owner: Any, /, **named: Any) -> Any:
        return cls(**{**dict(zip(names, owner, strict=True)), **named})

    def as_dict(runtime: Runtime, owner: Any, /) -> dict[str, Any]:
        return dict(zip(names, owner, strict=True))

    def of_items(runtime: Runtime, iterable: Any, /) -> Any:
        items = runtime.walking.items(iterable)
        if len(items) != len(names):
            raise TypeError(f"Expected {len(names)} arguments, got {len(items)}")
        return cls(*items)

    fields: dict[str, Any] = {name: operator.itemgetter(i) for i, name in enumerate(names)}
    own = Members(
        attributes={**fields, "_fields": lambda owner: tuple(names)},
        methods={
            "_asdict": Function(as_dict, "special"),
            "_replace": Function(replaced, "special"),
        },
    )
    runtime.attributes.learn(cls, own.over(more or Members()))
    of_class = {"_fields": tuple(names), "_field_defaults": dict(cls._field_defaults)}
    made_of = Bound(runtime.calls.call, Function(of_items, "special"))
    runtime.attributes.learn_class(cls, {**of_class, "_make": made_of})
    entry = runtime.classes.entries[cls] = Function(make, "special", cls)
    return entry
