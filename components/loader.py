"""How a browser gets the views of a page: the frame sends, once, a loader that imports the modules
of static/, and what these need to know."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components import assets
from components.headers import build_policy

_SENT = ("stub.js", "loader.js")  # by Streamlit, as text; the others are fetched
_OF_FILES = "saved/"  # what a saved file begins with, in the place of the loader

_mount_loader = st.components.v2.component(
    "autograd_explorer.loader", js=(assets.STATIC / "loader.js").read_text(encoding="utf-8")
)


def mount_loader(language: str) -> None:
    """Have the browser load the modules; for the frame, before any component.

    It also hears the page's language there: it picks words, fonts, hyphens and voices by it.
    """
    _mount_loader(key="loader", data=[{"language": language, **build_frame()}])


@cache
def build_frame() -> dict[str, Any]:
    """What all views need to know, and which files there are, as static/frame.js describes it."""
    files = {path.relative_to(assets.STATIC).as_posix(): path for path in _static_files()}
    content = b"".join(name.encode() + path.read_bytes() for name, path in files.items())
    return {
        "version": hashlib.sha256(content).hexdigest()[:12],
        "policy": build_policy("{host}"),
        # Not what is bundled: only the page that needs it loads it.
        "files": [name for name in files if not name.startswith(("vendor/", _OF_FILES))],
        **assets.build_shared(),
    }


def _static_files() -> list[Path]:
    """What a page can load, in an order of its own."""
    return sorted(
        path
        for path in assets.STATIC.rglob("*")
        if path.suffix in (".js", ".css") and path.name not in _SENT
    )
