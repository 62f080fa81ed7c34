"""`vars(x)`, `x.__dict__`, `module._modules` and the fields of a dataclass: copies in which reading
is a dict's own, and that hand on what a program puts into them to the rules for attributes."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NoReturn

from torch import nn
from torch.nn.utils import prune

from autograd_explorer.errors import Refused
from autograd_explorer.language.crossing import is_closed
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.library import more_standard
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.module_functions import module_add_module
from autograd_explorer.language.library.more_standard import CACHED
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING
from autograd_explorer.torch_internals import (
    STORES,
    STORES_OF_HOOKS,
    STORES_OF_PARTS,
    name_of_pruned,
    stores_of,
)


class Snapshot(dict[str, Any]):
    """.put    what `snapshot[name] = value` does instead
    .owner  whose names these are
    """

    __slots__ = ("owner", "put")

    def __init__(self, owner: Any, values: dict[str, Any], put: Callable[[str, Any], None]) -> None:
        super().__init__(values)
        self.owner, self.put = owner, put

    def __deepcopy__(self, memo: Any) -> dict[str, Any]:
        return dict(self)


type.__setattr__(Snapshot, "__name__", "dict")
Snapshot.__qualname__, Snapshot.__module__ = "dict", "builtins"


class Hooks(OrderedDict[int, Any]):
    """A module's hooks, by their numbers."""

    owner: Any
    store: str


type.__setattr__(Hooks, "__name__", "OrderedDict")
Hooks.__qualname__, Hooks.__module__ = "OrderedDict", "collections"


def _hooks_of(module: nn.Module, store: str) -> Hooks:
    made = Hooks(module.__dict__.get(store, {}))
    made.owner, made.store = module, store
    return made


def _clear_hooks(hooks: Hooks) -> None:
    """module._forward_hooks.clear()"""
    hooks.owner.__dict__[hooks.store].clear()
    hooks.clear()


def of(runtime: Runtime, value: Any, name: str, is_plain: bool) -> Any:
    """`value.__dict__` of a plain object of the program's, or a module's `_modules`,
    `_forward_hooks` and the like; MISSING for anything else."""
    if name == "__dict__" and is_plain:
        shown = {key.removeprefix(CACHED): held for key, held in value.__dict__.items()}
        own = {key: held for key, held in shown.items() if not key.startswith("__")}
        runtime.budget.count_plain(own)
        return Snapshot(
            value, own, lambda key, new: runtime.attributes.write(value, key, new, True)
        )
    if name == "__dict__" and isinstance(value, type) and value in runtime.classes:
        return Snapshot(value, _members_of(runtime, value), _not_by_item)
    if name == "__dict__" and isinstance(value, UserFunction):
        own = {key: held for key, held in value.__dict__.items() if key != "__doc__"}
        return Snapshot(value, own, lambda key, new: runtime.attributes.write(value, key, new))
    if name == "__annotations__":
        return _annotations(runtime, value)
    if name == "__dict__" and isinstance(value, nn.Module):
        return _names_of_module(runtime, value)
    if name == "__dataclass_fields__":
        fields = more_standard.named_fields(runtime, value)
        return MISSING if fields is None else fields
    if name in STORES and isinstance(value, nn.Module):
        held = dict(stores_of(value)[STORES[name]])
        if STORES[name] == STORES_OF_PARTS:

            def put_part(key: str, new: Any) -> None:
                if not isinstance(new, nn.Module | None):
                    _refuse(name)
                module_add_module(runtime, value, key, new)

            return Snapshot(value, held, put_part)
        return Snapshot(value, held, lambda key, new: _refuse(name))
    if name in STORES_OF_HOOKS and isinstance(value, nn.Module):
        return _hooks_of(value, name)
    return MISSING


def _members_of(runtime: Runtime, cls: type) -> dict[str, Any]:
    """What a class statement of the program's has put on its class, with the names that Python
    puts there as well."""
    members = dict(runtime.classes[cls])
    held: dict[str, Any] = {"__module__": "__main__"}
    if runtime.classes.annotations.get(cls):
        held["__annotations__"] = _annotations(runtime, cls)
    if members.get("__doc__") is not None:
        held["__doc__"] = members.pop("__doc__")
    held |= members
    if cls.__mro__[1:] == (object,):
        held |= dict.fromkeys(("__dict__", "__weakref__"))
    held.setdefault("__doc__", None)
    return held


