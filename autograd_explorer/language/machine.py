"""How a running program reaches things: names, attributes, calls, text. Everything is counted."""

import ast
import builtins
import itertools
import operator
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

from autograd_explorer.errors import Refused
from autograd_explorer.language.addresses import Addresses
from autograd_explorer.language.attributes import Attributes, names_on, put_aside
from autograd_explorer.language.budget.limits import Budget, Limits
from autograd_explorer.language.budget.randomness import Randomness
from autograd_explorer.language.budget.tensor_sizes import Foresight
from autograd_explorer.language.crossing import CALLABLES, Callback, is_closed
from autograd_explorer.language.functions import Bound, SuperView, UserFunction, UserMethod
from autograd_explorer.language.integrity import (
    check_weights,
    private,
    private_results,
    takes_indices,
)
from autograd_explorer.language.library import module_parts
from autograd_explorer.language.library import table as allowed
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.modules import RUNNING, Sequential, parameters_of
from autograd_explorer.language.scopes import Scope
from autograd_explorer.language.values import ITERATORS, MISSING, VIEWS, size_of, tensors_in
from autograd_explorer.recording.recorder import Recorder

_NO_KEYWORDS: dict[str, Any] = {}
_WALKABLE: tuple[type, ...] = (
    list, tuple, str, dict, set, range, Tensor, np.ndarray, *VIEWS, *ITERATORS,
)  # fmt: skip
# Modules that draw random numbers when called.
_DRAWING = (nn.modules.dropout._DropoutNd, nn.RNNBase, nn.MultiheadAttention, nn.RReLU)
_PYTHON_BUILTINS = frozenset(dir(builtins))
_OTHER_DEVICES = r"(cuda|mps|meta|xpu|hpu|mtia|vulkan|xla|hip|privateuseone|ipu|lazy|mkldnn)(:\d+)?"
# What a program's object may be given to. Anything else might walk it, out of reach of the clock.
_TAKE_OBJECTS = frozenset({"holding", "module", "special"})
# Where a tensor of one whole number may stand for that number: it is a size there.
_TAKE_SIZES = frozenset({"sized", "random", "measured", "pieces", "swept", "heavy", "module"})
_REPEATED = (str, list, tuple)
# The methods by which Python walks, indexes or measures an object.
_WALKS = ("__iter__", "__next__", "__getitem__", "__len__")
# So many items go into a set or a dict between two looks at the clock.
_AT_A_TIME = 256
_SIMPLE_KEYS = frozenset({int, float, str, bool, type(None)})
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


