"""How a running program reaches things: names, attributes, calls, text. Everything is counted."""

import ast
import builtins
import operator
import re
import string
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import GeneratorType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

from core import allowed
from core.containers import RUNNING, Sequential, parameters_of
from core.definitions import Bound, SuperView, UserFunction, UserMethod
from core.entries import Function, Members, Namespace
from core.errors import Refused
from core.foresight import Foresight
from core.limits import Budget, Limits
from core.randomness import Randomness
from core.recorder import Recorder
from core.scopes import Scope

_MISSING = object()
_NO_KEYWORDS: dict[str, Any] = {}
_WALKABLE: tuple[type, ...] = (
    list, tuple, str, dict, set, range, Tensor, np.ndarray, nn.ModuleList, nn.Sequential,
    nn.ModuleDict, nn.ParameterList,
    type({}.keys()), type({}.values()), type({}.items()), type(iter([])), type(iter(())),
    type(reversed([])), zip, enumerate, type(iter(range(0))), type(iter("")),
    type(iter({})), GeneratorType,
)  # fmt: skip
# Modules that draw random numbers when called.
_DRAWING = (nn.modules.dropout._DropoutNd, nn.RNNBase, nn.MultiheadAttention, nn.RReLU)
_MODULE_NAMES = frozenset(dir(nn.Module))
_PYTHON_BUILTINS = frozenset(dir(builtins))
_OTHER_DEVICES = r"(cuda|mps|meta|xpu|hpu|mtia|vulkan|xla|hip|privateuseone|ipu|lazy|mkldnn)(:\d+)?"
# Names that real modules have: what is not among them is a learner's slip, not ours to refuse.
_REAL_NAMES = {
    "torch": frozenset(dir(torch)),
    "torch.nn": frozenset(dir(nn)),
    "torch.nn.functional": frozenset(dir(nn.functional)),
    "torch.optim": frozenset(dir(torch.optim)),
    "torch.autograd": frozenset(dir(torch.autograd)),
}
OPERATORS: Mapping[Callable[..., Any], Function] = {
    call: Function(call, "bounded")
    for call in (
        operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv,
        operator.mod, operator.pow, operator.matmul, operator.and_, operator.or_, operator.xor,
        operator.lshift, operator.rshift, operator.iadd, operator.isub, operator.imul,
        operator.itruediv, operator.ifloordiv, operator.imod, operator.ipow, operator.imatmul,
        operator.iand, operator.ior, operator.ixor, operator.neg, operator.pos, operator.invert,
        operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge,
    )
}  # fmt: skip


_SIMPLE = frozenset({Tensor, nn.Parameter, int, float, bool, type(None)})
# What stands for Python's own functions and generators, whose attributes nobody may look at.
_OURS: tuple[type, ...] = (Function, UserFunction, UserMethod, Bound, SuperView, type(iter([])))