def _not_by_item(name: str, new: Any) -> NoReturn:
    raise TypeError("'mappingproxy' object does not support item assignment")


def _annotations(runtime: Runtime, value: Any) -> Any:
    """What stands behind the colons of a class or a function; MISSING of anything else."""
    scope = None
    if isinstance(value, type) and value in runtime.classes:
        nodes = dict(runtime.classes.annotations.get(value, {}))
    elif isinstance(value, UserFunction):
        node: Any = value.node
        scope = value.closure
        spec = node.args
        several = [*spec.posonlyargs, *spec.args, *filter(None, [spec.vararg]), *spec.kwonlyargs]
        several += filter(None, [spec.kwarg])
        nodes = {part.arg: part.annotation for part in several if part.annotation is not None}
        if getattr(node, "returns", None) is not None:
            nodes["return"] = node.returns
    else:
        return MISSING
    return {name: more_standard.annotated(runtime, node, scope) for name, node in nodes.items()}


def _names_of_module(runtime: Runtime, module: nn.Module) -> Snapshot:
    """`module.__dict__`, with copies of what PyTorch keeps there. Nothing can be put past the
    registration of parameters and parts."""
    held: dict[str, Any] = {}
    for name, value in module.__dict__.items():
        if name in STORES or name in STORES_OF_HOOKS:
            held[name] = of(runtime, module, name, False)
        elif value.__class__ in (dict, OrderedDict, set) and not value:
            held[name] = type(value)()
        elif is_closed(value, runtime.classes) and not name.startswith("__"):
            held[name] = value
        else:
            raise Refused("attribute", f"{type(module).__name__}.__dict__")
    runtime.budget.count_plain(held)

    def put(name: str, new: Any) -> None:
        if isinstance(new, nn.Parameter | nn.Module):
            _refuse("__dict__")
        runtime.attributes.write(module, name, new)

    return Snapshot(module, held, put)


def _refuse(name: str) -> NoReturn:
    raise Refused("assignment", f"{name}[…]")


def variables(runtime: Runtime, object: Any = MISSING, /) -> Any:
    """vars(x)"""
    if object is MISSING:
        raise Refused("call", "vars()")
    try:
        return runtime.attributes.read(object, "__dict__")
    except AttributeError:
        raise TypeError("vars() argument must have __dict__ attribute") from None


def put(runtime: Runtime, snapshot: Snapshot, name: Any, value: Any) -> None:
    if not isinstance(name, str):
        raise TypeError(f"attribute name must be string, not '{type(name).__name__}'")
    snapshot.put(name, value)
    dict.__setitem__(snapshot, name, value)


def delete(runtime: Runtime, snapshot: Snapshot, name: Any) -> None:
    """del snapshot[name]"""
    if name not in snapshot:
        raise KeyError(name)
    runtime.attributes.delete(snapshot.owner, name)
    dict.__delitem__(snapshot, name)


def _update(runtime: Runtime, snapshot: Snapshot, values: Any = (), /, **named: Any) -> None:
    pairs = runtime.walking.mapping(values) if values else {}
    for name, value in {**pairs, **named}.items():
        put(runtime, snapshot, name, value)


def _not_here(name: str) -> Function:
    def call(runtime: Runtime, *args: Any, **named: Any) -> None:
        raise Refused("call", f"__dict__.{name}(…)")

    call.__name__ = name
    return Function(call, "special")


TABLES: dict[type, Members] = {
    Snapshot: Members(
        methods={
            "update": Function(_update, "special"),
            **{n: _not_here(n) for n in ("clear", "pop", "popitem", "setdefault")},
        }
    ),
    Hooks: Members(
        methods={
            "clear": Function(_clear_hooks, "plain"),
            **{n: _not_here(n) for n in ("move_to_end", "pop", "popitem", "setdefault", "update")},
        }
    ),
    prune.BasePruningMethod: Members(attributes={"_tensor_name": name_of_pruned}),
    prune.PruningContainer: Members(
        methods={
            "__iter__": Function(lambda container: iter(tuple(container)), "plain"),
            "__len__": Function(len, "plain"),
        }
    ),
}
