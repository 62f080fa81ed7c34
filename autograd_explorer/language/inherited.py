"""What a program reaches of PyTorch's and Python's own classes through super() or a class."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.optim.lr_scheduler import LRScheduler

from autograd_explorer.errors import Refused
from autograd_explorer.language.attribute_rules import called, kind_of_name
from autograd_explorer.language.class_rules import VALUES
from autograd_explorer.language.functions import Bound, SuperView
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.making_classes import OBJECT_NEW, OF_TYPE
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING
from autograd_explorer.torch_internals import part_named

_OF_PYTORCH = (nn.Module, torch.optim.Optimizer, LRScheduler)
# Classes whose `__init__` a class made from them may call by its name.
INITIALISED = (nn.Module, torch.optim.Optimizer, Exception, dict, list)


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


def _call(runtime: Runtime, module: Any, *args: Any, **options: Any) -> Any:
    """super().__call__(…) in a module: past the program's own, to the hooks and forward()."""
    plain: Any = nn.Module.__call__
    if runtime.classes.defines(type(module), "forward"):
        with runtime.calls.deeper():
            return plain(module, *args, **options)
    return runtime.calls.call_native_module(module, plain, args, options)


def _part_of(runtime: Runtime, module: nn.Module, name: Any) -> Any:
    """super().__getattr__(name) in a module: one of its parameters, buffers or modules."""
    found = MISSING
    if isinstance(name, str) and kind_of_name(name) == "public":
        found = part_named(module, name, MISSING)
    if found is MISSING:
        raise AttributeError(f"{called(module)!r} object has no attribute {name!r}")
    return found


def _set_directly(runtime: Runtime, instance: Any, name: Any, value: Any) -> None:
    """super().__setattr__(name, value) and object.__setattr__(…), past the program's own."""
    if type(instance) not in runtime.classes or not isinstance(name, str):
        raise Refused("call", f"{type(instance).__name__}.__setattr__")
    runtime.attributes.write(instance, name, value, directly=True)


def _delete_directly(runtime: Runtime, instance: Any, name: Any) -> None:
    if type(instance) not in runtime.classes or not isinstance(name, str):
        raise Refused("call", f"{type(instance).__name__}.__delattr__")
    runtime.attributes.delete(instance, name, directly=True)


def _no_op(runtime: Runtime, *args: Any) -> None:
    """object.__init_subclass__"""


def _shown(runtime: Runtime, base: Any, instance: Any) -> str:
    """super().__repr__(), where the next class is PyTorch's or Python's own."""
    return runtime.texts.representation(instance, base.__repr__)


def _told(runtime: Runtime, base: Any, instance: Any) -> str:
    """super().__str__(): of an exception its message, of most else what repr gives."""
    return runtime.texts.representation(instance, base.__str__)


class Unbound:
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
        return repr(getattr(self.cls, self.__name__))


class PastOwn:
    """`super().train` in a class that defines `train` itself: a method of PyTorch's own.

    What stands for it here asks the instance for the method, and would find the program's, which
    calls it. So the instance has PyTorch's meanwhile.
    """

    def __init__(self, base: type, name: str, function: Function) -> None:
        self.base, self.__name__, self.function = base, name, function

    def __call__(self, runtime: Runtime, instance: Any, *args: Any, **options: Any) -> Any:
        own, name = instance.__dict__, self.__name__
        before = own.get(name, MISSING)
        own[name] = getattr(self.base, name).__get__(instance)
        try:
            return runtime.calls.call(self.function, (instance, *args), options)
        finally:
            if before is MISSING:
                own.pop(name, None)
            else:
                own[name] = before


SHOWN = {"__repr__": Function(_shown, "special"), "__str__": Function(_told, "special")}
NO_OP = Function(_no_op, "special")
INITIALISE, FORWARD = Function(_initialise, "special"), Function(_forward, "special")
PART_OF, CALL = Function(_part_of, "special"), Function(_call, "special")
_DIRECTLY = {
    "__setattr__": Function(_set_directly, "special"),
    "__delattr__": Function(_delete_directly, "special"),
}


def initialiser_of(cls: type) -> Function:
    """`cls.__init__`, to be given the instance."""
    own = Function(_initialise_own, "special")
    return Function(Unbound(cls, "__init__", own, cls), "special")


