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

        def made(original: Callable[..., Any]) -> Callable[..., Any]:
            def patched(*args: Any, **kwargs: Any) -> Any:
                if self.over:  # torch.compile may see it later
                    return original(*args, **kwargs)
                return wrapper(original, *args, **kwargs)

            return patched

        self.replace(owner, name, made)

    def replace(
        self, owner: Any, name: str, made: Callable[[Callable[..., Any]], Callable[..., Any]]
    ) -> None:
        """In the place of owner.name stands what is made of it; it has to ask for .over itself."""
        original = getattr(owner, name)
        patched = functools.wraps(original)(made(original))
        self._done.append((owner, name, owner.__dict__.get(name, _MISSING), patched))
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