class Machine:
    """The state of one run, and the ways to values that an expression has."""

    def __init__(self, limits: Limits) -> None:
        self.budget = Budget(limits)
        self.foresight = Foresight(self.budget)
        self.randomness = Randomness()
        self.recorder = Recorder(self.budget)
        self.scope = Scope(self.recorder.variables)
        self.classes: set[type] = set()
        self.calls: list[tuple[UserFunction, dict[str, Any]]] = []
        self.depth = 0
        # Where execution stands: what fails, fails here, and what is made, is made here.
        self.at: ast.AST | None = None
        self._members: dict[type, Members] = {}
        self._tensor_methods = self.members(Tensor).methods

    @property
    def line(self) -> int:
        return getattr(self.at, "lineno", 1)

    @contextmanager
    def running(self) -> Iterator[None]:
        token = RUNNING.set(self)
        try:
            yield
        finally:
            RUNNING.reset(token)

    # Names

    def load(self, name: str) -> Any:
        scope = self.scope.find(name)
        if scope is not None:
            return scope.values[name]
        if name in allowed.BUILTINS:
            return allowed.BUILTINS[name]
        if name in _PYTHON_BUILTINS or name.startswith("__"):
            raise Refused("name", name)
        raise NameError(f"name {name!r} is not defined")

    def name_in(self, module: Namespace, name: str) -> Any:
        path = f"{module.path}.{name}"
        if path in allowed.NAMES:
            return allowed.NAMES[path]
        if path in allowed.MODULES:
            return Namespace(path)
        if module.path in _REAL_NAMES and name not in _REAL_NAMES[module.path]:
            raise AttributeError(f"module {module.path!r} has no attribute {name!r}")
        raise Refused("name", path)

    def check_name(self, name: Any) -> None:
        """A name that a program gives to an attribute of a module."""
        if not isinstance(name, str) or name.startswith("_") or name in _MODULE_NAMES:
            raise Refused("attribute", str(name)[:40])

    # Attributes

    def members(self, cls: type) -> Members:
        found = self._members.get(cls)
        if found is None:
            found = self._members[cls] = allowed.members_of(cls)
        return found

    def attribute(self, owner: Any, name: str) -> Any:
        if isinstance(owner, Namespace):
            return self.name_in(owner, name)
        if isinstance(owner, SuperView):
            return self._inherited(owner, name)
        own = self._own_attribute(owner, name)
        if own is not _MISSING:
            return own
        members = self.members(type(owner))
        if name in members.attributes:
            return members.attributes[name](owner)
        if name in members.methods:
            return Bound(self, members.methods[name], (owner,))
        raise self._no_attribute(owner, name)

    def method(self, owner: Any, name: str) -> tuple[Any, tuple[Any, ...]]:
        """What owner.name(…) calls, and what it is given first."""
        if type(owner) is Tensor and name in self._tensor_methods:
            return self._tensor_methods[name], (owner,)
        if not isinstance(owner, (Namespace, SuperView)):
            own = self._own_attribute(owner, name)
            if own is not _MISSING:
                return own, ()
            members = self.members(type(owner))
            if name in members.methods:
                return members.methods[name], (owner,)
        return self.attribute(owner, name), ()

    def _own_attribute(self, owner: Any, name: str) -> Any:
        """What the program itself put on its instance, module, context or class."""
        cls = type(owner)
        if isinstance(owner, type):
            return self._class_attribute(owner, name)
        private = name.startswith("_")
        if cls in self.classes:
            if name.startswith("__") or (private and self._has_base(cls)):
                return _MISSING
        elif not isinstance(owner, (nn.Module, FunctionCtx)) or private:
            return _MISSING
        own = owner.__dict__
        if name in own:
            return own[name]
        if isinstance(owner, nn.Module):
            for kind in ("_parameters", "_buffers", "_modules"):
                if name in own.get(kind, ()):
                    return own[kind][name]
        return self._defined(cls, name, owner)

    def _class_attribute(self, cls: type, name: str) -> Any:
        if cls not in self.classes or name.startswith("_"):
            return _MISSING
        found = self._defined(cls, name, None)
        if found is _MISSING and name == "apply" and issubclass(cls, torch.autograd.Function):
            return Bound(self, allowed.APPLY, (cls,))
        return found

    def _defined(self, cls: type, name: str, instance: Any) -> Any:
        """What the program's own classes define under a name, the nearest first."""
        for base in cls.__mro__:
            if base in self.classes and name in base.__dict__:
                return self._reached_through(base.__dict__[name], instance, cls)
        return _MISSING

    def _reached_through(self, raw: Any, instance: Any, cls: type) -> Any:
        """Python's descriptors: a function becomes a method, a property its value."""
        if isinstance(raw, (UserFunction, property, staticmethod, classmethod)):
            return raw.__get__(instance, cls)
        return raw

    def _inherited(self, view: SuperView, name: str) -> Any:
        for base in view.classes():
            if base in self.classes:
                if name in base.__dict__:
                    return self._reached_through(
                        base.__dict__[name], view.instance, type(view.instance)
                    )
                continue
            if name == "__init__":
                return Bound(self, _INITIALISE, (base, view.instance))
            if name == "forward" and isinstance(view.instance, nn.Module):
                return Bound(self, _FORWARD, (base, view.instance))
            members = self.members(base)
            if name in members.methods:
                return Bound(self, members.methods[name], (view.instance,))
        raise self._no_attribute(view.instance, name)

    def _no_attribute(self, owner: Any, name: str) -> Exception:
        """What nothing of that kind has is the learner's own mistake; the rest is left out."""
        cls = owner if isinstance(owner, type) else type(owner)
        if isinstance(owner, _OURS):
            return Refused("attribute", f"{_called(owner)}.{name}")
        exists = any(name in base.__dict__ for base in (*cls.__mro__, *type(owner).__mro__))
        if exists or name.startswith("_"):
            return Refused("attribute", f"{cls.__name__}.{name}")
        kind = f"type object {cls.__name__!r}" if cls is owner else f"{cls.__name__!r} object"
        return AttributeError(f"{kind} has no attribute {name!r}")

    def set_attribute(self, owner: Any, name: str, value: Any) -> None:
        cls = type(owner)
        setters = self.members(cls).setters
        if name in setters:
            setters[name](owner, value)
            return
        if name.startswith("__") or isinstance(owner, (Namespace, Function)):
            raise Refused("assignment", f"{_called(owner)}.{name}")
        if isinstance(owner, type) and owner in self.classes:
            if name.startswith("_") or not self._may_name(owner, name):
                raise Refused("assignment", f"{_called(owner)}.{name}")
            type.__setattr__(owner, name, value)
        elif isinstance(owner, nn.Module):
            self.check_name(name)
            nn.Module.__setattr__(owner, name, value)
        elif isinstance(owner, FunctionCtx) or cls in self.classes:
            private = name.startswith("_") and self._has_base(cls)
            if private or not self._may_name(cls, name):
                raise Refused("assignment", f"{_called(owner)}.{name}")
            object.__setattr__(owner, name, value)
        else:
            raise self._no_attribute(owner, name)

    def _may_name(self, cls: type, name: str) -> bool:
        """Whether no class of PyTorch's or Python's own uses the name."""
        return not any(name in base.__dict__ for base in cls.__mro__ if base not in self.classes)

    def _has_base(self, cls: type) -> bool:
        """Whether a class of the program is made from one of PyTorch's."""
        return not all(base in self.classes or base is object for base in cls.__mro__)

    # Classes

    def class_of(self, named: Any) -> Any:
        """The real class or classes behind what a program wrote in isinstance or except."""
        if isinstance(named, tuple):
            return tuple(self.class_of(item) for item in named)
        if isinstance(named, Function) and named.cls is not None:
            return named.cls
        if isinstance(named, type) and named in self.classes:
            return named
        raise TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union")

    def entry_of(self, cls: type) -> Any:
        if cls in self.classes:
            return cls
        return allowed.ENTRY_OF.get(cls) or Function(cls, "class", cls)

    # Calls

    def call_value(self, callee: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call anything that a program may call."""
        if isinstance(callee, Function):
            return self.call(callee, args, kwargs)
        if isinstance(callee, (UserFunction, UserMethod, Bound)):
            return callee(*args, **kwargs)
        if isinstance(callee, nn.Module):
            return self.call_module(callee, args, kwargs)
        if isinstance(callee, type) and callee in self.classes:
            return self._instantiate(callee, args, kwargs)
        if type(callee) in self.classes and callable(callee):
            return callee(*args, **kwargs)
        if callable(callee):
            raise Refused("call", type(callee).__name__)
        raise TypeError(f"{_python_name(callee)!r} object is not callable")

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an allowed function, once its result is known to be small enough."""
        self.budget.check_time()
        kind = function.kind
        if kind == "special":
            return self.budget.count_plain(function.call(self, *args, **kwargs))
        args = tuple([v if type(v) in _SIMPLE else self.native(v) for v in args])
        if kwargs:
            kwargs = {name: self.native(value) for name, value in kwargs.items()}
            self.check_device(kwargs.get("device", "cpu"))
        match kind:
            case "plain":
                return self.budget.count_plain(function.call(*args, **kwargs))
            case "context":
                return function.call(*args, **kwargs)
            case "class":
                raise Refused("call", function.name)
            case "module":
                self.foresight.judge_module(function.call, args, kwargs)
                with self.randomness.lent():
                    return self._counted(function.call(*args, **kwargs))
        self.foresight.judge(function, args, kwargs)
        if kind == "drawing":
            with self.randomness.lent():
                return self.made(function.call(*args, **kwargs))
        if kind == "random":
            kwargs = {"generator": self.randomness.generator, **kwargs}
        return self.made(function.call(*args, **kwargs))

    def native(self, value: Any) -> Any:
        """A value as PyTorch can take it."""
        if isinstance(value, Tensor):
            return value
        if isinstance(value, Function):
            return value.cls if value.cls in (int, float, bool) else Bound(self, value)
        if isinstance(value, str):
            self.check_device(value)
        else:
            self.budget.weigh(value)
        return value

    def check_device(self, value: Any) -> None:
        """Programs run on the CPU."""
        kind = value.type if isinstance(value, torch.device) else value
        if isinstance(kind, str) and re.fullmatch(_OTHER_DEVICES, kind):
            raise Refused("device", kind)

    def made(self, result: Any) -> Any:
        """Count and place what an operation made."""
        if isinstance(result, Tensor):
            if result.numel() > self.budget.limits.elements:
                # A view takes no memory, but a copy of it would.
                self.budget.check_elements(result.numel())
            self.budget.count_made(result)
            self.recorder.place(result, self.line)
        elif isinstance(result, (tuple, list)):
            self.budget.capped(result)
            for item in result:
                self.made(item)
        return result

    def _counted(self, module: Any) -> Any:
        for _, parameter in parameters_of(module):
            self.budget.count_made(parameter)
            self.recorder.place(parameter, self.line)
        return module

    def call_module(self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if type(module) in self.classes or isinstance(module, Sequential):
            self.budget.check_time()
            with self.deeper():
                return module(*args, **kwargs)
        return self.call_native_module(module, module, args, kwargs)

    def call_native_module(
        self,
        module: nn.Module,
        call: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        self.budget.check_time()
        self.foresight.judge_forward(module, args, kwargs)
        if call is not module:
            args = (module, *args)
        if isinstance(module, _DRAWING):
            with self.randomness.lent():
                return self.made(call(*args, **kwargs))
        return self.made(call(*args, **kwargs))

    def _instantiate(self, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        base = next(base for base in cls.__mro__ if base not in self.classes)
        if any("__init__" in c.__dict__ for c in cls.__mro__ if c in self.classes):
            with self.deeper():
                return cls(*args, **kwargs)
        if issubclass(base, nn.Module):
            self.foresight.judge_module(base, args, kwargs)
            with self.randomness.lent():
                return self._counted(cls(*args, **kwargs))
        return cls(*args, **kwargs)

    def initialise(self, base: type, instance: Any, *args: Any, **kwargs: Any) -> None:
        """super().__init__(…), where the next class is PyTorch's or Python's own."""
        if isinstance(instance, nn.Module):
            self.foresight.judge_module(base, args, kwargs)
            with self.randomness.lent():
                base.__init__(instance, *args, **kwargs)  # type: ignore[misc]
            self._counted(instance)
        elif args or kwargs:
            base.__init__(instance, *args, **kwargs)  # type: ignore[misc]

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One more call inside another."""
        self.depth += 1
        try:
            self.budget.check_depth(self.depth)
            yield
        finally:
            self.depth -= 1

    def around_super(self) -> tuple[type, Any]:
        if self.calls:
            function, bound = self.calls[-1]
            if function.owner is not None and function.node.args.args:
                return function.owner, bound[function.node.args.args[0].arg]
        raise RuntimeError("super(): no arguments")

    # Plain values

    def add(self, left: Any, right: Any) -> Any:
        return self.operate(operator.add, ast.Add(), left, right)

    def times(self, left: Any, right: Any) -> Any:
        return self.operate(operator.mul, ast.Mult(), left, right)

    def power(self, left: Any, right: Any) -> Any:
        return self.operate(operator.pow, ast.Pow(), left, right)

    def operate(self, call: Callable[..., Any], op: Any, left: Any, right: Any) -> Any:
        """A binary operator, on whatever it is given."""
        recorded = isinstance(left, Tensor) or isinstance(right, Tensor)
        if recorded and not isinstance(left, str):  # "%s" % tensor makes text
            return self.call(OPERATORS[call], (left, right), _NO_KEYWORDS)
        if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
            raise Refused("operator", "numpy.ndarray")
        self.budget.foresee_plain(op, left, right)
        return self.budget.count_plain(call(left, right))

    def may_walk(self, values: Any) -> bool:
        if isinstance(values, _WALKABLE):
            return True
        return type(values) in self.classes and hasattr(type(values), "__iter__")

    def walk(self, values: Any) -> Iterator[Any]:
        """The items of anything that a program may loop over."""
        if not self.may_walk(values):
            if hasattr(values, "__iter__") and type(values) not in self.classes:
                raise Refused("loop", type(values).__name__)
            raise TypeError(f"{_python_name(values)!r} object is not iterable")
        if isinstance(values, Tensor) and values.ndim:
            self.budget.check_length([], len(values))
        return iter(values)

    def items(self, values: Any) -> list[Any]:
        """All of them at once."""
        items = []
        for item in self.walk(values):
            items.append(item)
            if len(items) > self.budget.limits.items:
                raise self.budget.stop("items")
            if len(items) % 1024 == 0:
                self.budget.check_time()
        return items

    def write(self, text: str) -> None:
        text.encode()  # a lone surrogate cannot be printed: Python says so here
        self.budget.count_printed(text)
        self.recorder.write(text)

    def text(self, value: Any) -> str:
        self.budget.weigh(value, shown=True)
        return str(value)

    def format_value(self, value: Any, spec: str) -> str:
        self.budget.foresee_format(spec)
        self.budget.weigh(value, shown=True)
        return format(value, spec)

    def format(self, template: str, args: tuple[Any, ...], named: Mapping[str, Any]) -> str:
        """str.format without its ways into objects: {0.attr} and {0[key]} are refused."""
        pieces: list[str] = []
        position = 0
        for literal, field, spec, conversion in string.Formatter().parse(template):
            pieces.append(literal)
            if field is None:
                continue
            if re.search(r"[.\[]", field) or "{" in (spec or ""):
                raise Refused("call", f"str.format {{{field}}}")
            if field == "":
                field, position = str(position), position + 1
            if field.isdecimal():
                if int(field) >= len(args):
                    raise IndexError(
                        f"Replacement index {field} out of range for positional args tuple"
                    )
                value = args[int(field)]
            else:
                value = named[field]
            if conversion:
                self.budget.weigh(value, shown=True)
                value = {"s": self.text, "r": repr, "a": ascii}[conversion](value)
            pieces.append(self.format_value(value, spec or ""))
        return "".join(pieces)


def _initialise(machine: Machine, base: type, instance: Any, *args: Any, **kwargs: Any) -> None:
    machine.initialise(base, instance, *args, **kwargs)


def _forward(machine: Machine, base: Any, module: nn.Module, *args: Any, **kwargs: Any) -> Any:
    return machine.call_native_module(module, base.forward, args, kwargs)


_INITIALISE, _FORWARD = Function(_initialise, "special"), Function(_forward, "special")


def _called(owner: Any) -> str:
    if isinstance(owner, Namespace):
        return owner.path
    return owner.__name__ if isinstance(owner, type) else type(owner).__name__


def _python_name(value: Any) -> str:
    return "module" if isinstance(value, Namespace) else type(value).__name__