class Machine:
    """The state of one run, and the ways to values that an expression has."""

    def __init__(self, limits: Limits) -> None:
        self.budget = Budget(limits)
        self.foresight = Foresight(self.budget)
        self.randomness = Randomness()
        self.recorder = Recorder(self.budget)
        self.scope = Scope(self.recorder.variables)
        self.attributes = Attributes(self)
        self.classes = self.attributes.classes
        self.addresses = Addresses()
        self.calls: list[tuple[UserFunction, dict[str, Any]]] = []
        self.depth = 0
        # Where execution stands: what fails, fails here, and what is made, is made here.
        self.at: ast.AST | None = None
        self._tensor_methods = self.attributes.members(Tensor).methods

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

    def method(self, owner: Any, name: str) -> tuple[Any, tuple[Any, ...]]:
        """What owner.name(…) calls, and what it is given first."""
        if type(owner) is Tensor and name in self._tensor_methods:
            return self._tensor_methods[name], (owner,)
        plain = not isinstance(owner, (nn.Module, FunctionCtx, Namespace, SuperView, type))
        if plain and type(owner) not in self.classes:
            methods = self.attributes.members(type(owner)).methods
            if name in methods:
                return methods[name], (owner,)
        return self.attributes.read(owner, name), ()

    # Classes

    def class_of(self, named: Any) -> Any:
        """The real class or classes behind what a program wrote in isinstance or except."""
        if isinstance(named, tuple):
            self.budget.weigh(named)
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

    def is_walked(self, value: Any) -> bool:
        """Whether Python would walk, index or measure an object by methods of the program."""
        return type(value) in self.classes and any(
            name in self.classes.get(base, ()) for base in type(value).__mro__ for name in _WALKS
        )

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
        if type(callee) in self.classes:
            method = self.attributes.special(callee, "__call__")
            if method is not MISSING:
                return self.call_value(method, args, kwargs)
        elif callable(callee):
            raise Refused("call", type(callee).__name__)
        raise TypeError(f"{python_name(callee)!r} object is not callable")

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an allowed function, once its result is known to be small enough."""
        self.budget.check_time()
        kind = function.kind
        if kind == "special":
            return self.budget.count_plain(function.call(self, *args, **kwargs))
        args = tuple([v if type(v) in _SIMPLE else self.native(v, kind) for v in args])
        if kwargs:
            kwargs = {name: self.native(value, kind) for name, value in kwargs.items()}
            self.check_device(kwargs.get("device", "cpu"))
        if kind in _TAKE_SIZES:
            args = self._with_sizes(function, args)
            kwargs = {name: size_of(value) for name, value in kwargs.items()}
        match kind:
            case "plain" | "holding":
                return self.budget.count_plain(function.call(*args, **kwargs))
            case "context":
                if not all(isinstance(value, bool) for value in (*args, *kwargs.values())):
                    raise Refused("call", f"{function.name}(…)")
                return function.call(*args, **kwargs)
            case "class":
                raise Refused("call", function.name)
            case "module":
                args = module_parts.checked(self, function.call, args)
                self.foresight.judge_module(function.call, args, kwargs)
                with self.randomness.lent():
                    return self._counted(function.call(*args, **kwargs))
        self.foresight.judge(function, args, kwargs)
        if kind == "drawing":
            with self.randomness.lent():
                return self.made(function.call(*args, **kwargs))
        if kind == "random":
            given = kwargs.get("generator") or self.randomness.own
            kwargs = {**kwargs, "generator": self.randomness.source_of(given)}
        return self.made(function.call(*args, **kwargs))

    def native(self, value: Any, kind: str = "plain") -> Any:
        """A value as PyTorch can take it.

        Raises:  Refused, for what is neither data nor a callable of the interpreter's
        """
        if isinstance(value, Tensor):
            return value
        if isinstance(value, Function):
            return value.cls if value.cls in (int, float, bool) else Bound(self, value)
        if isinstance(value, str):
            self.check_device(value)
            return value
        if isinstance(value, np.generic):
            return value.item()
        self.budget.weigh(value)
        if isinstance(value, nn.Module) and kind == "plain":
            self.budget.check_paths(value)
        if kind in _TAKE_OBJECTS:
            closed = is_closed(value, self.classes)
        else:
            closed = is_closed(value, self.classes, self.is_walked)
        if not closed:
            raise Refused("call", f"… ({python_name(value)})")
        return value

    def _with_sizes(self, function: Function, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Arguments with whole numbers for tensors that hold one; not for the tensor that a
        function works on."""
        first = 0 if function.call in allowed.CREATORS else 1
        return (*args[:first], *[size_of(value) for value in args[first:]])

    def callback(self, value: Any) -> Any:
        """A value as native code may call it."""
        if value is None or isinstance(value, CALLABLES):
            return value
        if isinstance(value, Function):
            return Bound(self, value)
        known = isinstance(value, nn.Module) or (isinstance(value, type) and value in self.classes)
        if known or self.attributes.special(value, "__call__") is not MISSING:
            return Callback(self.call_value, value)
        if callable(value):
            raise Refused("call", python_name(value))
        raise TypeError(f"{python_name(value)!r} object is not callable")

    def check_device(self, value: Any) -> None:
        """Programs run on the CPU."""
        kind = value.type if isinstance(value, torch.device) else value
        if isinstance(kind, str) and re.fullmatch(_OTHER_DEVICES, kind):
            raise Refused("device", kind)

    def made(self, result: Any) -> Any:
        """Count and place what an operation made."""
        if isinstance(result, Tensor):
            self._made_tensor(result)
        elif isinstance(result, (tuple, list)):
            self.budget.weigh(result)
            for tensor in tensors_in(result):
                self._made_tensor(tensor)
        return result

    def _made_tensor(self, tensor: Tensor) -> None:
        if tensor.numel() > self.budget.limits.elements:
            # A view takes no memory, but a copy of it would.
            self.budget.check_elements(tensor.numel())
        self.budget.count_made(tensor)
        self.recorder.place(tensor, self.line)

    def _counted(self, module: Any) -> Any:
        if isinstance(module, nn.Module):
            self.budget.check_paths(module)
        for _, parameter in parameters_of(module):
            self.budget.count_made(parameter)
            self.recorder.place(parameter, self.line)
        return module

    def call_module(self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if isinstance(module, Sequential) or self.has_own_forward(type(module)):
            self.budget.check_time()
            with self.deeper():
                return module(*args, **kwargs)
        return self.call_native_module(module, module, args, kwargs)

    def has_own_forward(self, cls: type) -> bool:
        return any("forward" in self.classes.get(base, ()) for base in cls.__mro__)

    def call_native_module(
        self,
        module: nn.Module,
        call: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        self.budget.check_time()
        args, kwargs = self.ready_for(module, args, kwargs)
        if call is not module:
            args = (module, *args)
        if isinstance(module, _DRAWING):
            with self.randomness.lent():
                return self.made(call(*args, **kwargs))
        return self.made(private_results(module, call(*args, **kwargs)))

    def ready_for(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What one of PyTorch's own modules is about to be given, once all of it is judged. A hook
        that runs before its forward may change anything, so this is done again behind each."""
        args = tuple([v if type(v) in _SIMPLE else self.native(v, "bounded") for v in args])
        kwargs = {name: self.native(value, "bounded") for name, value in kwargs.items()}
        check_weights(module)
        self.foresight.judge_forward(module, args, kwargs)
        if takes_indices(module):
            args = tuple(map(private, args))
            kwargs = {name: private(value) for name, value in kwargs.items()}
        return args, kwargs

    def count_made(self, tensor: Tensor) -> None:
        """Count a tensor that is made beside a result."""
        self.budget.count_made(tensor)

    def _instantiate(self, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        base = self.attributes.base_of(cls)
        if any("__init__" in self.classes.get(c, ()) for c in cls.__mro__):
            with self.deeper():
                return cls(*args, **kwargs)
        if not issubclass(base, nn.Module):
            args = tuple([self.native(value, "holding") for value in args])
            return cls(*args, **{name: self.native(v, "holding") for name, v in kwargs.items()})
        made: Any = object.__new__(cls)
        self.initialise(base, made, *args, **kwargs)
        return made

    def initialise(self, base: type, instance: Any, *args: Any, **kwargs: Any) -> None:
        """super().__init__(…), where the next class is PyTorch's or Python's own."""
        args = tuple([self.native(value, "module") for value in args])
        kwargs = {name: self.native(value, "module") for name, value in kwargs.items()}
        if isinstance(instance, nn.Module):
            self.check_device(kwargs.get("device", "cpu"))
            args = module_parts.checked(self, base, args)
            self.foresight.judge_module(base, args, kwargs)
            early = put_aside(instance)
            with self.randomness.lent():
                base.__init__(instance, *args, **kwargs)  # type: ignore[misc]
            self.attributes.note_natural(base, names_on(instance))
            instance.__dict__.update(
                {name: value for name, value in early.items() if name not in instance.__dict__}
            )
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
        left, right = _numbers_of(left, right)
        if isinstance(op, ast.Mult) and isinstance(left, _REPEATED):
            right = size_of(right)
        elif isinstance(op, ast.Mult) and isinstance(right, _REPEATED):
            left = size_of(left)
        recorded = isinstance(left, Tensor) or isinstance(right, Tensor)
        if recorded and not isinstance(left, str):  # "%s" % tensor makes text
            return self.call(OPERATORS[call], (left, right), _NO_KEYWORDS)
        for value in (left, right):
            if isinstance(value, nn.Module) and not self._defines(value, call):
                return self._operate_on_module(call, left, right)
            if isinstance(value, np.ndarray):
                raise Refused("operator", "numpy.ndarray")
        self.budget.foresee_plain(op, left, right)
        made = self.budget.count_plain(call(left, right))
        return (
            self.addresses.hide(made) if isinstance(op, ast.Mod) and made.__class__ is str else made
        )

    def _defines(self, value: Any, call: Callable[..., Any]) -> bool:
        """Whether a class of the program defines an operator, forwards or reflected."""
        name = call.__name__.removeprefix("i")
        wanted = {f"__{name}__", f"__r{name}__", f"__i{name}__"}
        return any(wanted & self.classes.get(base, {}).keys() for base in type(value).__mro__)

    def _operate_on_module(self, call: Callable[..., Any], left: Any, right: Any) -> Any:
        """ModuleList + ModuleList and the like, by the table of PyTorch's class alone."""
        method = MISSING
        if isinstance(left, nn.Module):
            method = self.attributes.special(left, f"__{call.__name__}__")
        if method is MISSING:
            raise Refused("operator", type(left).__name__)
        return self.call_value(method, (right,), {})

    def check_compared(self, *values: Any) -> None:
        """Before values are compared or hashed, which Python does out of reach of the clock."""
        self.budget.check_time()
        for value in values:
            self.budget.weigh(value)

    def may_walk(self, values: Any) -> bool:
        if isinstance(values, _WALKABLE):
            return True
        names = ("__iter__", "__getitem__")
        return any(self.attributes.special(values, name) is not MISSING for name in names)

    def walk(self, values: Any) -> Any:
        """The items of anything that a program may loop over.

        An iterator of the program is asked for one item after another by us, not by Python.
        """
        if isinstance(values, _WALKABLE):
            if isinstance(values, Tensor) and values.ndim:
                self.budget.check_length([], len(values))
            return iter(values)  # type: ignore[call-overload]
        method = self.attributes.special(values, "__iter__")
        if method is not MISSING:
            return self._walk_iterator(self.call_value(method, (), {}))
        if hasattr(values, "__iter__") and type(values) not in self.classes:
            raise Refused("loop", type(values).__name__)
        item = self.attributes.special(values, "__getitem__")
        if item is not MISSING:
            return self._items_by_number(item)
        raise TypeError(f"{python_name(values)!r} object is not iterable")

    def _walk_iterator(self, iterator: Any) -> Any:
        if isinstance(iterator, ITERATORS):
            return iter(iterator)
        following = self.attributes.special(iterator, "__next__")
        if following is MISSING:
            raise TypeError(f"iter() returned non-iterator of type {python_name(iterator)!r}")
        return self._items_of(following)

    def _items_of(self, following: Callable[[], Any]) -> Iterator[Any]:
        while True:
            self.budget.check_time()
            try:
                item = following()
            except StopIteration:
                return
            yield item

    def _items_by_number(self, item: Callable[[int], Any]) -> Iterator[Any]:
        """An object without __iter__ is asked for item 0, 1, 2, … until it raises IndexError."""
        for number in itertools.count():
            self.budget.check_time()
            try:
                found = item(number)
            except IndexError:
                return
            yield found

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

    def mapping(self, values: Any) -> dict[Any, Any]:
        """A mapping as a dict that the interpreter made: `**values`.

        Raises:  TypeError, for what is none
        """
        if isinstance(values, dict):
            return values
        keys = self.attributes.find(values, "keys") if type(values) in self.classes else MISSING
        item = self.attributes.special(values, "__getitem__")
        if keys is MISSING or item is MISSING:
            raise TypeError(f"{python_name(values)!r} object is not a mapping")
        pairs = [(key, item(key)) for key in self.items(self.call_value(keys, (), {}))]
        return self.filled({}, pairs)

    def filled(self, made: dict[Any, Any], pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
        """Put pairs into a dict a few at a time: where all keys have one hash, each of them is
        compared with all before it."""
        for count, (key, value) in enumerate(pairs):
            if count % _AT_A_TIME == 0:
                self.budget.check_time()
            if type(key) not in _SIMPLE_KEYS:
                self.budget.weigh(key)
            made[key] = value
        return made

    def set_of(self, items: list[Any], made: set[Any] | None = None) -> set[Any]:
        """Put items into a set, likewise."""
        self.budget.weigh(items)
        made = set() if made is None else made
        for start in range(0, len(items), _AT_A_TIME):
            self.budget.check_time()
            made.update(items[start : start + _AT_A_TIME])
        return made

    def write(self, text: str) -> None:
        text.encode()  # a lone surrogate cannot be printed: Python says so here
        self.budget.count_printed(text)
        self.recorder.write(text)

    def text(self, value: Any) -> str:
        self.budget.check_time()
        self.budget.weigh(value, shown=True)
        return self.addresses.shown(value, str(self.budget.capped(str(value))))

    def representation(self, value: Any, make: Callable[[Any], str] = repr) -> str:
        """repr(value) or ascii(value)"""
        self.budget.check_time()
        self.budget.weigh(value, shown=True)
        return self.addresses.shown(value, str(self.budget.capped(make(value))))

    def format_value(self, value: Any, spec: str) -> str:
        self.budget.check_time()
        self.budget.foresee_format(spec)
        self.budget.weigh(value, shown=True)
        return self.addresses.shown(value, str(self.budget.capped(format(value, spec))))

    def format(self, template: str, args: tuple[Any, ...], named: Mapping[str, Any]) -> str:
        """str.format without its ways into objects: {0.attr} and {0[key]} are refused."""
        pieces: list[str] = []
        position, length = 0, 0
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
            if conversion == "s":
                value = self.text(value)
            elif conversion:
                value = self.representation(value, {"r": repr, "a": ascii}[conversion])
            pieces.append(self.format_value(value, spec or ""))
            length += len(pieces[-1])
            self.budget.check_length("", length)
        return "".join(pieces)


def python_name(value: Any) -> str:
    return "module" if isinstance(value, Namespace) else type(value).__name__


def _numbers_of(left: Any, right: Any) -> tuple[Any, Any]:
    """NumPy's numbers as Python's, unless both are NumPy's: theirs repeat lists unseen."""
    if isinstance(left, np.generic) is not isinstance(right, np.generic):
        left = left.item() if isinstance(left, np.generic) else left
        right = right.item() if isinstance(right, np.generic) else right
    return left, right
