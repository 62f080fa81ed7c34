"""That nothing of a watched block is left on the program's tensors: neither after it, nor in what
the program saves meanwhile. The gatherers note things in the __dict__ of tensors, and who copies a
tensor takes along what is in it."""

import gc
from collections.abc import Callable, Iterable, Mapping
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, MethodType, ModuleType
from typing import Any

from torch import Tensor

_MARKS = frozenset(
    ("_autograd_explorer_mark", "_autograd_explorer_version", "_autograd_explorer_line")
)
# Behind these lies what many programs share, in the end all that has been imported.
_SHARED = (ModuleType, type, BuiltinFunctionType, CodeType, FrameType)


def pickled(original: Callable[..., Any], tensor: Tensor, *args: Any) -> Any:
    """Who saves a tensor saves what is in its __dict__, but for our marks: torch.load would not
    take a class of ours."""
    own = tensor.__dict__
    if _MARKS.isdisjoint(own):
        return original(tensor, *args)
    tensor.__dict__ = {name: value for name, value in own.items() if name not in _MARKS}
    try:
        return original(tensor, *args)
    finally:
        tensor.__dict__ = own


def remove_marks(scopes: Iterable[Mapping[str, Any]]) -> None:
    """Take from all tensors what the gatherers have noted on them.

    scopes  the variables that the program can reach now
    """
    kinds: list[type] = [Tensor]
    for kind in kinds:  # grows while we walk it
        kinds += type.__subclasses__(kind)
    known = set(kinds)
    for value in gc.get_objects():
        if type(value) in known:
            _remove(value)
    if gc.get_freeze_count():  # of what gc.freeze() has put aside Python gives no list
        for value in _all_behind(scopes):
            if type(value) in known:
                _remove(value)


def _remove(tensor: Tensor) -> None:
    own = tensor.__dict__
    for name in _MARKS:
        if name in own:
            del own[name]


def _all_behind(scopes: Iterable[Mapping[str, Any]]) -> Iterable[Any]:
    """All objects that some variables lead to, but for what programs share."""
    queue: list[Any] = [value for scope in scopes for value in scope.values()]
    seen = set(map(id, queue))
    for value in queue:  # grows while we walk it
        kind = type(value)
        if issubclass(kind, _SHARED):
            continue
        if issubclass(kind, FunctionType):
            parts = [value.__closure__, value.__defaults__, value.__kwdefaults__]
        elif issubclass(kind, MethodType):
            parts = [value.__self__, value.__func__]
        else:
            parts = gc.get_referents(value)
        for part in parts:
            if gc.is_tracked(part) and id(part) not in seen:  # not numbers and texts
                seen.add(id(part))
                queue.append(part)
    return queue
