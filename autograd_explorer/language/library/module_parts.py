"""ModuleList, ParameterDict and the like: what a program may put into them, and under which name.

PyTorch makes each part an attribute of the holder, and the names of ParameterDict and ModuleDict
come from the program. So each name is checked here, for every method that can add one.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.torch_internals import (
    keys_of_dict,
    length_of_list,
    modules_in,
    stores_of,
)

_NAMES_OF_MODULES = frozenset((*dir(nn.Module), *dir(nn.ParameterDict), *nn.Module().__dict__))
_LISTS = (nn.ModuleList, nn.ParameterList)
_DICTS = (nn.ModuleDict, nn.ParameterDict)
HOLDERS = (*_LISTS, *_DICTS, nn.Sequential)


def checked(runtime: Runtime, base: Any, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments of a holder's constructor, as lists and dicts that the interpreter made and
    whose names have been checked. Arguments of any other module are returned as they are."""
    if not args or not isinstance(base, type) or not issubclass(base, HOLDERS):
        return args
    if issubclass(base, _LISTS) and args[0] is not None:
        return ([_part(base, item) for item in runtime.walking.items(args[0])], *args[1:])
    if issubclass(base, _DICTS) and args[0] is not None:
        return (named_parts(runtime, base, args[0]), *args[1:])
    if issubclass(base, nn.Sequential) and len(args) == 1 and isinstance(args[0], dict):
        for name in args[0]:
            _check_name(base, name)
    return args


def named_parts(runtime: Runtime, base: type, values: Any) -> dict[str, Any]:
    """The parts to put into a ModuleDict or ParameterDict, by name, once the names are checked."""
    if isinstance(values, dict):
        pairs = list(values.items())
    elif isinstance(values, nn.ParameterDict):
        pairs = [(name, part_of(values, name)) for name in names_of(values)]
    elif isinstance(values, nn.ModuleDict):
        pairs = list(modules_in(values).items())
    else:
        pairs = [tuple(runtime.walking.items(pair)) for pair in runtime.walking.items(values)]
    for pair in pairs:
        if len(pair) != 2:
            raise ValueError(
                f"dictionary update sequence element has length {len(pair)}; 2 is required"
            )
        _check_name(base, pair[0])
    return {name: _part(base, value) for name, value in pairs}


def _check_name(base: type, name: Any) -> None:
    if not isinstance(name, str):
        raise TypeError(f"module name should be a string. Got {type(name).__name__}")
    if name.startswith("_") or name in _NAMES_OF_MODULES or hasattr(base, name):
        raise Refused("attribute", f"{base.__name__}[{name[:40]!r}]")


def _part(base: type, value: Any) -> Any:
    """Refuse a part of a ParameterList or ParameterDict that is no tensor: PyTorch would take it. A
    part of a ModuleList that is no module is refused by PyTorch itself."""
    if issubclass(base, (nn.ParameterList, nn.ParameterDict)) and not isinstance(value, Tensor):
        raise Refused("call", f"{base.__name__}({type(value).__name__})")
    return value


def _base(runtime: Runtime, holder: Any) -> Any:
    """PyTorch's own class behind a holder's."""
    return runtime.classes.native_base(type(holder))


# Reading


def names_of(holder: nn.ParameterDict) -> list[str]:
    return [name for name in keys_of_dict(holder) if isinstance(name, str)]


def part_of(holder: nn.ParameterDict, name: Any) -> Any:
    """A part of a ParameterDict. PyTorch uses getattr here, which reaches every attribute.

    Raises:  AttributeError, where there is none of that name
             TypeError, for what is no name
             Refused, where PyTorch would give an attribute of the module
    """
    if isinstance(name, str) and name in keys_of_dict(holder):
        parameters, buffers, _ = stores_of(holder)
        for store in (parameters, buffers, holder.__dict__):
            if name in store:
                return store[name]
    if isinstance(name, str):
        _check_name(nn.ParameterDict, name)
        raise AttributeError(f"'ParameterDict' object has no attribute {name!r}")
    raise TypeError(
        "Index given to ParameterDict cannot be used as a key as it is not a string (type is "
        f"{type(name).__name__!r}). Open an issue on github if you need non-string keys."
    )


def _parts(holder: Any) -> list[Any]:
    """The items that a loop over a holder gives."""
    if isinstance(holder, nn.ParameterDict):
        return list(names_of(holder))
    if isinstance(holder, nn.ParameterList):
        parameters, buffers, _ = stores_of(holder)
        held = {**buffers, **parameters}
        return [held[str(i)] for i in range(length_of_list(holder))]
    modules = modules_in(holder)
    return list(modules.keys() if isinstance(holder, nn.ModuleDict) else modules.values())


def _get(runtime: Runtime, holder: Any, index: Any) -> Any:
    if isinstance(holder, nn.ParameterDict):
        return part_of(holder, index)
    if isinstance(holder, nn.ModuleDict):
        return modules_in(holder)[index]
    parts = _parts(holder)
    if isinstance(index, slice):
        base = _base(runtime, holder)
        if isinstance(holder, nn.Sequential):
            return base(OrderedDict(list(modules_in(holder).items())[index]))
        return base(parts[index])
    place = _place(index)
    if not -len(parts) <= place < len(parts):
        raise IndexError(f"index {place} is out of range")
    return parts[place]


def _place(index: Any) -> int:
    if isinstance(index, int | Tensor):
        return int(index)
    raise TypeError(f"{type(index).__name__!r} object cannot be interpreted as an integer")


