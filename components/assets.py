"""Components whose code is in the modules under static/, which Streamlit serves as files.

Streamlit puts a component's whole JavaScript into every update of it. So each component is the
same short stub, and the frame sends, once, a loader that imports the modules, and what these need
to know: words, and the colours of components/theme.py.
"""

import hashlib
import keyword
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

import texts
from components.headers import build_policy
from components.icons import ICONS
from components.sent import sent
from components.theme import CSS_VARIABLES, DIVERGING, IDENTITY

STATIC = Path(__file__).parent.parent / "static"
_SENT = ("stub.js", "loader.js")  # by Streamlit, as text; the others are fetched

_STUB = (STATIC / "stub.js").read_text(encoding="utf-8")
_LOADER = (STATIC / "loader.js").read_text(encoding="utf-8")

registered: set[str] = set()  # filled by the imports, never after


@dataclass(frozen=True, slots=True)
class Mount:
    """A component to draw: its registered .name, .key on the page, .data, and .events, what to do
    with a value that the browser sends under a name."""

    name: str
    key: str
    data: Any
    events: Mapping[str, Callable[[Any], None]]


# What the open board has collected; None while every element stands by itself.
collected: ContextVar[list[Any] | None] = ContextVar("collected", default=None)


def register(name: str, *, isolated: bool = True) -> Callable[..., None]:
    """Make a renderer of static/<name>/view.js, which static/main.js has to know too.

    Called at import, once a process: a second registration of a name would only warn.

    isolated  in a shadow root of its own, which the page's styles do not reach
    """
    registered.add(name)
    render = st.components.v2.component(
        f"autograd_explorer.{name}", js=_STUB, isolate_styles=isolated
    )

    def mount(key: str, data: Any, **events: Callable[[Any], None]) -> None:
        board = collected.get()
        if board is not None:
            board.append(Mount(name, key, data, events))
            return
        # In a list: a dictionary would be searched for data frames at every update.
        callbacks: dict[str, Any] = {
            f"on_{event}_change": _taking(key, event, take) for event, take in events.items()
        }
        render(key=key, data=[data], **callbacks)

    return mount


def _taking(key: str, event: str, take: Callable[[Any], None]) -> Callable[[], None]:
    return lambda: take(sent(key, event))


_mount_loader = st.components.v2.component("autograd_explorer.loader", js=_LOADER)


def mount_loader(language: str) -> None:
    """Have the browser load the modules; for the frame, before any component.

    It also hears the page's language there: it picks words, fonts, hyphens and voices by it.
    """
    _mount_loader(key="loader", data=[{"language": language, **build_frame()}])


@cache
def build_frame() -> dict[str, Any]:
    """What all views need to know, as static/frame.js describes it."""
    files = {path.relative_to(STATIC).as_posix(): path for path in _static_files()}
    content = b"".join(name.encode() + path.read_bytes() for name, path in files.items())
    return {
        "version": hashlib.sha256(content).hexdigest()[:12],
        "policy": build_policy("{host}"),
        # Not what is bundled: only the page that needs it loads it.
        "files": [name for name in files if not name.startswith("vendor/")],
        "words": {language: _words(language) for language in texts.LANGUAGES},
        "python": {"keywords": keyword.kwlist, "names": list(IDENTITY)},
        "scale": DIVERGING,
        "icons": ICONS,
        "variables": CSS_VARIABLES,
    }


def _static_files() -> list[Path]:
    """What a page can load, in an order of its own."""
    return sorted(
        path
        for path in STATIC.rglob("*")
        if path.suffix in (".js", ".css") and path.name not in _SENT
    )


def _words(language: str) -> dict[str, str]:
    """What any view may have to say."""
    frame, numbers = (texts.for_page(name, language) for name in ("frame", "numbers"))
    return {"part_failed": frame("part_failed")} | {
        key: numbers(key) for key in ("nan", "inf", "nan_starts", "inf_starts", "not_yet")
    }
