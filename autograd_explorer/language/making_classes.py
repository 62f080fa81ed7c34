"""How a class of the program comes to be: by its statement, by `type(name, bases, members)`, and by
a metaclass of the program's.

Python's own metaclass never changes: it is always `type`. A metaclass of the program is a class
like others, of which it is noted which classes it has made; it is asked by the interpreter alone.
"""

import collections.abc
import re
from collections.abc import Callable
from threading import get_ident
from typing import Any

from torch import Tensor, nn
from torch.distributions import Distribution

from autograd_explorer.errors import ProgramError, Refused, StopRun
from autograd_explorer.language import written
from autograd_explorer.language.belongings import Hint
from autograd_explorer.language.class_rules import VALUES, build_class, check_bases, check_members
from autograd_explorer.language.crossing import may_stand_in_class
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.library import class_functions, copying
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import given_name

# What a metaclass may define of the special methods: those by which it makes classes, and those by
# which a class is walked. How classes are compared, shown and looked into stays Python's own.
_OF_METACLASSES = frozenset(
    """
    __new__ __init__ __call__ __getitem__ __iter__ __len__ __contains__ __doc__ __setitem__
    """.split()
)


def define(
    runtime: Runtime,
    name: str,
    qualified: str,
    named: list[Any],
    members: dict[str, Any],
    annotations: dict[str, Any],
    keywords: dict[str, Any],
) -> Any:
    """Make the class of a class statement.

    named     what stands in the parentheses
    keywords  what else does; "metaclass" is a class of the program's
    """
    classes = runtime.classes
    meta = _metaclass(runtime, name, keywords.pop("metaclass", None), named)
    classes.pending.append((qualified, annotations))
    try:
        if meta is None or not classes.defines(meta, "__new__"):
            given = keywords if meta is None or not classes.defines(meta, "__init__") else {}
            made = _make(runtime, meta, name, named, members, given)
        else:
            whole = {"__module__": "__main__", "__qualname__": qualified, **members}
            new = _plain(classes.member(meta, "__new__"))
            made = runtime.calls.call_value(new, (meta, name, tuple(named), whole), keywords)
    finally:
        classes.pending.pop()
    if meta is not None and classes.defines(meta, "__init__") and classes.metas.get(made) is meta:
        initialise = classes.member(meta, "__init__")
        runtime.calls.call_value(initialise, (made, name, tuple(named), dict(members)), keywords)
    return made


def own_distribution(runtime: Runtime) -> type:
    """What stands for torch.distributions.Distribution behind a class of the program's."""
    given = {"validated_by_default": lambda runtime: Distribution._validate_args}
    found: type = written.part("own_distribution", "Distribution", given)(runtime)
    return found


_ABSTRACT = re.compile(r"(typing|collections\.abc)\.(\w+)")


def with_mixins(runtime: Runtime, named: list[Any]) -> list[Any]:
    """The bases of a class statement, with the classes of library/written/abc_mixins.py where it
    names abstract ones of collections.abc that bring methods along, and with ours in the place of
    torch.distributions.Distribution."""
    made = list(named)
    for i, base in enumerate(named):
        if isinstance(base, Function) and base.cls is Distribution:
            made[i] = own_distribution(runtime)
            runtime.classes.mixins[made[i]] = Distribution
        abstract = _ABSTRACT.match(base.text) if isinstance(base, Hint) else None
        name = abstract[2] if abstract else ""
        if name in written.names_in("abc_mixins"):
            made[i] = written.part("abc_mixins", name)(runtime)
            for mixin in made[i].__mro__[:-1]:
                runtime.classes.mixins[mixin] = getattr(collections.abc, mixin.__name__)
    return made


def _metaclass(runtime: Runtime, name: str, given: Any, named: list[Any]) -> type | None:
    """The most derived of the metaclass that is given and those of the bases."""
    classes = runtime.classes
    found: list[type] = [] if given is None else [given]
    found += [classes.metas[base] for base in named if _is_made(runtime, base)]
    for meta in found:
        if all(issubclass(meta, other) for other in found):
            return meta
    if found:
        raise TypeError(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
            "of the metaclasses of all its bases"
        )
    return None


def _is_made(runtime: Runtime, base: Any) -> bool:
    return isinstance(base, type) and base in runtime.classes.metas


def _plain(function: Any) -> Any:
    return function.__func__ if isinstance(function, staticmethod) else function


