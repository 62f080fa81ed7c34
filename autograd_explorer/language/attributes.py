"""Attribute access, `owner.name`, in a program. No other file looks attributes up for a program.

A program never reads an attribute of a Python object by getattr, because that would reach anything
in the process. A name is looked up among the attributes that the program itself has set, and in
tables that we wrote. The three tables below are the whole rule: the kind of owner and the kind of
name give the places to look in, in this order.

    own        what lies in the instance's own dictionary: what the program assigned there, and
               the public data (`in_features`, `weight`) that one of PyTorch's modules keeps there
    defined    what the class statements of the program define, the nearest class first
    table      the members that library/table.py lists for the class of the owner, and for its bases
    path       the dotted names that library/table.py lists
    initialise the `__init__` of the next class, also where it is PyTorch's own

A kind of owner is "derived" if its class was made from one of PyTorch's or Python's own.
A name is "private" with one leading underscore, "special" as `__name__`, "mangled" as `__name`.
A private name that one of PyTorch's or Python's own classes uses is found nowhere on what is made
from it; private_names.py knows these names.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import FrozenInstanceError
from types import BuiltinFunctionType, FunctionType
from typing import Any, Literal, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

from autograd_explorer.errors import Refused
from autograd_explorer.language import snapshots
from autograd_explorer.language.belongings import Absent
from autograd_explorer.language.crossing import OURS, is_closed
from autograd_explorer.language.datasets import KEPT
from autograd_explorer.language.functions import Bound, SuperView, UserFunction, UserMethod
from autograd_explorer.language.library.entry import Function, Members, Namespace, OfRun
from autograd_explorer.language.library.module_parts import HOLDERS
from autograd_explorer.language.private_names import reserved
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING
from autograd_explorer.torch_internals import (
    STORES,
    STORES_OF_HOOKS,
    is_computed,
    is_lazy,
    part_named,
    set_computed,
    stores_of,
    weight_computed,
)

Owner = Literal[
    "namespace", "plain class", "derived class", "plain instance", "derived instance",
    "plain super", "derived super", "module", "context", "function", "value",
]  # fmt: skip
NameKind = Literal["public", "private", "special", "mangled"]
Place = Literal["own", "defined", "table", "path", "initialise"]
Places = tuple[Place, ...]

READ: Mapping[Owner, Mapping[NameKind, Places]] = {
    "namespace": {
        "public": ("path",), "private": ("path",), "special": ("path",), "mangled": (),
    },
    "plain class": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "table"), "mangled": (),
    },
    "derived class": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "table"), "mangled": (),
    },
    "plain instance": {
        "public": ("own", "defined", "table"), "private": ("own", "defined"),
        "special": ("defined", "table"), "mangled": (),
    },
    "derived instance": {
        "public": ("own", "defined", "table"), "private": ("own", "defined"),
        "special": ("defined", "table"), "mangled": (),
    },
    "plain super": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "initialise"), "mangled": (),
    },
    "derived super": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "initialise", "table"), "mangled": (),
    },
    "module": {
        "public": ("own", "table"), "private": (), "special": ("table",), "mangled": (),
    },
    "context": {
        "public": ("own", "table"), "private": ("own",), "special": (), "mangled": (),
    },
    "function": {
        "public": ("own", "table"), "private": ("own",), "special": ("table",), "mangled": (),
    },
    "value": {
        "public": ("table",), "private": ("table",), "special": ("table",), "mangled": (),
    },
}  # fmt: skip

# Where `owner.name = value` stores the value; () means that it is refused. A setter that the
# library has for the name comes first.
WRITE: Mapping[Owner, Mapping[NameKind, Places]] = {
    "namespace": {"public": (), "private": (), "special": (), "mangled": ()},
    "plain class": {"public": ("defined",), "private": ("defined",), "special": (), "mangled": ()},
    "derived class": {
        "public": ("defined",),
        "private": ("defined",),
        "special": (),
        "mangled": (),
    },
    "plain instance": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "derived instance": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "plain super": {"public": (), "private": (), "special": (), "mangled": ()},
    "derived super": {"public": (), "private": (), "special": (), "mangled": ()},
    "module": {"public": ("own",), "private": (), "special": (), "mangled": ()},
    "context": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "function": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "value": {"public": (), "private": (), "special": (), "mangled": ()},
}

# The settings of PyTorch's own modules that a program may change. Kernels use the other settings
# without checking them: an LSTM whose hidden_size does not fit its weights reads memory outside
# them.
_CHANGEABLE = frozenset(
    """
    p inplace momentum eps negative_slope alpha beta lambd threshold value reduction
    label_smoothing margin delta ignore_index log_input full
    """.split()
)
# In these modules PyTorch itself checks the shapes of the weights at every call.
_SHAPE_COMPARED = frozenset({nn.Linear, nn.Embedding, nn.Conv1d, nn.Conv2d})
_BATCH_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
_MODULE_NAMES = frozenset(dir(nn.Module))
# All names in PyTorch's modules. A name that is not among them is a typing error of the learner,
# who gets Python's AttributeError; other names that we do not support are refused as such.
_REAL_NAMES = {
    "torch": frozenset(dir(torch)),
    "torch.nn": frozenset(dir(nn)),
    "torch.nn.functional": frozenset(dir(nn.functional)),
    "torch.optim": frozenset(dir(torch.optim)),
    "torch.autograd": frozenset(dir(torch.autograd)),
}
_NO_NAMES: frozenset[str] = frozenset()
_SNAPSHOTS = frozenset({"__dict__", *STORES, *STORES_OF_HOOKS})
# Classes whose `__init__` a class made from them may call by its name.
_INITIALISED = (nn.Module, torch.optim.Optimizer, Exception)


def kind_of_name(name: str) -> NameKind:
    if not name.startswith("_"):
        return "public"
    if not name.startswith("__"):
        return "private"
    return "special" if name.endswith("__") else "mangled"


class Attributes:
    """The attributes of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.library = runtime.library
        self.classes = runtime.classes
        self.influence = runtime.observer.influence
        self._owners: dict[type, Owner] = {}
        self._members: dict[type, Members] = {}
        self._natural: dict[type, frozenset[str]] = {}
        self._of_classes: dict[type, Mapping[str, Any]] = dict(self.library.class_members)
        self._tensor_methods = self.members(Tensor).methods

    # Reading

    def owner(self, value: Any) -> Owner:
        cls = type(value)
        if cls in self._owners:
            return self._owners[cls]
        found = self._owner(value, cls)
        if not isinstance(value, SuperView | type):
            self._owners[cls] = found
        return found

    def _owner(self, value: Any, cls: type) -> Owner:
        if cls in self.classes:
            return (
                "derived instance"
                if self.classes.native_base(cls) is not object
                else "plain instance"
            )
        if cls is Namespace:
            return "namespace"
        if cls is SuperView:
            return (
                "plain super" if self.classes.native_base(value.cls) is object else "derived super"
            )
        if isinstance(value, type):
            if value not in self.classes:
                return "value"
            return (
                "derived class" if self.classes.native_base(value) is not object else "plain class"
            )
        if isinstance(value, nn.Module):
            return "module"
        if isinstance(value, FunctionCtx):
            return "context"
        return "function" if isinstance(value, UserFunction) else "value"

    def read(self, value: Any, name: str) -> Any:
        """owner.name

        Raises:  Refused, for what is on no list; AttributeError, for what does not exist anyway
        """
        found = self.find(value, name)
        if found is not MISSING:
            return found
        if self.classes.defines(type(value), "__getattr__"):
            return self.special(value, "__getattr__")(name)
        raise self._no_attribute(value, name)

    def find(self, value: Any, name: str) -> Any:
        """owner.name, or MISSING."""
        kind, owner = kind_of_name(name), self.owner(value)
        if type(value) is Absent:
            raise Refused("absent", f"{value.path}.{name}")
        if name == "__class__" and "super" not in owner and owner != "namespace":
            return self.classes.entry_of(type(value))
        if name in ("__mro__", "__bases__") and owner in ("plain class", "derived class"):
            several = value.__mro__ if name == "__mro__" else value.__bases__
            return tuple(self.classes.entry_of(cls) for cls in several)
        if name in _SNAPSHOTS:
            found = snapshots.of(self.runtime, value, name, owner == "plain instance")
            if found is not MISSING:
                return found
        if kind == "private" and self._is_reserved(value, name):
            return MISSING
        for place in READ[owner][kind]:
            found = _LOOK[place](self, value, name)
            if found is not MISSING:
                if name == "data" and isinstance(found, Tensor):
                    self.runtime.observer.place(found, self.runtime.state.line)
                return found
        return MISSING

    def _is_reserved(self, value: Any, name: str) -> bool:
        """Whether a private name is one that PyTorch or Python itself uses on such a value."""
        owner = self.owner(value)
        if owner == "context":
            return name in reserved(cast(Any, type(value)))
        if not owner.startswith("derived"):
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
        cls = type(value)
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
        found = next(
            self.classes[base][name] for base in cls.__mro__ if name in self.classes.get(base, ())
        )
        return UserMethod(getattr(found, "__func__", found), cls)

    def method(self, owner: Any, name: str) -> tuple[Any, tuple[Any, ...]]:
        """The function that owner.name(…) calls, and the arguments to put before the others."""
        if type(owner) is Tensor and name in self._tensor_methods:
            return self._tensor_methods[name], (owner,)
        if type(owner) is Namespace:
            entry = self.library.names.get(f"{owner.path}.{name}")
            return (entry if type(entry) is Function else self.read(owner, name)), ()
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
        self._of_classes[cls] = members

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
        return MISSING

    def _classes_behind(self, value: Any) -> tuple[Any, tuple[type, ...]]:
        if isinstance(value, SuperView):
            return value.instance, tuple(value.classes())
        if isinstance(value, type):
            return None, value.__mro__
        return value, type(value).__mro__

    def _in_table(self, value: Any, name: str) -> Any:
        if isinstance(value, SuperView):
            return self._inherited(value, name)
        if isinstance(value, Function):
            return self._of_class(value, name)
        if isinstance(value, type) and name == "apply" and value in self.classes:
            if issubclass(value, torch.autograd.Function):
                return Bound(self.runtime.calls.call, self.library.apply, (value,))
            return MISSING
        members = self.members(type(value))
        if name in members.attributes:
            found = members.attributes[name](value)
            if isinstance(value, Tensor | np.ndarray):
                self.influence.attribute(value, name, found)
            return found
        if name in members.methods:
            return Bound(self.runtime.calls.call, members.methods[name], (value,))
        return MISSING

    def _of_class(self, entry: Function, name: str) -> Any:
        """`str.upper`, `dict.fromkeys`, `nn.Module.__init__`: reached through the class itself."""
        cls = entry.cls
        if cls is None:
            return self.members(Function).attributes.get(name, lambda _: MISSING)(entry)
        listed = self._of_classes.get(cls, {})
        if name in listed:
            return listed[name]
        if name == "__init__" and issubclass(cls, _INITIALISED):
            call = self.runtime.calls.call
            return Bound(call, Function(_Unbound(cls, name, _INITIALISE_OWN, cls), "special"))
        if name in self.members(Function).attributes:
            return self.members(Function).attributes[name](entry)
        method = self.members(cls).methods.get(name)
        if method is None:
            return MISSING
        unbound = Function(_Unbound(cls, name, method), "special")
        return Bound(self.runtime.calls.call, unbound)

    def _inherited(self, view: SuperView, name: str) -> Any:
        if isinstance(view.instance, type):
            return MISSING
        base = next(base for base in view.classes() if base not in self.classes)
        if name == "forward" and isinstance(view.instance, nn.Module):
            return Bound(self.runtime.calls.call, _FORWARD, (base, view.instance))
        methods = self.members(base).methods
        return (
            Bound(self.runtime.calls.call, methods[name], (view.instance,))
            if name in methods
            else MISSING
        )

    def _initialiser(self, view: SuperView, name: str) -> Any:
        if name == "__init_subclass__":
            return Bound(self.runtime.calls.call, _NO_OP)
        if name == "__getattr__" and isinstance(view.instance, nn.Module):
            return Bound(self.runtime.calls.call, _PART_OF, (view.instance,))
        if name not in ("__init__", "__repr__", "__str__") or isinstance(view.instance, type):
            return MISSING
        base = next(base for base in view.classes() if base not in self.classes)
        if name != "__init__":
            return Bound(self.runtime.calls.call, _SHOWN, (base, view.instance))
        return Bound(self.runtime.calls.call, _INITIALISE, (base, view.instance))

    def _at_path(self, module: Namespace, name: str) -> Any:
        path = f"{module.path}.{name}"
        if path in self.library.names:
            return self.named(path)
        if path in self.library.modules:
            return Namespace(path)
        if module.path in _REAL_NAMES and name not in _REAL_NAMES[module.path]:
            raise AttributeError(f"module {module.path!r} has no attribute {name!r}")
        raise Refused("name", path)

    def _no_attribute(self, value: Any, name: str) -> Exception:
        """The error for a name that was not found: AttributeError if no such attribute exists, and
        Refused if it exists but the library does not list it."""
        if isinstance(value, SuperView):
            return Refused("attribute", f"{called(value.instance)}.{name}")
        cls = value if isinstance(value, type) else type(value)
        if isinstance(value, (*OURS, Function)):
            return Refused("attribute", f"{called(value)}.{name}")
        if name == "backward":
            self.influence.no_backward(value)
        exists = any(name in base.__dict__ for base in (*cls.__mro__, *type(value).__mro__))
        held = name in getattr(value, "__dict__", ())  # by an object of PyTorch's own
        hidden = name.startswith("_") and not self._is_free_for(value, name)
        if exists or held or hidden:
            return Refused("attribute", f"{cls.__name__}.{name}")
        kind = f"type object {cls.__name__!r}" if cls is value else f"{cls.__name__!r} object"
        return AttributeError(f"{kind} has no attribute {name!r}")

    def _is_free_for(self, value: Any, name: str) -> bool:
        """Whether only the program could have given an object of its own this private name, so that
        `hasattr(self, "_cache")` has an answer."""
        own = type(value) in self.classes and kind_of_name(name) == "private"
        return own and not self._is_reserved(value, name)

    # Writing

    def write(self, value: Any, name: str, new: Any) -> None:
        """owner.name = new

        Raises:  Refused, AttributeError, as for reading
        """
        setters = self.members(type(value)).setters
        if name in setters:
            setters[name](value, new)
            self.influence.put_on(value, name, new)
            return
        owner = self.owner(value)
        if owner == "namespace" and f"{value.path}.{name}" in self.library.switches:
            self.runtime.belongings.switches[f"{value.path}.{name}"] = new
            return
        if not is_closed(new, self.classes):
            raise Refused("assignment", f"{called(value)}.{name}")
        kind = kind_of_name(name)
        if kind == "private" and self._is_reserved(value, name):
            raise Refused("assignment", f"{called(value)}.{name}")
        if type(value) in self.classes.frozen and name in value.__dict__:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        if self._set_property(value, name, new):
            return
        match WRITE[owner][kind]:
            case ("defined",) if self._is_free(value, name):
                type.__setattr__(value, name, new)
                self.classes[value][name] = new
            case ("own",) if isinstance(value, nn.Module):
                self._put_on_module(value, name, new)
            case ("own",) if type(value) in self.classes and not self.classes.has_slot_for(
                type(value), name
            ):
                raise AttributeError(f"{called(value)!r} object has no attribute {name!r}")
            case ("own",) if self._is_free(type(value), name):
                object.__setattr__(value, name, new)
                if owner == "context":
                    self.runtime.observer.notice("ctx", self.runtime.state.line, new, name)
            case ():
                if owner == "value" and not isinstance(value, Function | type):
                    raise self._no_attribute(value, name)
                raise Refused("assignment", f"{called(value)}.{name}")
            case _:
                raise Refused("assignment", f"{called(value)}.{name}")

    def delete(self, value: Any, name: str) -> None:
        """del owner.name, for what the program itself has put there."""
        if isinstance(value, Tensor) and name == "grad":  # PyTorch answers with None from then on
            self.write(value, name, None)
            return
        owner = self.owner(value)
        reserved_name = kind_of_name(name) == "private" and self._is_reserved(value, name)
        if WRITE[owner][kind_of_name(name)] != ("own",) or reserved_name:
            raise Refused("statement", f"del {called(value)}.{name}")
        loose = self.classes.native_base(type(value)) in _SHAPE_COMPARED
        if (
            isinstance(value, nn.Module)
            and name in self.natural_names(value)
            and not (loose and isinstance(self.own(value, name), nn.Parameter))
        ):
            raise Refused("statement", f"del {called(value)}.{name}")
        if self.own(value, name) is MISSING:
            raise AttributeError(f"{called(value)!r} object has no attribute {name!r}")
        erase: Any = type(value).__delattr__
        erase(value, name)

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

    def _is_free(self, cls: type, name: str) -> bool:
        """Whether no class of PyTorch's or Python's own uses the name."""
        return not any(name in base.__dict__ for base in cls.__mro__ if base not in self.classes)

    def check_name(self, module: nn.Module, name: Any, new: Any) -> None:
        """Check a name under which a program stores something on a module, whichever way it does.

        Raises:  Refused, where the name or the value would change what PyTorch relies on
        """
        text = name if isinstance(name, str) else type(name).__name__
        refused = Refused("assignment", f"{called(module)}.{text[:40]}")
        if not isinstance(name, str) or name in _MODULE_NAMES or kind_of_name(name) == "mangled":
            raise refused
        if name.startswith("_") and (
            kind_of_name(name) == "special" or self._is_reserved(module, name)
        ):
            raise refused
        if not self._is_free(type(module), name):
            raise refused
        if name in self.natural_names(module) and not self._may_replace(module, name, new):
            raise refused

    def _put_on_module(self, module: nn.Module, name: str, new: Any) -> None:
        if is_computed(module, name) and isinstance(new, Tensor):
            set_computed(module, name, new)  # by the right_inverse of its parametrizations
            return
        self.check_name(module, name, new)
        # Not into the dictionary: an LSTM's own __setattr__ keeps a second list of its weights.
        type(module).__setattr__(module, name, new)
        self.influence.put_on(module, name, new)

    def _may_replace(self, module: nn.Module, name: str, new: Any) -> bool:
        """Whether a program may replace a value that PyTorch itself put on a module by this one."""
        old = self.own(module, name)
        compared = self.classes.native_base(type(module)) in _SHAPE_COMPARED
        if name == "bias" and compared:  # may be None, and may be a tensor again later
            old = self.own(module, "weight")
            if new is None:
                return True
        if old is MISSING:  # deleted before
            return compared and isinstance(new, Tensor)
        if name == "momentum" and isinstance(module, _BATCH_NORMS):
            return new is None or type(new) in (int, float)
        if isinstance(old, Tensor):
            if is_lazy(old) or not isinstance(new, Tensor) or new.dtype != old.dtype:
                return False
            return new.shape == old.shape or compared
        if old is None:
            return new is None
        if name not in _CHANGEABLE:
            return False
        numbers = (int, float)
        return type(new) is type(old) or (type(new) in numbers and type(old) in numbers)

    def natural_names(self, module: nn.Module) -> frozenset[str]:
        """The names that PyTorch's own class has put on a module of this kind."""
        cls = type(module)
        base = self.classes.native_base(cls)
        if base not in self._natural and cls is base:  # not of a derived class
            self._natural[base] = _names_on(module)
        return self._natural.get(base, _NO_NAMES)

    @contextmanager
    def initialising(self, base: type, instance: nn.Module) -> Iterator[None]:
        """The block runs `__init__` of one of PyTorch's classes. All names that this puts on the
        instance are protected from then on, even one that the program has used before."""
        own = instance.__dict__
        early = {name: own.pop(name) for name in list(own) if not name.startswith("_")}
        yield
        self._natural[base] = self._natural.get(base, _NO_NAMES) | _names_on(instance)
        own.update({name: value for name, value in early.items() if name not in own})