def _set(runtime: Runtime, holder: Any, index: Any, value: Any) -> None:
    base = _base(runtime, holder)
    if isinstance(holder, _DICTS):
        _check_name(base, index)
    else:
        index = _place(index)
    holder[index] = _part(base, value)
    runtime.budget.check_paths(holder)


def _delete(runtime: Runtime, holder: Any, index: Any) -> None:
    _base(runtime, holder).__delitem__(holder, index if isinstance(index, slice) else _place(index))


def _pop(runtime: Runtime, holder: Any, index: Any) -> Any:
    found = _get(runtime, holder, index)
    _delete(runtime, holder, index)
    return found


def _delete_named(runtime: Runtime, holder: Any, name: Any) -> None:
    _get(runtime, holder, name)  # raises an error where there is none
    del holder[name]


def _pop_named(runtime: Runtime, holder: Any, name: Any) -> Any:
    found = _get(runtime, holder, name)
    del holder[name]
    return found


def _clear(runtime: Runtime, holder: Any) -> None:
    for name in _parts(holder):
        del holder[name]


def _length(runtime: Runtime, holder: Any) -> int:
    return len(_parts(holder))


def _iterate(runtime: Runtime, holder: Any) -> Any:
    return iter(_parts(holder))


def _contains(runtime: Runtime, holder: Any, item: Any) -> bool:
    parts = _parts(holder)
    return any(item is part or (isinstance(item, str) and item == part) for part in parts)


def _append(runtime: Runtime, holder: Any, value: Any) -> Any:
    base = _base(runtime, holder)
    base.append(holder, _part(base, value))
    runtime.budget.check_paths(holder)
    return holder


def _extend(runtime: Runtime, holder: Any, values: Any) -> Any:
    base = _base(runtime, holder)
    items = [_part(base, item) for item in runtime.walking.items(values)]
    runtime.budget.check_length([], len(_parts(holder)) + len(items))
    base.extend(holder, nn.Sequential(*items) if isinstance(holder, nn.Sequential) else items)
    runtime.budget.check_paths(holder)
    return holder


def _insert(runtime: Runtime, holder: Any, place: Any, value: Any) -> Any:
    _base(runtime, holder).insert(holder, _place(place), value)
    runtime.budget.check_paths(holder)
    return holder


def _added(runtime: Runtime, holder: Any, other: Any) -> Any:
    items = [*_parts(holder), *runtime.walking.items(other)]
    return runtime.calls.call_value(Function(nn.ModuleList, "module"), (items,), {})


def _joined(runtime: Runtime, holder: nn.Sequential, other: Any) -> Any:
    """Sequential + Sequential"""
    if not isinstance(other, nn.Sequential):
        raise ValueError(
            f"add operator supports only objects of Sequential class, but {type(other)} is given."
        )
    parts = [*_parts(holder), *_parts(other)]
    return runtime.calls.call_value(Function(nn.Sequential, "module"), tuple(parts), {})


def _repeated(runtime: Runtime, holder: nn.Sequential, count: Any) -> Any:
    """Sequential * 3: the same parts again and again"""
    if not isinstance(count, int):
        raise TypeError(f"unsupported operand type(s) for *: {type(holder)} and {type(count)}")
    if count <= 0:
        raise ValueError(f"Non-positive multiplication factor {count} for {type(holder)}")
    runtime.budget.check_length([], count * len(_parts(holder)))
    return runtime.calls.call_value(
        Function(nn.Sequential, "module"), tuple(_parts(holder) * count), {}
    )


def _update(runtime: Runtime, holder: Any, values: Any) -> None:
    base = _base(runtime, holder)
    for name, value in named_parts(runtime, base, values).items():
        holder[name] = value
    runtime.budget.check_paths(holder)


def _values(runtime: Runtime, holder: Any) -> Any:
    return iter([_get(runtime, holder, name) for name in _parts(holder)])


def _items(runtime: Runtime, holder: Any) -> Any:
    return iter([(name, _get(runtime, holder, name)) for name in _parts(holder)])


def _members(**methods: Callable[..., Any]) -> Members:
    # The names of special methods are written without their underscores.
    special = {"delitem", "getitem", "setitem", "len", "iter", "contains", "add", "iadd", "mul"}
    return Members(
        methods={
            f"__{name}__" if name in special else name: Function(call, "special")
            for name, call in methods.items()
        }
    )


_ALL: dict[str, Callable[..., Any]] = {
    "getitem": _get, "setitem": _set, "len": _length, "iter": _iterate,
}  # fmt: skip
_GROWING: dict[str, Callable[..., Any]] = {"append": _append, "extend": _extend}
_NAMED: dict[str, Callable[..., Any]] = {
    "clear": _clear, "contains": _contains, "delitem": _delete_named, "items": _items,
    "keys": _iterate, "pop": _pop_named, "update": _update, "values": _values,
}  # fmt: skip

# Every special method of a holder that a program can reach, and what replaces PyTorch's own.
TABLES: dict[type, Members] = {
    nn.ModuleList: _members(
        **_ALL, **_GROWING, delitem=_delete, insert=_insert, add=_added, iadd=_extend, pop=_pop
    ),
    nn.Sequential: _members(
        **_ALL, **_GROWING, delitem=_delete, insert=_insert, add=_joined, mul=_repeated, pop=_pop
    ),
    nn.ParameterList: _members(**_ALL, **_GROWING, iadd=_extend),
    nn.ModuleDict: _members(**_ALL, **_NAMED),
    nn.ParameterDict: _members(**_ALL, **_NAMED),
}
