"""Attribute access, `owner.name`, in a program. No other file looks attributes up for a program.

A program never reads an attribute of a Python object by getattr, because that would reach anything
in the process. A name is looked up among the attributes that the program itself has set, and in
tables that we wrote. The tables of attribute_rules.py are the whole rule.
"""

import functools
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx
from torch.distributions import Distribution
from torch.optim.lr_scheduler import LRScheduler

from autograd_explorer.errors import Refused
from autograd_explorer.language import descriptors, snapshots
from autograd_explorer.language.attribute_rules import (
    READ,
    WRITE,
    Owner,
    Place,
    called,
    kind_of_name,
    owner_of,
    spelled_function,
)
from autograd_explorer.language.belongings import Absent
from autograd_explorer.language.class_rules import OVERRIDES, check_members, hidden_from
from autograd_explorer.language.crossing import OURS, is_closed, may_stand_in_class
from autograd_explorer.language.datasets import KEPT
from autograd_explorer.language.functions import (
    CACHED,
    Bound,
    BoundMethod,
    CachedMethod,
    MadeFunction,
    SuperView,
    UserFunction,
    UserMethod,
)
from autograd_explorer.language.imports import at_path
from autograd_explorer.language.inherited import Inherited, Unbound
from autograd_explorer.language.library.entry import Function, Members, Namespace, OfRun
from autograd_explorer.language.making_classes import OBJECT_NEW, own_distribution
from autograd_explorer.language.module_names import SHAPE_COMPARED, ModuleNames
from autograd_explorer.language.private_names import reserved
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING, python_name
from autograd_explorer.torch_internals import (
    STORES,
    STORES_OF_HOOKS,
    WRAPPED_CONTEXT,
    context_within,
    is_computed,
    part_named,
    weight_computed,
)

_SNAPSHOTS = frozenset(
    {"__dict__", "__annotations__", "__dataclass_fields__", *STORES, *STORES_OF_HOOKS}
)
# Of an instance `__doc__` is what its class says, and a class does not inherit it.
_DOCUMENTED = frozenset(
    {"plain instance", "derived instance", "plain class", "derived class", "module", "tensor"}
)
# What ours stand for: a public name that Python's own do not have is missing there as here.
_NATIVE: Mapping[type, type] = {
    UserFunction: FunctionType,
    UserMethod: MethodType,
    Bound: BuiltinFunctionType,
    functools.partial: functools.partial,
}


# The special methods of a class made from one of PyTorch's that may be replaced later.
_REPLACED = frozenset({"__init__", "__call__", "__repr__", "__str__"})


