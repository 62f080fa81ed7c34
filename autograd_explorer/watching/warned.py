"""Hears the warnings that a block shows, which are shown as before."""

import sys
import warnings
from pathlib import Path
from typing import Any

from autograd_explorer.records import Heard
from autograd_explorer.watching.places import Places

_MOST = 100
_OURS = str(Path(__file__).parent.parent)


class Warned:
    """.heard is what has been shown, each with the line of the program that was running."""

    def __init__(self, places: Places) -> None:
        self.heard: list[Heard] = []
        self._places = places
        self._over = False
        self._before = warnings.showwarning
        self._own: Any = self._shown

    def begin(self) -> None:
        self._before = warnings.showwarning
        warnings.showwarning = self._own

    def end(self) -> None:
        self._over = True
        if warnings.showwarning is self._own:
            warnings.showwarning = self._before

    def _shown(
        self, message: Any, category: Any, filename: str, lineno: int, *more: Any, **named: Any
    ) -> None:
        own = self._places.own_frame(sys._getframe(1))
        if own is not None and filename.startswith(_OURS):
            # PyTorch's C++ has warned of the Python that had called it. Without us, that would have
            # been the program, or PyTorch's own Python; whose filters then decide anew.
            by = sys.modules.get(_module_at(filename))
            getattr(by, "__warningregistry__", {}).clear()
            of = own.f_globals
            warnings.warn_explicit(
                message, category, own.f_code.co_filename, own.f_lineno,
                of.get("__name__"), of.setdefault("__warningregistry__", {}),
            )  # fmt: skip
            return
        if not self._over and len(self.heard) < _MOST:
            line = 0 if own is None else self._places.line_of(own.f_code, own.f_lineno)
            self.heard.append(Heard(line, category.__name__, str(message)))
        self._before(message, category, filename, lineno, *more, **named)


def _module_at(filename: str) -> str:
    inside = Path(filename).relative_to(Path(_OURS).parent).with_suffix("")
    return ".".join(inside.parts)
