"""Components whose code is in the modules under static/.

On a page, Streamlit serves those as files. It puts a component's whole JavaScript into every update
of it; so there each component is the same short stub, and the frame sends, once, a loader that
imports the modules (components/loader.py). A file that a run is saved to holds the modules that it
needs itself (components/saved/), and nothing that is imported for it knows Streamlit.
"""

import keyword
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import texts
from components.icons import ICONS
from components.theme import CSS_VARIABLES, DIVERGING, IDENTITY

STATIC = Path(__file__).parent.parent / "static"

_STUB = (STATIC / "stub.js").read_text(encoding="utf-8")

registered: dict[str, bool] = {}  # whether isolated; filled by the imports, never after


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

    Called at import, once a process.

    isolated  in a shadow root of its own, which the page's styles do not reach
    """
    registered[name] = isolated

    def mount(key: str, data: Any, **events: Callable[[Any], None]) -> None:
        board = collected.get()
        if board is not None:
            board.append(Mount(name, key, data, events))
            return
        # In a list: a dictionary would be searched for data frames at every update.
        callbacks: dict[str, Any] = {
            f"on_{event}_change": _taking(key, event, take) for event, take in events.items()
        }
        _on_page(name)(key=key, data=[data], **callbacks)

    return mount


def register_all() -> None:
    """Make all of them known to Streamlit, before the first session."""
    for name in registered:
        _on_page(name)


@cache
def _on_page(name: str) -> Callable[..., Any]:
    """A component of Streamlit's; to make it twice would only warn."""
    import streamlit as st

    return st.components.v2.component(
        f"autograd_explorer.{name}", js=_STUB, isolate_styles=registered[name]
    )


def _taking(key: str, event: str, take: Callable[[Any], None]) -> Callable[[], None]:
    from components.sent import sent

    return lambda: take(sent(key, event))


def build_shared() -> dict[str, Any]:
    """What all views need to know, as static/frame.js describes it."""
    return {
        "words": {language: _words(language) for language in texts.LANGUAGES},
        "python": {"keywords": keyword.kwlist, "names": list(IDENTITY)},
        "scale": DIVERGING,
        "icons": ICONS,
        "variables": CSS_VARIABLES,
    }


def _words(language: str) -> dict[str, str]:
    """What any view may have to say."""
    frame, numbers = (texts.for_page(name, language) for name in ("frame", "numbers"))
    return {"part_failed": frame("part_failed")} | {
        key: numbers(key) for key in ("nan", "inf", "nan_starts", "inf_starts", "not_yet")
    }