def _make(
    runtime: Runtime,
    meta: type | None,
    name: str,
    named: list[Any],
    members: dict[str, Any],
    keywords: dict[str, Any],
) -> type:
    classes = runtime.classes
    qualified, annotations = classes.pending[-1] if classes.pending else (name, {})
    if qualified.rpartition(".")[2] != name:  # a metaclass makes another class on the way
        qualified, annotations = name, {}
    # Several of `object`, such as ABC and Generic[T], are one.
    found = [base for base in dict.fromkeys(map(classes.base, named)) if base is not object]
    bases = tuple(base for base in found if base is not type)
    check_bases(name, bases or (object,), classes)
    given = {"__module__": "__main__", "__qualname__": qualified}  # what Python itself puts there
    for key in [key for key in given if type(members.get(key)) is str]:
        if members[key] == given[key]:
            members = {name: value for name, value in members.items() if name != key}
    slots = members.pop("__slots__", None)
    is_meta = type in found or any(base in classes.of_classes for base in bases)
    for key, value in members.items():
        if not may_stand_in_class(value, classes):
            raise Refused("member", f"{name}.{key} = {type(value).__name__}")
        if is_meta and key.startswith("__") and key not in _OF_METACLASSES:
            raise Refused("attribute", f"{name}.{key}")
    check_members(name, bases, members, classes)
    if meta is not None and any(type(base) is not type for base in bases):
        raise Refused("class", f"{name}(metaclass={meta.__name__})")
    made = build_class(name, qualified, bases, members)
    classes[made] = dict(members)
    if any(isinstance(base, Hint) or base in classes.generics for base in (*named, *found)):
        classes.generics.add(made)
    for key, value in members.items():
        if classes.defines(type(value), "__get__") or classes.defines(type(value), "__set__"):
            classes.described.add(key)
        if classes.defines(type(value), "__set_name__"):
            named_by = classes.member(type(value), "__set_name__")
            runtime.calls.call_value(named_by, (value, made, key), {})
    if isinstance(members.get("__del__"), UserFunction):
        type.__setattr__(made, "__del__", _ending(runtime, members["__del__"]))
    if "__getstate__" in members:
        type.__setattr__(made, "__getstate__", _state(runtime, members["__getstate__"]))
    if "__index__" in members and "__int__" not in members:  # int() asks that one next
        type.__setattr__(made, "__int__", members["__index__"])
    classes.annotated[made] = class_functions.fields_in(annotations)
    classes.annotations[made] = annotations
    if is_meta:
        classes.of_classes.add(made)
    if meta is not None:
        classes.metas[made] = meta
    if slots is not None:
        classes.slots[made] = class_functions.slots_of(runtime, slots)
    class_functions.tell_base(runtime, made, keywords)
    return made


def type_new(
    runtime: Runtime, meta: Any, name: Any, bases: Any, members: Any, /, **keywords: Any
) -> type:
    """super().__new__(…) in a metaclass, and type.__new__(…)"""
    classes = runtime.classes
    if not (meta in classes.of_classes if isinstance(meta, type) else _is_type(meta)):
        raise Refused("call", "type.__new__")
    _check_parts(name, bases, members)
    runtime.budget.check_length(name, len(name))
    if not all(isinstance(key, str) for key in members):
        raise Refused("call", "type.__new__")
    own = meta if isinstance(meta, type) else None
    return _make(runtime, own, name, list(bases), members, keywords)


def _is_type(value: Any) -> bool:
    return isinstance(value, Function) and value.cls is type


def _check_parts(name: Any, bases: Any, members: Any) -> None:
    for place, (part, cls) in enumerate(((name, str), (bases, tuple), (members, dict)), 1):
        if not isinstance(part, cls):
            words = f"argument {place} must be {cls.__name__}, not {given_name(part)}"
            raise TypeError(f"type.__new__() {words}")
    if type(members) is not dict:
        raise Refused("call", "type(…)")


def make_class(
    runtime: Runtime, metaclass: type | None, name: Any, bases: Any, members: Any, /
) -> Any:
    """type(name, bases, members), and the same of a metaclass"""
    _check_parts(name, bases, members)
    if not all(isinstance(key, str) for key in members):
        raise Refused("call", "type(…, …, …)")
    return define(runtime, name, name, list(bases), members, {}, {"metaclass": metaclass})


def safe_type(runtime: Runtime, value: Any, *more: Any) -> Any:
    if more:
        return make_class(runtime, None, value, *more)
    return runtime.classes.kind_of(value)