def _is_foreign(value: Any) -> bool:
    """Whether PyTorch keeps a function of its own there, as TransformerEncoderLayer.activation."""
    return isinstance(value, (FunctionType, BuiltinFunctionType))


def _names_on(module: nn.Module) -> frozenset[str]:
    """The public names in a module's own dictionaries; without the parts of a ModuleList and the
    like, whose names come from the program."""
    parts = () if isinstance(module, HOLDERS) else stores_of(module)
    stores = (module.__dict__, *parts)
    return frozenset(name for store in stores for name in store if not name.startswith("_"))


def _reached_through(raw: Any, instance: Any, cls: type) -> Any:
    """As Python's descriptors do: a function becomes a bound method, a property its value."""
    if isinstance(raw, (UserFunction, property, staticmethod, classmethod)):
        return raw.__get__(instance, cls)
    return raw


_LOOK: Mapping[Place, Any] = {
    "own": Attributes.own,
    "defined": Attributes._defined,
    "table": Attributes._in_table,
    "path": Attributes._at_path,
    "initialise": Attributes._initialiser,
}


def _initialise(runtime: Runtime, base: type, instance: Any, *args: Any, **options: Any) -> None:
    runtime.calls.initialise(base, instance, *args, **options)


def _initialise_own(
    runtime: Runtime, base: type, instance: Any, *args: Any, **options: Any
) -> None:
    """nn.Linear.__init__(self, …) in a class made from it; not of an object of PyTorch's own."""
    if type(instance) not in runtime.classes:
        raise Refused("call", f"{base.__name__}.__init__")
    nearest = runtime.classes.native_base(type(instance))
    if nearest is not base and base is not nn.Module:
        raise Refused("call", f"{base.__name__}.__init__")
    runtime.calls.initialise(base, instance, *args, **options)


