"""copy.deepcopy for the values that a program may copy. The copy is counted before it is made."""

import copy
import enum
from collections import deque
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.attribute_rules import OUR_NOTES
from autograd_explorer.language.crossing import CALLABLES
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import parts_of, tensors_in
from autograd_explorer.torch_internals import bytes_of, parts_of_module

_COPIED = (
    Tensor,
    nn.Module,
    np.ndarray,
    np.generic,
    dict,
    list,
    tuple,
    set,
    frozenset,
    deque,
    bool,
    int,
    float,
    str,
    type(None),
)


_COPIED_AS_THEY_ARE: tuple[type[Any], ...] = (
    bool, int, float, complex, str, bytes, type(None), range, slice, torch.dtype, torch.device,
    np.generic, enum.Enum, Function, *CALLABLES, type,
)  # fmt: skip


class _Memo(dict[Any, Any]):
    """What has been copied, by the numbers that the program knows for addresses: its own
    `__deepcopy__` is given it, reads it and puts into it."""

    def __init__(self, runtime: Runtime, known: Any) -> None:
        super().__init__(known or {})
        self._addresses = runtime.addresses
        self._numbers = frozenset(known or ())

    def _number(self, address: Any) -> Any:
        known = not isinstance(address, int) or self._addresses.is_made_up(address)
        return address if known else self._addresses.number(address)

    def get(self, address: Any, default: Any = None) -> Any:
        return super().get(self._number(address), default)

    def __getitem__(self, address: Any) -> Any:
        return super().__getitem__(self._number(address))

    def __setitem__(self, address: Any, copied: Any) -> None:
        super().__setitem__(self._number(address), copied)


_Memo.__name__ = "dict"


def safe_deepcopy(runtime: Runtime, x: Any, memo: Any = None) -> Any:
    value = x
    if memo is not None and not isinstance(memo, dict):
        raise Refused("call", "copy.deepcopy(…, memo)")
    _check_reducible(runtime, value)
    if isinstance(value, _COPIED_AS_THEY_ARE):
        return value
    if not isinstance(value, _COPIED) and type(value) not in runtime.classes:
        raise Refused("call", f"copy.deepcopy({type(value).__name__})")
    count(runtime, value)
    copied = copy.deepcopy(value, memo if type(memo) is _Memo else _Memo(runtime, memo))
    runtime.calls.made(tuple(tensors_in(things_within(copied, runtime))))
    return copied


def count(runtime: Runtime, value: Any) -> None:
    """Check what a deep copy of a value takes."""
    runtime.budget.weigh(value)
    held = things_within(value, runtime)
    runtime.budget.check_bytes(sum(bytes_of(tensor) for tensor in tensors_in(held)))


_SHALLOW = (list, dict, set, deque, np.ndarray)


def safe_copy(runtime: Runtime, x: Any) -> Any:
    """copy.copy: a new list, dict, module or object that holds the same parts."""
    if isinstance(x, _SHALLOW):
        made = copy.copy(x)
        if isinstance(made, np.ndarray):
            runtime.budget.count_array(made)
        return runtime.budget.count_plain(made)
    _check_reducible(runtime, x)
    known = isinstance(x, (Tensor, nn.Module)) or type(x) in runtime.classes
    if known and not isinstance(x, Exception):
        return runtime.calls.made(copy.copy(x))
    if isinstance(x, (*_COPIED_AS_THEY_ARE, tuple, frozenset)):
        return x
    raise Refused("call", f"copy.copy({type(x).__name__})")


def _put_on(tensor: Tensor) -> list[Any]:
    """What the program has put on a tensor, without what the run is watched by."""
    own = tensor.__dict__.items()
    return [held for name, held in own if not name.startswith(OUR_NOTES)]


def _check_reducible(runtime: Runtime, value: Any) -> None:
    for name in ("__reduce__", "__reduce_ex__"):
        if runtime.classes.defines(type(value), name):
            raise Refused("attribute", f"{type(value).__name__}.{name}")


def things_within(value: Any, runtime: Runtime) -> list[Any]:
    """The tensors and modules that a deep copy of a value copies, however deep they lie in it.

    Raises:  Refused, for what cannot be counted
    """
    found: list[Any] = []
    seen: set[int] = set()
    queue = [value]
    items = 0
    while queue:
        part = queue.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        _check_reducible(runtime, part)
        if len(seen) % 1024 == 0:
            runtime.budget.check_time()
        if isinstance(part, dict | list | tuple | set | frozenset | deque):
            items += len(part)
            runtime.budget.check_length([], items)
        if isinstance(part, np.ndarray):
            runtime.budget.count_bytes(part.nbytes)
        elif isinstance(part, Tensor | nn.Module):
            found.append(part)
            if isinstance(part, Tensor):
                queue += _put_on(part)
            if isinstance(part, nn.Module):
                queue += [value for name, value in part.__dict__.items() if name[0] != "_"]
                queue += parts_of_module(part)
        elif isinstance(part, dict):
            queue += parts_of(part)
            if type(part) in runtime.classes:
                queue += part.__dict__.values()
        elif isinstance(part, list | tuple | set | frozenset | deque):
            queue += part
        elif type(part) in runtime.classes:
            queue += part.__dict__.values()
        elif not isinstance(part, _COPIED_AS_THEY_ARE):
            raise Refused("call", f"copy.deepcopy({type(part).__name__})")
    return found
