"""Register a component from the JavaScript and CSS files that stand beside its Python."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from components.theme import CSS_VARIABLES

_DOM = (Path(__file__).parent / "dom.js").read_text(encoding="utf-8")


def register(python_file: str, name: str) -> Callable[..., Any]:
    """Make a components-v2 renderer of view.js and view.css in the caller's folder.

    Called at import, once a process: a second registration of a name would only warn.
    """
    folder = Path(python_file).parent
    script = (_DOM, (folder / "view.js").read_text(encoding="utf-8"))
    return st.components.v2.component(
        f"autograd_explorer.{name}",
        js="".join(script),
        css=CSS_VARIABLES + (folder / "view.css").read_text(encoding="utf-8"),
    )