def _forward(runtime: Runtime, base: Any, module: nn.Module, *args: Any, **options: Any) -> Any:
    return runtime.calls.call_native_module(module, base.forward, args, options)


def _part_of(runtime: Runtime, module: nn.Module, name: Any) -> Any:
    """super().__getattr__(name) in a module: one of its parameters, buffers or modules."""
    found = MISSING
    if isinstance(name, str) and kind_of_name(name) == "public":
        found = part_named(module, name, MISSING)
    if found is MISSING:
        raise AttributeError(f"{called(module)!r} object has no attribute {name!r}")
    return found


def _no_op(runtime: Runtime, *args: Any) -> None:
    """object.__init_subclass__"""


def _shown(runtime: Runtime, base: Any, instance: Any) -> str:
    """super().__repr__(), where the next class is PyTorch's or Python's own."""
    return runtime.texts.representation(instance, base.__repr__)


_SHOWN = Function(_shown, "special")
_NO_OP = Function(_no_op, "special")
_INITIALISE, _FORWARD = Function(_initialise, "special"), Function(_forward, "special")
_PART_OF = Function(_part_of, "special")
_INITIALISE_OWN = Function(_initialise_own, "special")


class _Unbound:
    """A method that was reached through its class: the first argument has to be an instance."""

    def __init__(self, cls: type, name: str, function: Function, *first: Any) -> None:
        self.cls, self.__name__, self.function, self.first = cls, name, function, first

    def __call__(self, runtime: Runtime, *args: Any, **options: Any) -> Any:
        if not args or not isinstance(args[0], self.cls):
            kind = type(args[0]).__name__ if args else "nothing"
            raise TypeError(
                f"descriptor {self.__name__!r} for {self.cls.__name__!r} objects doesn't apply to "
                f"a {kind!r} object"
            )
        return runtime.calls.call(self.function, (*self.first, *args), options)

    def __repr__(self) -> str:
        return f"<method {self.__name__!r} of {self.cls.__name__!r} objects>"


def called(value: Any) -> str:
    if isinstance(value, Namespace):
        return value.path
    return value.__name__ if isinstance(value, type) else type(value).__name__
