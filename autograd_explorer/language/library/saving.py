"""torch.save and torch.load, within the run's memory.

Each takes the Runtime as its first argument.
"""

import contextlib
import copy
import io
import pickle
import re
from collections import Counter, OrderedDict
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Buffer
from autograd_explorer.language.library.copying import safe_deepcopy
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.files import path_of
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.torch_internals import parts_of_module

# What torch.load takes from a file unless it is told to take everything.
_HARMLESS = frozenset(
    {
        Tensor, nn.Parameter, torch.Size, torch.dtype, torch.device, torch.layout, OrderedDict,
        Counter, dict, list, tuple, set, str, bytes, bytearray, int, float, bool, complex,
        type(None),
    }
)  # fmt: skip
_HOLDERS = (dict, list, tuple, set)


def buffer(runtime: Runtime, initial_bytes: Any = None) -> Buffer:
    """io.BytesIO()"""
    if initial_bytes:
        raise Refused("call", "io.BytesIO(…)")
    runtime.budget.count_bytes(100)
    return Buffer()


def save(runtime: Runtime, obj: Any, f: Any, **options: Any) -> None:
    """Keep a copy under a name of the run's own: no file is written, nothing is pickled."""
    copied, name = _copied(runtime, obj), path_of(runtime, f)
    if isinstance(f, Buffer):
        f.kept[:] = [copied]
    elif name is not None:
        if len(runtime.belongings.files) > 1000:
            raise runtime.budget.stop("items")
        runtime.belongings.files[name] = copied
    else:
        raise Refused("call", "torch.save(…)")


def load(
    runtime: Runtime,
    f: Any,
    map_location: Any = None,
    pickle_module: Any = None,
    *,
    weights_only: Any = None,
    **options: Any,
) -> Any:
    runtime.calls.check_device(map_location)
    name = path_of(runtime, f)
    kept: Any = f.kept if isinstance(f, Buffer) else ()
    if name is not None and name in runtime.belongings.files:
        kept = (runtime.belongings.files[name],)
    if kept:
        if weights_only or (weights_only is None and pickle_module is None):
            _check_weights(runtime, kept[0])
        return _copied(runtime, kept[0])
    if name is not None:
        raise FileNotFoundError(2, "No such file or directory", runtime.texts.of(f))
    raise EOFError("Ran out of input")


def _copied(runtime: Runtime, value: Any) -> Any:
    """A deep copy in which tensors are leaves, as after a way through a file."""
    return safe_deepcopy(runtime, _leaves(runtime, value))


def _leaves(runtime: Runtime, value: Any) -> Any:
    if isinstance(value, Tensor):
        return value if value.is_leaf else value.detach().requires_grad_(value.requires_grad)
    with runtime.calls.deeper():
        if type(value) in (list, tuple):
            return type(value)([_leaves(runtime, part) for part in value])
        if type(value) is dict:
            return {key: _leaves(runtime, part) for key, part in value.items()}
    return copy.copy(value) if type(value) is dict else value


def _check_weights(runtime: Runtime, value: Any) -> None:
    """Raise PyTorch's own error for a file that holds more than weights: an nn.Module, say."""
    queue, count = [value], 0
    while queue:
        part = queue.pop()
        count += 1
        runtime.budget.check_length([], count)
        cls = type(part)
        if cls not in _HARMLESS and cls not in runtime.belongings.safe_classes:
            _fail(_path_in_file(part))
        if isinstance(part, dict):
            queue += [half for pair in reversed(part.items()) for half in reversed(pair)]
        elif isinstance(part, _HOLDERS):
            queue += reversed(list(part))
        elif isinstance(part, nn.Module):
            queue += reversed(list(parts_of_module(part)))
        elif cls in runtime.classes:
            queue += reversed(part.__dict__.values())


def _path_in_file(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return "numpy._core.multiarray _reconstruct"
    if isinstance(value, np.generic):
        return "numpy._core.multiarray scalar"
    named = value.shown if isinstance(value, Function) else type(value)
    named = value if isinstance(value, type) else named
    return f"{named.__module__} {named.__qualname__}"


def _fail(path: str) -> None:
    """Have PyTorch read a file, in its old form, that names this class and nothing else."""
    if not re.fullmatch(r"[\w.]+ [\w.<>]+", path):  # a name that type() was given: no file has it
        raise Refused("call", "torch.load(…)")
    module, _, name = path.partition(" ")
    start: Any = (torch.serialization.MAGIC_NUMBER, torch.serialization.PROTOCOL_VERSION, {})
    written = b"".join(pickle.dumps(part, 2) for part in start)
    named = f"c{module}\n{name}\n.".encode()
    torch.load(io.BytesIO(written + b"\x80\x02" + named), weights_only=True)


def add_safe_globals(runtime: Runtime, safe_globals: Any) -> None:
    for named in runtime.walking.items(safe_globals):
        runtime.belongings.safe_classes.add(runtime.classes.class_of(named))


@contextlib.contextmanager
def _safe(runtime: Runtime, classes: Any) -> Iterator[None]:
    before = set(runtime.belongings.safe_classes)
    add_safe_globals(runtime, classes)
    try:
        yield
    finally:
        runtime.belongings.safe_classes = before


def safe_globals(runtime: Runtime, safe_globals: Any) -> Any:
    return _safe(runtime, safe_globals)


NAMES = {
    "io.BytesIO": Function(buffer, "special", Buffer),
    "torch.save": Function(save, "special"),
    "torch.load": Function(load, "special"),
    "torch.serialization.add_safe_globals": Function(add_safe_globals, "special"),
    "torch.serialization.safe_globals": Function(safe_globals, "special"),
}
