"""Calls, and the checks on arguments that are passed to native code. Every tensor that a call makes
is counted, and the line that made it is noted."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import LRScheduler

from autograd_explorer.errors import Refused
from autograd_explorer.language import making_classes
from autograd_explorer.language.belongings import Absent, Hint
from autograd_explorer.language.class_rules import VALUES
from autograd_explorer.language.crossing import CALLABLES, Callback, is_closed
from autograd_explorer.language.functions import Bound, BoundClass, UserFunction, UserMethod
from autograd_explorer.language.lazy_modules import give_sizes
from autograd_explorer.language.library import module_parts
from autograd_explorer.language.library.class_functions import check_abstract
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.optimizer_functions import initialise_optimizer
from autograd_explorer.language.library.own_words import complaint
from autograd_explorer.language.managers import SWITCHES
from autograd_explorer.language.modules import Sequential
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING, python_name, tensors_in
from autograd_explorer.torch_internals import (
    DROPOUTS,
    has_lazy_parts,
    is_lazy,
    parameters_of,
)

# Modules that draw random numbers when called.
_DRAWING = (
    DROPOUTS, nn.RNNBase, nn.MultiheadAttention, nn.RReLU, nn.TransformerEncoderLayer,
    nn.TransformerDecoderLayer, nn.TransformerEncoder, nn.TransformerDecoder, nn.Transformer,
)  # fmt: skip
_OTHER_DEVICES = r"(cuda|mps|xpu|hpu|mtia|vulkan|xla|hip|privateuseone|ipu|lazy|mkldnn)(:\d+)?"
# The kinds of functions that accept objects of the program's classes. Others might loop over them.
_TAKE_OBJECTS = frozenset({"holding", "module", "special"})
_MODES = (*SWITCHES, torch.autocast)
# The kinds of functions for which a tensor with one whole number may be a size.
_TAKE_SIZES = frozenset({"sized", "random", "measured", "pieces", "swept", "heavy", "module"})
# The functions to which a number of NumPy's is an array; to others it is a plain number.
_KEEP_TYPES = frozenset({torch.tensor, torch.as_tensor, torch.asarray})
_SIMPLE = frozenset({Tensor, nn.Parameter, int, float, bool, type(None)})


class Calls:
    """The calls of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.budget = runtime.budget
        self.classes, self.state = runtime.classes, runtime.state
        self.foresight = runtime.foresight
        self.observer, self.influence = runtime.observer, runtime.observer.influence
        self._follows, self._place = self.influence.follows, self.observer.place

    def call_value(self, callee: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call anything that a program may call."""
        if isinstance(callee, Function):
            return self.call(callee, args, kwargs)
        if isinstance(callee, CALLABLES):
            return callee(*args, **kwargs)  # type: ignore[operator]
        if isinstance(callee, nn.Module):
            return self.call_module(callee, args, kwargs)
        if isinstance(callee, _MODES):
            if len(args) == 1 and isinstance(args[0], UserFunction | UserMethod) and not kwargs:
                return args[0].inside(callee)  # torch.no_grad()(f), also as a decorator
            raise Refused("call", type(callee).__name__)
        if isinstance(callee, type) and callee in self.classes:
            return making_classes.make_instance(self.runtime, callee, args, kwargs)
        if type(callee) in self.classes:
            method = self.runtime.attributes.special(callee, "__call__")
            if method is not MISSING:
                return self.call_value(method, args, kwargs)
            if isinstance(callee, torch.autograd.Function):
                return torch.autograd.Function.__call__(callee)  # raises, in PyTorch's words
        elif isinstance(callee, Absent):
            raise Refused("absent", callee.path)
        elif isinstance(callee, Hint):
            raise Refused("call", f"{callee.text}(…)")
        elif callable(callee):
            method = self.runtime.attributes.members(type(callee)).methods.get("__call__")
            if method is None:
                raise Refused("call", type(callee).__name__)
            return self.call(method, (callee, *args), kwargs)
        raise TypeError(f"{python_name(callee)!r} object is not callable")

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an allowed function, once its result is known to be small enough."""
        budget = self.budget
        try:
            if budget.stopped is not None or monotonic() > budget.deadline:
                budget.check_time()
            if kwargs or not self.foresight.is_surely_small(function, args):
                made = self._call(function, args, kwargs)
            else:  # most calls: tensors and numbers need not be looked at one by one
                made = function.call(*args)
                (self._made_tensor if made.__class__ is Tensor else self.made)(made)
        except Exception:
            self.influence.failed(function, args, kwargs)
            raise
        if self._follows:
            self.influence.follow(function, args, kwargs, made)
        return made

    def _call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        kind = function.kind
        if kind == "special":
            return self.budget.count_plain(self._call_special(function, args, kwargs))
        if kind == "own":
            return self._call_own(function, args, kwargs)
        for value in args:
            if value.__class__ not in _SIMPLE:
                if isinstance(args[0], np.generic) and function.call in _KEEP_TYPES:
                    args = (np.asarray(args[0]), *args[1:])
                args = tuple([v if type(v) in _SIMPLE else self.native(v, kind) for v in args])
                break
        if kwargs:
            kwargs = {
                name: value if value.__class__ in _SIMPLE else self.native(value, kind)
                for name, value in kwargs.items()
            }
            if "device" in kwargs:
                self.check_device(kwargs["device"])
        if kind in _TAKE_SIZES:
            args = self._with_sizes(function, args)
            kwargs = {k: self.runtime.operators.whole(value) for k, value in kwargs.items()}
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
                args = module_parts.checked(self.runtime, function.call, args)
                draws = self.foresight.judge_module(function.call, args, kwargs)
                with self.runtime.randomness.lent(draws):
                    return self.made_module(function.call(*args, **kwargs))
        # What is written into `out` is judged as if it were new: `out` may have any size before.
        judged = {k: v for k, v in kwargs.items() if k != "out"} if "out" in kwargs else kwargs
        self.runtime.foresight.judge(function, args, judged)
        if kwargs.get("inplace") is True:
            made = self.made(function.call(*args, **kwargs))
            self.runtime.observer.notice("in_place", self.state.line, None, made)
            return made
        if kind == "drawing":
            with self.runtime.randomness.lent():
                if "generator" in kwargs:
                    source = self.runtime.randomness.source_of(kwargs["generator"])
                    kwargs = {**kwargs, "generator": source}
                return self.made(function.call(*args, **kwargs))
        if kind == "random":
            given = kwargs.get("generator") or self.runtime.randomness.own
            drawn = {**kwargs, "generator": self.runtime.randomness.source_of(given)}
            try:
                return self.made(function.call(*args, **drawn))
            except TypeError:  # said of the call as it is written, which has no generator
                with self.runtime.randomness.lent():
                    return self.made(function.call(*args, **kwargs))
        return self.made(function.call(*args, **kwargs))

    def _call_own(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """d.get(key), s.add(item): the time does not depend on how much d and s hold."""
        rest = [v if type(v) in _SIMPLE else self.native(v, "holding") for v in args[1:]]
        made = function.call(*args[:1], *rest, **kwargs)
        if args:
            self.budget.capped(args[0])
        return self.budget.count_plain(made)

    def _call_special(
        self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a function of ours, which has to be given what Python's or PyTorch's own takes.
        Where it is not, the message names that one, and leaves out the Runtime in the count."""
        try:
            return function.call(self.runtime, *args, **kwargs)
        except TypeError as error:
            traceback = error.__traceback__
            if traceback is None or traceback.tb_next is not None:
                raise
            raise complaint(function, str(error), args, kwargs) from None

    def native(self, value: Any, kind: str = "plain") -> Any:
        """A value as PyTorch can take it.

        Raises:  Refused, for what is neither data nor a callable of the interpreter's
        """
        if isinstance(value, Tensor):
            return value
        if isinstance(value, Function):
            if value.cls in (int, float, bool):
                return value.cls
            return (Bound if value.cls is None else BoundClass)(self.call, value)
        if isinstance(value, str | torch.device):
            if kind not in ("holding", "plain") or type(value) is not str:  # "lazy" may be a key
                self.check_device(value)
            return value
        if isinstance(value, np.generic):
            return value.item()
        self.budget.weigh(value)
        if isinstance(value, VALUES) and type(value) in self.classes and kind not in _TAKE_OBJECTS:
            value = making_classes.plain_value(value)
        if isinstance(value, nn.Module) and kind == "plain":
            self.budget.check_paths(value)
        # A module's own methods make no tensor of it, even where the program gives it a length.
        if kind in _TAKE_OBJECTS or (kind == "plain" and isinstance(value, nn.Module)):
            closed = is_closed(value, self.classes)
        else:
            closed = is_closed(value, self.classes, self.classes.is_walked)
        if not closed:
            raise Refused("call", f"… ({python_name(value)})")
        return value

    def _with_sizes(self, function: Function, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Arguments with whole numbers for tensors that hold one; not for the tensor that a
        function works on."""
        first = 0 if function.call in self.runtime.library.creators else 1
        whole = self.runtime.operators.whole
        return (*args[:first], *[whole(value) for value in args[first:]])

    def callback(self, value: Any) -> Any:
        """A value as native code may call it."""
        if value is None or isinstance(value, CALLABLES):
            return value
        if isinstance(value, Function):
            return Bound(self.call, value)
        known = isinstance(value, nn.Module) or (isinstance(value, type) and value in self.classes)
        if known or self.runtime.attributes.special(value, "__call__") is not MISSING:
            return Callback(self.call_value, value)
        if callable(value):
            raise Refused("call", python_name(value))
        raise TypeError(f"{python_name(value)!r} object is not callable")

    def check_device(self, value: Any) -> None:
        """On the CPU; a tensor may also be on "meta", where it has a shape alone."""
        kind = value.type if isinstance(value, torch.device) else value
        if isinstance(kind, str) and re.fullmatch(_OTHER_DEVICES, kind):
            raise Refused("device", kind)

    def made(self, result: Any) -> Any:
        """Count the tensors that an operation made, and note the line that made them."""
        if isinstance(result, Tensor):
            self._made_tensor(result)
        elif isinstance(result, (tuple, list)):
            self.budget.weigh(result)
            for tensor in tensors_in(result):
                self._made_tensor(tensor)
        return result

    def _made_tensor(self, tensor: Tensor) -> None:
        self.budget.count_result(tensor)
        state = self.state
        self._place(tensor, getattr(state.caller or state.at, "lineno", 1))

    def made_module(self, module: Any) -> Any:
        """Count the parameters of a new module, and note the line that made them."""
        if isinstance(module, nn.Module):
            self.budget.check_paths(module)
        observer, line = self.runtime.observer, self.state.line
        for _, parameter in parameters_of(module):
            if is_lazy(parameter):
                continue
            self.budget.check_elements(parameter.numel())
            self.budget.count_made(parameter)
            observer.place(parameter, line)
        if isinstance(module, nn.Module):
            observer.notice("module", line, module)
        return module

    def call_module(self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.influence.calls_with_hooks(module, args)
        self.observer.modules.enter(module)
        try:
            if isinstance(module, Sequential) or self.classes.defines(type(module), "forward"):
                self.budget.check_time()
                with self.deeper():
                    return module(*args, **kwargs)
            return self.call_native_module(module, module, args, kwargs)
        finally:
            self.observer.modules.leave()

    def call_native_module(
        self,
        module: nn.Module,
        call: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        self.budget.check_time()
        if has_lazy_parts(module):
            give_sizes(self.runtime, module, args)
        args, kwargs = self.ready_for(module, args, kwargs)
        args = args if call is module else (module, *args)
        if isinstance(module, _DRAWING):
            with self.runtime.randomness.lent():
                made = self.made(call(*args, **kwargs))
        else:
            made = self.made(call(*args, **kwargs))
        if module.__dict__.get("inplace") is True:
            self.runtime.observer.notice("in_place", self.state.line, module, made)
        self.influence.follow_module(module, args, kwargs, made)
        return made

    def ready_for(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Check the arguments of a call of one of PyTorch's own modules, and return them as the
        module may take them. A forward pre-hook may change them and the module, so this runs again
        after each such hook."""
        for value in args:
            if value.__class__ not in _SIMPLE:
                args = tuple([v if type(v) in _SIMPLE else self.native(v, "bounded") for v in args])
                break
        if kwargs:
            kwargs = {name: self.native(value, "bounded") for name, value in kwargs.items()}
        self.foresight.judge_forward(module, args, kwargs)
        return args, kwargs

    def count_made(self, tensor: Tensor) -> None:
        """Count a tensor that an operation made in addition to its result."""
        self.budget.count_made(tensor)

    def instantiate(self, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What `type.__call__` does: an instance of a class of the program's."""
        base = self.classes.native_base(cls)
        if self.classes.defines(cls, "__new__"):
            return making_classes.make_by_new(self.runtime, cls, args, kwargs)
        check_abstract(self.runtime, cls)
        if issubclass(base, VALUES):
            return making_classes.make_value(self.runtime, cls, args, kwargs)
        if self.classes.defines(cls, "__init__"):
            with self.deeper():
                return cls(*args, **kwargs)
        if not issubclass(base, dict | LRScheduler | nn.Module):
            args = tuple([self.native(value, "holding") for value in args])
            return cls(*args, **{name: self.native(v, "holding") for name, v in kwargs.items()})
        made: Any = cls() if issubclass(base, dict) else object.__new__(cls)
        self.initialise(base, made, *args, **kwargs)
        return made

    def initialise(self, base: type, instance: Any, *args: Any, **kwargs: Any) -> None:
        """super().__init__(…), where the next class is PyTorch's or Python's own."""
        if isinstance(instance, VALUES):
            if isinstance(instance, list):
                plain = self.call_value(self.runtime.library.builtins["list"], args, kwargs)
                list.__init__(instance, plain)
            return
        if isinstance(instance, dict):
            filled = self.call_value(self.runtime.library.builtins["dict"], args, kwargs)
            self.runtime.walking.filled(instance, filled.items())
            return
        args = tuple([self.native(value, "module") for value in args])
        kwargs = {name: self.native(value, "module") for name, value in kwargs.items()}
        if isinstance(instance, nn.Module):
            self.check_device(kwargs.get("device", "cpu"))
            args = module_parts.checked(self.runtime, base, args)
            self.runtime.foresight.judge_module(base, args, kwargs)
            with (
                self.runtime.attributes.on_modules.initialising(base, instance),
                self.runtime.randomness.lent(),
            ):
                base.__init__(instance, *args, **kwargs)  # type: ignore[misc]
            self.made_module(instance)
        elif isinstance(instance, torch.optim.Optimizer):
            initialise_optimizer(self.runtime, base, instance, *args, **kwargs)
        elif isinstance(instance, LRScheduler):
            given = [self.callback(v) if isinstance(v, nn.Module) else v for v in args]
            base.__init__(instance, *given, **kwargs)  # type: ignore[misc]
        elif args or kwargs:
            base.__init__(instance, *args, **kwargs)  # type: ignore[misc]

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """The block runs one level deeper in nested calls."""
        self.state.depth += 1
        try:
            self.budget.check_depth(self.state.depth)
            yield
        finally:
            self.state.depth -= 1

    def around_super(self) -> tuple[type, Any]:
        if self.state.frames:
            function, bound = self.state.frames[-1]
            for first in (*function.node.args.posonlyargs, *function.node.args.args)[:1]:
                if function.owner is None:
                    raise RuntimeError("super(): __class__ cell not found")
                return function.owner, bound[first.arg]
        raise RuntimeError("super(): no arguments")