class Attributes:
    """The attributes of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.library = runtime.library
        self.classes = runtime.classes
        self.influence = runtime.observer.influence
        self._owners: dict[type, Owner] = {}
        self._members: dict[type, Members] = {}
        self.on_modules = ModuleNames(runtime)
        self.inherited = Inherited(runtime)
        self._tensor_methods = self.members(Tensor).methods

    # Reading

    def owner(self, value: Any) -> Owner:
        cls = type(value)
        if cls in self._owners:
            return self._owners[cls]
        found = owner_of(value, self.classes)
        if not isinstance(value, SuperView | type):
            self._owners[cls] = found
        return found

    def read(self, value: Any, name: str) -> Any:
        """owner.name

        Raises:  Refused, for what is on no list; AttributeError, for what does not exist anyway
        """
        found = self.find(value, name)
        if found is not MISSING:
            return found
        if isinstance(value, WRAPPED_CONTEXT):
            return self.read(context_within(value), name)
        if self.classes.defines(type(value), "__getattr__"):
            return self.special(value, "__getattr__")(name)
        raise self._no_attribute(value, name)

    def find(self, value: Any, name: str) -> Any:
        """owner.name, or MISSING."""
        kind, owner = kind_of_name(name), self.owner(value)
        if type(value) is Absent:
            raise Refused("absent", f"{value.path}.{name}")
        if name == "__class__" and "super" not in owner and owner != "namespace":
            return self.classes.kind_of(value)
        if name in ("__mro__", "__bases__") and owner in ("plain class", "derived class"):
            several = value.__mro__ if name == "__mro__" else value.__bases__
            return tuple(self.classes.entry_of(cls) for cls in several)
        if name == "__doc__" and owner in _DOCUMENTED:
            cls = value if isinstance(value, type) else type(value)
            return cls.__doc__ if cls is type(value) else cls.__dict__.get(name)
        if name in self.classes.described:
            found = descriptors.read(self.runtime, value, name)
            if found is not MISSING:
                return found
        if name in _SNAPSHOTS:
            found = snapshots.of(self.runtime, value, name, owner == "plain instance")
            if found is not MISSING:
                return found
        if kind == "private" and self._is_reserved(value, name):
            listed = self.members(type(value)).attributes.get(name)
            return MISSING if listed is None else listed(value)
        if name == "__init__" and owner in ("plain class", "derived class"):
            if not self.classes.defines(value, name):
                return self.inherited.initialiser(self.classes.native_base(value))
        for place in READ[owner][kind]:
            found = _LOOK[place](self, value, name)
            if found is not MISSING:
                if name == "data" and isinstance(found, Tensor):
                    self.runtime.observer.place(found, self.runtime.state.line)
                return found
        if isinstance(value, BaseException) and kind == "public" and name in value.__dict__:
            return self.own(value, name)  # what the program has put on it
        if name == "__new__" and owner in ("plain class", "plain instance"):
            return Bound(self.runtime.calls.call, OBJECT_NEW)
        return MISSING

    def _is_reserved(self, value: Any, name: str) -> bool:
        """Whether a private name is one that PyTorch or Python itself uses on such a value."""
        owner = self.owner(value)
        if owner in ("context", "tensor"):
            # What a run is watched by stands on a tensor under a name of our own.
            return name in reserved(cast(Any, type(value)))
        if not owner.startswith("derived") and owner != "module":
            return False
        instance, classes = self._classes_behind(value)
        cls: Any = classes[0] if instance is None else type(instance)
        base: Any = self.classes.native_base(cls)
        return name in reserved(base)

    def special(self, value: Any, name: str) -> Any:
        """The special method that an operator or a statement calls on a value, or MISSING.

        Python looks it up on the class, and so does this function. But of a class of PyTorch's
        only the methods in its table are used: ParameterDict's own `__getitem__`, for example, is
        getattr, which would reach every attribute of the module.
        """
        cls = self.classes.metas.get(value, type) if isinstance(value, type) else type(value)
        for base in cls.__mro__:
            if base in self.classes:
                if name in self.classes[base]:
                    return _reached_through(self.classes[base][name], value, cls)
            elif name in base.__dict__ or issubclass(base, KEPT):
                method = self.members(base).methods.get(name)
                return (
                    MISSING if method is None else Bound(self.runtime.calls.call, method, (value,))
                )
        return MISSING

    def class_member(self, cls: type, name: str) -> Any:
        """A function that Python treats as a class method, bound to the class."""
        found = self.classes.member(cls, name)
        return UserMethod(getattr(found, "__func__", found), cls)

    def method(self, owner: Any, name: str) -> tuple[Any, tuple[Any, ...]]:
        """The function that owner.name(…) calls, and the arguments to put before the others."""
        if type(owner) is Tensor and name in self._tensor_methods:
            return self._tensor_methods[name], (owner,)
        if type(owner) is Namespace:
            entry = self.library.names.get(f"{owner.path}.{name}")
            return (entry if isinstance(entry, Function) else self.read(owner, name)), ()
        plain = not isinstance(owner, (nn.Module, FunctionCtx, SuperView, type))
        if plain and type(owner) not in self.classes:
            methods = self.members(type(owner)).methods
            if name in methods:
                return methods[name], (owner,)
        return self.read(owner, name), ()

    def members(self, cls: type) -> Members:
        found = self._members.get(cls)
        if found is None:
            found = self._members[cls] = self.library.members_of(cls)
        return found

    def learn(self, cls: type, members: Members) -> None:
        """Add what a program may reach on a class that was made for it, such as a namedtuple."""
        self._members[cls] = members.over(self.library.members_of(cls))

    def learn_class(self, cls: type, members: Mapping[str, Any]) -> None:
        """Likewise on the class itself: the constants of an enumeration."""
        self.inherited.of_classes[cls] = members

    def named(self, path: str) -> Any:
        """What a dotted name of the library stands for."""
        entry = self.library.names[path]
        return entry.get(self.runtime) if isinstance(entry, OfRun) else entry

    def own(self, value: Any, name: str) -> Any:
        own = value.__dict__
        if name in own:
            return MISSING if _is_foreign(own[name]) else own[name]
        if not isinstance(value, nn.Module):
            return MISSING
        if is_computed(value, name):
            # What a parametrization computes anew each time: PyTorch makes it a property.
            return self.runtime.calls.made(weight_computed(value, name))
        return part_named(value, name, MISSING)

    def _defined(self, value: Any, name: str) -> Any:
        instance, classes = self._classes_behind(value)
        for base in classes:
            if base not in self.classes:
                if name in base.__dict__:
                    return MISSING  # PyTorch's or Python's own comes first
            elif name in self.classes[base]:
                raw = self.classes[base][name]
                if isinstance(instance, type):  # super() in a class method
                    return _reached_through(raw, None, instance)
                return _reached_through(
                    raw, instance, value if instance is None else type(instance)
                )
        if instance is None and value in self.classes.metas:
            meta = self.classes.metas[value]
            if not name.startswith("__") and self.classes.defines(meta, name):
                return _reached_through(self.classes.member(meta, name), value, meta)
        return MISSING

    def _classes_behind(self, value: Any) -> tuple[Any, tuple[type, ...]]:
        if isinstance(value, SuperView):
            return value.instance, tuple(value.classes())
        if isinstance(value, type):
            return None, value.__mro__
        return value, type(value).__mro__

    def _in_table(self, value: Any, name: str) -> Any:
        if isinstance(value, SuperView):
            return self.inherited.through_super(value, name)
        if isinstance(value, Function):
            return self.inherited.of_class(value, name)
        if isinstance(value, type) and name == "apply" and value in self.classes:
            for root, apply in self.library.apply.items():
                if issubclass(value, root):
                    return Bound(self.runtime.calls.call, apply, (value,))
            return MISSING
        members = self.members(type(value))
        if name in members.attributes:
            found = members.attributes[name](value)
            if isinstance(value, Tensor | np.ndarray):
                self.influence.attribute(value, name, found)
            return found
        if name in members.methods:
            if isinstance(value, nn.Module) and not hasattr(type(value), name):
                return MISSING  # reset_parameters, which not every module has
            in_python = isinstance(getattr(type(value), name, None), FunctionType)
            bound = BoundMethod if in_python else Bound
            return bound(self.runtime.calls.call, members.methods[name], (value,), name)
        spelled = spelled_function(value, name)
        if spelled is not None:
            function: Any = self.library.builtins.get(spelled) or self.named(spelled)
            return Bound(self.runtime.calls.call, function, (value,))
        return MISSING

    def _no_attribute(self, value: Any, name: str) -> Exception:
        """The error for a name that was not found: AttributeError if no such attribute exists, and
        Refused if it exists but the library does not list it."""
        if isinstance(value, SuperView):
            return Refused("attribute", f"{called(value.instance)}.{name}")
        cls = value if isinstance(value, type) else type(value)
        if type(value) in _NATIVE and kind_of_name(name) in ("public", "private"):
            native = _NATIVE[type(value)]
            if not hasattr(native, name):
                return AttributeError(f"{python_name(value)!r} object has no attribute {name!r}")
        if isinstance(value, Function) and kind_of_name(name) in ("public", "private"):
            shown = value.shown
            classes = (*type(shown).__mro__, *(shown.__mro__ if isinstance(shown, type) else ()))
            held = name in getattr(shown, "__dict__", ())
            if not held and not any(name in base.__dict__ for base in classes):
                kind = f"{type(shown).__name__!r} object"
                kind = f"type object {shown.__name__!r}" if isinstance(shown, type) else kind
                return AttributeError(f"{kind} has no attribute {name!r}")
        if isinstance(value, (*OURS, Function)):
            return Refused("attribute", f"{called(value)}.{name}")
        if name == "backward":
            self.influence.no_backward(value)
        if any(hasattr(self.classes.standing.get(base), name) for base in cls.__mro__):
            return Refused("attribute", f"{cls.__name__}.{name}")
        exists = any(name in base.__dict__ for base in (*cls.__mro__, *type(value).__mro__))
        held = name in getattr(value, "__dict__", ())  # by an object of PyTorch's own
        # A private or special name that neither the class nor the object has is there for nobody.
        ours = type(value).__module__.startswith("autograd_explorer")
        kinds = ("private", "mangled", "special") if ours else ("mangled",)
        hidden = kind_of_name(name) in kinds and not self._is_free_for(value, name)
        if exists or held or hidden:
            return Refused("attribute", f"{cls.__name__}.{name}")
        real = self.classes.standing.get(cls)
        named = python_name(value) if real is None else _name_in_messages(real)
        kind = f"type object {cls.__name__!r}" if cls is value else f"{named!r} object"
        return AttributeError(f"{kind} has no attribute {name!r}")

    def _is_free_for(self, value: Any, name: str) -> bool:
        """Whether only the program could have given an object of its own this private name, so that
        `hasattr(self, "_cache")` has an answer."""
        own = type(value) in self.classes or isinstance(value, nn.Module)
        own = own and kind_of_name(name) == "private"
        return own and not self._is_reserved(value, name)

    # Writing

    def write(self, value: Any, name: str, new: Any, directly: bool = False) -> None:
        """owner.name = new; directly where a `__setattr__` of the program's is passed by

        Raises:  Refused, AttributeError, as for reading
        """
        own = type(value) in self.classes and not directly
        if own and self.classes.defines(type(value), "__setattr__"):
            self.special(value, "__setattr__")(name, new)
            return
        if name in self.classes.described and not directly:
            if descriptors.write(self.runtime, value, name, new):
                return
        setters = self.members(type(value)).setters
        if name in setters:
            setters[name](value, new)
            self.influence.put_on(value, name, new)
            return
        owner = self.owner(value)
        if owner == "namespace" and f"{value.path}.{name}" in self.library.switches:
            self.runtime.belongings.switches[f"{value.path}.{name}"] = new
            return
        if isinstance(value, WRAPPED_CONTEXT):
            self.write(context_within(value), name, new)
            return
        known = may_stand_in_class if type(value) is type else is_closed
        if not known(new, self.classes):
            raise Refused("assignment", f"{called(value)}.{name}")
        kind = kind_of_name(name)
        if isinstance(value, BaseException) and owner == "value" and kind == "public":
            if not hasattr(type(value), name):
                value.__dict__[name] = new
                return
        if kind == "private" and self._is_reserved(value, name):
            raise Refused("assignment", f"{called(value)}.{name}")
        if type(value) in self.classes.frozen and name in value.__dict__:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        if self._set_property(value, name, new):
            return
        if isinstance(value, LRScheduler) and name == "optimizer":
            if not isinstance(new, torch.optim.Optimizer):
                raise Refused("assignment", f"{called(value)}.{name}")
        if isinstance(value, dict) and name == "__dict__" and new is value:
            object.__setattr__(value, name, new)  # the keys of a dict as its attributes
            return
        places = WRITE[owner][kind]
        if owner == "derived class" and name in _REPLACED:
            places = ("defined",)
        match places:
            case ("defined",) if kind == "special" and value not in self.classes.of_classes:
                check_members(value.__name__, (value,), {name: new}, self.classes)
                if name not in hidden_from((value,)):
                    type.__setattr__(value, name, new)
                self.classes[value][name] = new
            case ("defined",) if name in OVERRIDES or self.classes.is_free(value, name):
                check_members(value.__name__, (value,), {name: new}, self.classes)
                type.__setattr__(value, name, new)
                self.classes[value][name] = new
            case ("own",) if isinstance(value, nn.Module):
                self.on_modules.put(value, name, new)
            case ("own",) if type(value) in self.classes and not self.classes.has_slot_for(
                type(value), name
            ):
                raise AttributeError(f"{called(value)!r} object has no attribute {name!r}")
            case ("own",) if self.classes.is_free(type(value), name):
                object.__setattr__(value, name, new)
                if owner == "context":
                    self.runtime.observer.notice("ctx", self.runtime.state.line, new, name)
            case () if name == "__class__":
                self._become(value, new)
            case () if isinstance(value, Function) and value.cls is Distribution:
                if name == "_validate_args":
                    switch = self.read(value, "set_default_validate_args")
                    self.runtime.calls.call_value(switch, (new,), {})
                else:
                    self.write(own_distribution(self.runtime), name, new)
            case ():
                if owner in ("value", "tensor") and not isinstance(value, Function | type):
                    raise self._no_attribute(value, name)
                raise Refused("assignment", f"{called(value)}.{name}")
            case _:
                raise Refused("assignment", f"{called(value)}.{name}")

    def _become(self, value: Any, cls: Any) -> None:
        """value.__class__ = cls: of a class that the program has made from the same of PyTorch's
        or of none, so that whatever native code relies on stays as it is."""
        before, slots = type(value), self.classes.slots
        base = self.classes.native_base(before)
        is_ours = before in self.classes if base is object else isinstance(value, nn.Module)
        own = isinstance(cls, type) and cls in self.classes and not slots.keys() & {before, cls}
        if not (is_ours and own and self.classes.native_base(cls) is base):
            raise Refused("assignment", f"{called(value)}.__class__")
        object.__setattr__(value, "__class__", cls)

    def delete(self, value: Any, name: str, directly: bool = False) -> None:
        """del owner.name, for what the program itself has put there."""
        own = type(value) in self.classes and not directly
        if own and self.classes.defines(type(value), "__delattr__"):
            self.special(value, "__delattr__")(name)
            return
        if own and self._delete_property(value, name):
            return
        if isinstance(value, Tensor) and name == "grad":  # PyTorch answers with None from then on
            self.write(value, name, None)
            return
        if isinstance(value, WRAPPED_CONTEXT):
            self.delete(context_within(value), name)
            return
        owner = self.owner(value)
        reserved_name = kind_of_name(name) == "private" and self._is_reserved(value, name)
        if WRITE[owner][kind_of_name(name)] != ("own",) or reserved_name:
            raise Refused("statement", f"del {called(value)}.{name}")
        loose = self.classes.native_base(type(value)) in SHAPE_COMPARED
        if (
            isinstance(value, nn.Module)
            and name in self.on_modules.natural(value)
            and not (loose and isinstance(self.own(value, name), nn.Parameter))
        ):
            raise Refused("statement", f"del {called(value)}.{name}")
        if self.own(value, name) is MISSING:
            raise AttributeError(f"{called(value)!r} object has no attribute {name!r}")
        erase: Any = type(value).__delattr__
        erase(value, name)

    def _delete_property(self, value: Any, name: str) -> bool:
        """Call the deleter of a property that a class of the program defines, if there is one."""
        if isinstance(value, type) or not self.classes.defines(type(value), name):
            return False
        found = self.classes.member(type(value), name)
        if not isinstance(found, property):
            return False
        if found.fdel is None:
            raise AttributeError(f"property {name!r} of {called(value)!r} object has no deleter")
        found.fdel(value)
        return True

    def _set_property(self, value: Any, name: str, new: Any) -> bool:
        """Call the setter of a property that a class of the program defines, if there is one."""
        for base in type(value).__mro__:
            if name in self.classes.get(base, ()):
                found = self.classes[base][name]
                if not isinstance(found, property):
                    return False
                if found.fset is None:
                    raise AttributeError(
                        f"property {name!r} of {called(value)!r} object has no setter"
                    )
                found.fset(value, new)
                return True
        return False


def _name_in_messages(cls: type) -> str:
    """Python tells of a class that is written in C where it belongs: types.SimpleNamespace."""
    in_c = not cls.__flags__ & 1 << 9  # Py_TPFLAGS_HEAPTYPE
    return f"{cls.__module__}.{cls.__name__}" if in_c else cls.__name__


def _is_foreign(value: Any) -> bool:
    """Whether PyTorch keeps a function of its own there, as TransformerEncoderLayer.activation or
    the step of an optimizer that a schedule counts."""
    return isinstance(value, (FunctionType, BuiltinFunctionType, MethodType))


def _reached_through(raw: Any, instance: Any, cls: type) -> Any:
    """As Python's descriptors do: a function becomes a bound method, a property its value."""
    if isinstance(raw, Bound) and isinstance(raw.function.call, Unbound) and instance is not None:
        return Bound(raw.call, raw.function, (instance,))  # __getattr__ = dict.get
    if isinstance(raw, MadeFunction) and instance is not None:
        return Bound(raw.call, raw.function, (instance,))
    if isinstance(raw, CACHED) and instance is not None:
        return CachedMethod(raw, instance)
    if isinstance(raw, (UserFunction, property, staticmethod, classmethod)):
        return raw.__get__(instance, cls)
    return raw


_LOOK: Mapping[Place, Any] = {
    "own": Attributes.own,
    "defined": Attributes._defined,
    "table": Attributes._in_table,
    "path": lambda self, module, name: at_path(self.runtime, module, name),
    "initialise": lambda self, view, name: self.inherited.special(view, name),
}
