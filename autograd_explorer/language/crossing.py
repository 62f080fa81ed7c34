"""Which values of a program native code may be given: data, and callables that the interpreter
made.

Native code of PyTorch and Python may call a value, loop over it and read its attributes, all
without the interpreter's checks. So a value of a kind that is not listed here is refused, and so is
a container that holds one.
"""

import copy
import datetime
import enum
import functools
import io
import random
import re
import weakref
from collections.abc import Callable, Container
from typing import Any

import numpy as np
import torch
from torch import Tensor, distributions, nn
from torch.autograd.function import FunctionCtx
from torch.autograd.graph import Node
from torch.distributions import constraints, transforms
from torch.nn.utils import prune
from torch.optim import lr_scheduler
from torch.utils.hooks import RemovableHandle

from autograd_explorer.language.belongings import (
    Absent,
    Buffer,
    Field,
    Hint,
    Storage,
    Stream,
    WarningMessage,
)
from autograd_explorer.language.datasets import KEPT
from autograd_explorer.language.functions import CACHED, Bound, SuperView, UserFunction, UserMethod
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.library.versions import Version
from autograd_explorer.language.values import CONTAINERS, ITERATORS, VIEWS, parts_of
from autograd_explorer.torch_internals import WRAPPED_CONTEXT

# Callables whose bodies run in the interpreter even when native code calls them.
CALLABLES: tuple[type, ...] = (
    UserFunction, UserMethod, Bound, functools.partial, CACHED,
)  # fmt: skip
# What a static method may be: it is handed out, and the interpreter calls it.
HANDED_OUT = (*CALLABLES, Function)
# Objects that a program gets in place of Python's functions and generators. A program may not read
# their attributes.
OURS: tuple[type, ...] = (*CALLABLES, SuperView, type(iter([])))
_SIMPLE = frozenset({Tensor, nn.Parameter, int, float, bool, str, type(None), object})
_DATA: tuple[type, ...] = (
    int, float, complex, bool, str, bytes, type(None), type(Ellipsis), type(NotImplemented), range,
    Tensor, np.ndarray, np.generic, np.dtype, torch.dtype, torch.device, torch.layout,
    torch.memory_format, torch.Generator, torch.finfo, torch.iinfo, nn.Module,
    torch.optim.Optimizer, lr_scheduler.LRScheduler, RemovableHandle, Node, FunctionCtx,
    WRAPPED_CONTEXT,
    BaseException, staticmethod,
    Function, Namespace, Hint, Absent, Stream, Buffer, Field, io.StringIO,
    WarningMessage, Storage, random.Random, np.random.RandomState, np.random.Generator,
    re.Pattern, re.Match, distributions.Distribution, transforms.Transform, constraints.Constraint,
    prune.BasePruningMethod, enum.Enum,
    weakref.ref, Version, datetime.date, datetime.time, datetime.timedelta,
    *CALLABLES, *ITERATORS, *KEPT,
)  # fmt: skip
_SWITCHES = (
    torch.no_grad, torch.enable_grad, torch.inference_mode, torch.set_grad_enabled,
    torch.autograd.graph.saved_tensors_hooks,
)  # fmt: skip
_HOLDING = (*CONTAINERS, *VIEWS, slice)
_TAKEN = (*_DATA, *_SWITCHES)


def is_closed(
    value: Any, classes: Container[type], refused: Callable[[Any], bool] | None = None
) -> bool:
    """Whether a value, and all that it holds, is of a kind that native code may be given.

    classes  those of the program, whose instances are such; refused tells which of them are not
    """
    if type(value) in _SIMPLE:
        return True
    seen: set[int] = set()
    queue = [value]
    while queue:
        part = queue.pop()
        cls = type(part)
        if cls in _SIMPLE:
            continue
        if refused is not None and refused(part):
            return False
        if isinstance(part, _HOLDING):
            if id(part) not in seen:
                seen.add(id(part))
                queue += parts_of(part)
        elif not (isinstance(part, _TAKEN) or cls in classes):
            if not (isinstance(part, type) and part in classes):
                return False
    return True


def may_stand_in_class(value: Any, classes: Container[type]) -> bool:
    """The same for what a class body holds."""
    if isinstance(value, (staticmethod, classmethod)):
        taken = HANDED_OUT if isinstance(value, staticmethod) else (UserFunction, Bound)
        return isinstance(value.__func__, taken)
    if isinstance(value, property):
        parts = (value.fget, value.fset, value.fdel)
        return all(part is None or isinstance(part, (UserFunction, Bound)) for part in parts)
    return is_closed(value, classes)


class Callback:
    """Anything that a program may call, as a function that native code may call.

    A module that PyTorch calls by itself, as a hook or as a key, would run without its size being
    judged; through here it is called as if the program had written the call.
    """

    __slots__ = ("call_value", "value")

    def __init__(self, call_value: Callable[..., Any], value: Any) -> None:
        self.call_value = call_value
        self.value = value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call_value(self.value, args, kwargs)

    def __repr__(self) -> str:
        return repr(self.value)

    def __deepcopy__(self, memo: Any) -> "Callback":
        return Callback(self.call_value, copy.deepcopy(self.value, memo))


def is_data(value: Any) -> bool:
    """Whether a value is worth showing to a reader. Python modules, functions and classes are
    not."""
    return not isinstance(value, (Namespace, Function, UserFunction, type))