class Inherited:
    """Reached through a class or super(), in one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.classes = runtime.classes
        self.of_classes: dict[type, Mapping[str, Any]] = dict(runtime.library.class_members)

    def of_class(self, entry: Function, name: str) -> Any:
        """`str.upper`, `dict.fromkeys`, `nn.Module.__init__`: reached through the class itself."""
        cls = entry.cls
        if cls is None:
            return self.runtime.attributes.members(Function).attributes.get(
                name, lambda _: MISSING
            )(entry)
        listed = self.of_classes.get(cls, {})
        if name in listed:
            return listed[name]
        if name in _DIRECTLY and cls in (object, nn.Module):
            return Bound(self.runtime.calls.call, _DIRECTLY[name])
        if cls is type and name in OF_TYPE:
            return Bound(self.runtime.calls.call, OF_TYPE[name])
        if name == "__new__" and cls in (object, nn.Parameter, *VALUES):
            return Bound(self.runtime.calls.call, OBJECT_NEW)
        if name == "__init__" and issubclass(cls, INITIALISED):
            call = self.runtime.calls.call
            return Bound(call, initialiser_of(cls))
        if name in self.runtime.attributes.members(Function).attributes:
            return self.runtime.attributes.members(Function).attributes[name](entry)
        method = self.runtime.attributes.members(cls).methods.get(name)
        if method is None:
            return MISSING
        unbound = Function(Unbound(cls, name, method), "special")
        return Bound(self.runtime.calls.call, unbound)

    def initialiser(self, base: type) -> Any:
        """`Net.__init__` of a class of the program's that has none of its own."""
        if base is object:
            return Bound(self.runtime.calls.call, NO_OP)
        if not issubclass(base, INITIALISED):
            return MISSING
        return Bound(self.runtime.calls.call, initialiser_of(base))

    def through_super(self, view: SuperView, name: str) -> Any:
        if view.start is object:  # super(A), of nothing
            no_op = Bound(self.runtime.calls.call, NO_OP)
            return no_op if name == "__init__" else MISSING
        if isinstance(view.instance, type):
            return MISSING
        base = next(base for base in view.classes() if base not in self.classes)
        if name == "forward" and isinstance(view.instance, nn.Module):
            return Bound(self.runtime.calls.call, FORWARD, (base, view.instance))
        if name in ("step", "get_lr") and isinstance(view.instance, LRScheduler):
            own = Function(getattr(base, name), "plain")  # not the program's, which calls it
            return Bound(self.runtime.calls.call, own, (view.instance,))
        method = self.runtime.attributes.members(base).methods.get(name)
        if method is None:
            return MISSING
        if isinstance(view.instance, _OF_PYTORCH) and hasattr(base, name):
            if self.classes.defines(type(view.instance), name):
                method = Function(PastOwn(base, name, method), "special")
        return Bound(self.runtime.calls.call, method, (view.instance,))

    def special(self, view: SuperView, name: str) -> Any:
        """A special name through super(), above all `__init__`."""
        of_class = view.start in self.classes.of_classes
        made = OF_TYPE.get(name) if of_class else OBJECT_NEW if name == "__new__" else None
        if made is not None:
            first = () if name == "__new__" else (view.instance,)
            return Bound(self.runtime.calls.call, made, first)
        if name == "__init_subclass__":
            return Bound(self.runtime.calls.call, NO_OP)
        if name == "__getattr__" and isinstance(view.instance, nn.Module):
            return Bound(self.runtime.calls.call, PART_OF, (view.instance,))
        if name == "__call__" and isinstance(view.instance, nn.Module):
            return Bound(self.runtime.calls.call, CALL, (view.instance,))
        if name in _DIRECTLY:
            return Bound(self.runtime.calls.call, _DIRECTLY[name], (view.instance,))
        if name not in ("__init__", *SHOWN) or isinstance(view.instance, type):
            return MISSING
        base = next(base for base in view.classes() if base not in self.classes)
        if name != "__init__":
            return Bound(self.runtime.calls.call, SHOWN[name], (base, view.instance))
        return Bound(self.runtime.calls.call, INITIALISE, (base, view.instance))
