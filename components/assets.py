"""Components from the JavaScript and CSS files beside their Python, sent to a browser once.

Streamlit puts a component's whole JavaScript into every update of it: 70 of the 90 kB that a
moved slider would cost. So the frame mounts one library with the code of all components, and
each component itself is a stub that calls it.
"""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

import texts
from components.sent import sent
from components.theme import CSS_VARIABLES, DIVERGING

_FOLDER = Path(__file__).parent
_folders: dict[str, Path] = {}  # filled by the imports, never after

# The library may arrive after a stub: what was asked of it until then waits in `pending`.
_STUB = """
export default (component) => {
  const library = (globalThis.autogradExplorer ??= { pending: [] });
  if (library.mount) library.mount(NAME, component);
  else library.pending.push([NAME, component]);
  return () => library.unmount?.(component.parentElement);
};
"""


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


def register(python_file: str, name: str, *, isolated: bool = True) -> Callable[..., None]:
    """Make a renderer of the .js files and view.css in the caller's folder.

    Called at import, once a process: a second registration of a name would only warn.

    isolated  in a shadow root of its own, which the page's styles do not reach
    """
    _folders[name] = Path(python_file).parent
    render = st.components.v2.component(
        f"autograd_explorer.{name}",
        js=_STUB.replace("NAME", json.dumps(name)),
        isolate_styles=isolated,
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


def mount_library() -> None:
    """Send the code of every registered component; for the frame, before any of them."""
    _library()(key="library")


@cache
def _library() -> Callable[..., Any]:
    """Registered at the first call, when all components are known."""
    return st.components.v2.component("autograd_explorer.library", js=build_library())


def build_library() -> str:
    """One module: shared helpers, then each component's code in a scope of its own."""
    modules = []
    for name, folder in sorted(_folders.items()):
        script = "\n".join(_read(path) for path in sorted(folder.glob("*.js"), reverse=True))
        own = "".join(_read(path) for path in folder.glob("*.css"))
        styles = CSS_VARIABLES + _read(_FOLDER / "matrix.css") + own
        view = script.replace("export default function", "library.views[name] = function")
        arguments = f"{json.dumps(name)}, {json.dumps(styles)}"
        modules.append(
            f"((name, css) => {{\n{view}\nlibrary.styles[name] = sheet(css);\n}})({arguments});"
        )
    shared = _read(_FOLDER / "library.js")
    modules.insert(0, _read(_FOLDER / "matrix.js").replace("STOPS", json.dumps(DIVERGING)))
    shared = shared.replace("WORDS", json.dumps({lang: _words(lang) for lang in texts.LANGUAGES}))
    return shared.replace("/* components */", "\n".join(modules))


def _words(language: str) -> dict[str, str]:
    """What any view may have to say."""
    frame, numbers = (texts.for_page(name, language) for name in ("frame", "numbers"))
    return {"part_failed": frame("part_failed")} | {
        key: numbers(key) for key in ("nan", "inf", "nan_starts", "inf_starts")
    }


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