def make_instance(
    runtime: Runtime, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    """cls(…), for a class of the program's: its metaclass may have something to say."""
    classes = runtime.classes
    if cls in classes.of_classes:
        return make_class(runtime, cls, *args)
    meta = classes.metas.get(cls)
    if meta is not None and classes.defines(meta, "__call__"):
        return runtime.calls.call_value(classes.member(meta, "__call__"), (cls, *args), kwargs)
    return runtime.calls.instantiate(cls, args, kwargs)


def make_by_new(runtime: Runtime, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """An instance of a class that has a `__new__` of its own."""
    new = _plain(runtime.classes.member(cls, "__new__"))
    made = runtime.calls.call_value(new, (cls, *args), kwargs)
    if isinstance(made, cls) and runtime.classes.defines(type(made), "__init__"):
        initialise = runtime.classes.member(type(made), "__init__")
        runtime.calls.call_value(initialise, (made, *args), kwargs)
    elif isinstance(made, cls) and isinstance(made, nn.Module):
        runtime.calls.initialise(nn.Module, made, *args, **kwargs)
    return made


def _ending(runtime: Runtime, function: UserFunction) -> Callable[[Any], None]:
    """What Python calls when an instance is freed, in the middle of whatever is running: the
    program's `__del__`. What it raises is dropped, as Python does, but for what ends the run."""
    thread = get_ident()

    def call(instance: Any) -> None:
        state, budget = runtime.state, runtime.budget
        if state.over or budget.stopped is not None:
            return
        if get_ident() != thread:  # where a collection of garbage in another thread has found it
            budget.stopped = Refused("attribute", f"{type(instance).__name__}.__del__")
            return
        before = state.scope, state.around, state.at, state.caller, state.handled, state.fault
        try:
            runtime.calls.call_value(function, (instance,), {})
        except (ProgramError, StopRun) as error:
            budget.stopped = error
        except (RecursionError, MemoryError):
            budget.stop("call_depth")
        except Exception:  # noqa: S110  Python writes it to sys.stderr, which is not shown
            pass
        finally:
            (
                state.scope, state.around, state.at, state.caller, state.handled, state.fault
            ) = before  # fmt: skip

    return call


def _state(runtime: Runtime, function: Any) -> Callable[[Any], Any]:
    """What Python calls for a copy of an instance. What it gives has not been counted as what the
    instance holds has."""

    def call(instance: Any) -> Any:
        state = runtime.calls.call_value(function, (instance,), {})
        copying.count(runtime, state)
        return state

    return call


def type_call(runtime: Runtime, cls: Any, /, *args: Any, **options: Any) -> Any:
    """super().__call__(…) in a metaclass: the instance that the class itself would make"""
    classes = runtime.classes
    if not isinstance(cls, type) or cls not in classes or cls in classes.of_classes:
        raise Refused("call", "type.__call__")
    return runtime.calls.instantiate(cls, args, options)


def type_init(runtime: Runtime, cls: Any, /, *args: Any, **options: Any) -> None:
    """super().__init__(…) in a metaclass"""


def new_value(runtime: Runtime, cls: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """An instance of a class that is made from list, tuple, int, float, str, Tensor or Parameter:
    of what the plain class makes of the arguments."""
    base: Any = runtime.classes.native_base(cls)
    if base is list:
        return list.__new__(cls)
    if issubclass(base, Tensor):
        path = "torch.nn.Parameter" if base is nn.Parameter else "torch.Tensor"
        plain = runtime.calls.call_value(runtime.attributes.named(path), args, options)
        if base is nn.Parameter:
            made: Any = nn.Parameter.__new__(cls, plain.data, plain.requires_grad)
        else:
            made = plain.as_subclass(cls)
        return runtime.calls.made(made)
    plain = runtime.calls.call_value(runtime.library.builtins[base.__name__], args, options)
    return base.__new__(cls, plain)


def make_value(runtime: Runtime, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """An instance of such a class that has no `__new__` of its own."""
    own = runtime.classes.defines(cls, "__init__")
    options = {} if own and issubclass(cls, list) else kwargs
    made = new_value(runtime, cls, args, options)
    if own:
        runtime.calls.call_value(runtime.classes.member(cls, "__init__"), (made, *args), kwargs)
    else:
        runtime.calls.initialise(runtime.classes.native_base(cls), made, *args, **kwargs)
    return made


def plain_value(value: Any) -> Any:
    """The same value of Python's own class, for native code."""
    base: Any = next(cls for cls in VALUES if isinstance(value, cls))
    return value if base is Tensor else base.__new__(base, value) if base is not list else value[:]


def object_new(runtime: Runtime, cls: Any, /, *args: Any, **options: Any) -> Any:
    """super().__new__(cls), in a class that is made from nothing of PyTorch's or Python's own"""
    classes = runtime.classes
    if not isinstance(cls, type) or cls not in classes or cls in classes.of_classes:
        raise Refused("call", "object.__new__")
    if issubclass(cls, VALUES):
        return new_value(runtime, cls, args, options)
    if classes.native_base(cls) not in (object, nn.Module):
        raise Refused("call", f"{cls.__name__}.__new__")
    if args or options:
        raise TypeError("object.__new__() takes exactly one argument (the type to instantiate)")
    class_functions.check_abstract(runtime, cls)
    return object.__new__(cls)


def tensor_as(runtime: Runtime, tensor: Tensor, cls: Any, /) -> Any:
    """tensor.as_subclass(cls)"""
    named: Any = cls.cls if isinstance(cls, Function) else cls
    own = isinstance(named, type) and named in runtime.classes and issubclass(named, Tensor)
    if not own and named not in (Tensor, nn.Parameter):
        raise Refused("call", "Tensor.as_subclass(…)")
    return runtime.calls.made(tensor.as_subclass(named))


def make_subclass(runtime: Runtime, cls: Any, data: Any, require_grad: Any = False, /) -> Any:
    """torch.Tensor._make_subclass(cls, data, require_grad)"""
    if not isinstance(data, Tensor):
        raise Refused("call", "Tensor._make_subclass(…)")
    return tensor_as(runtime, data.detach(), cls).requires_grad_(bool(require_grad))


OF_TYPE = {
    "__new__": Function(type_new, "special"),
    "__call__": Function(type_call, "special"),
    "__init__": Function(type_init, "special"),
}
OBJECT_NEW = Function(object_new, "special")
