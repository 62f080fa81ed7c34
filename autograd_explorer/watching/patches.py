"""Functions of PyTorch that are wrapped while a block is watched, and put back at its end."""

import functools
from collections.abc import Callable
from typing import Any

_MISSING = object()


class Patches:
    """Functions and methods in whose place others stand. restore() puts them back, also where
    another has wrapped ours since: then the other's stays, and ours only calls the original."""

    def __init__(self) -> None:
        self._done: list[tuple[Any, str, Any, Any]] = []
        self.over = False

    def wrap(self, owner: Any, name: str, wrapper: Callable[..., Any]) -> None:
        """Calls of owner.name(…) become wrapper(original, …)."""
        original = getattr(owner, name)
        own = owner.__dict__.get(name, _MISSING)

        @functools.wraps(original)
        def patched(*args: Any, **kwargs: Any) -> Any:
            if self.over:  # torch.compile may see it later
                return original(*args, **kwargs)
            return wrapper(original, *args, **kwargs)

        self._done.append((owner, name, own, patched))
        _put(owner, name, patched)

    def restore(self) -> None:
        self.over = True
        for owner, name, own, patched in reversed(self._done):
            if owner.__dict__.get(name) is patched:
                if own is _MISSING:
                    type.__delattr__(owner, name)
                else:
                    _put(owner, name, own)
        self._done.clear()


def _put(owner: Any, name: str, value: Any) -> None:
    if isinstance(owner, type):
        type.__setattr__(owner, name, value)
    else:
        owner.__dict__[name] = value
