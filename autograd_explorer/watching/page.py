"""What watch() has seen as a page of its own, drawn by the app's components, and as a notebook.

The engine does without the app; only who wants a page brings its components and words in, from
where they lie beside the engine (app_files.py).
"""

import importlib
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

from autograd_explorer.app_files import app_folder

_APP = ("components", "texts")  # what is imported; the watched program may have such names, too
_HIGH = 820  # px of a page in a notebook
_LOCK = threading.Lock()
_ours: dict[str, ModuleType] = {}


def page_of(seen: Any) -> str:
    """The whole page as HTML."""
    with app_modules():
        build = importlib.import_module("components.saved").build_page
        page: str = build(seen)
    return page


def bundle_of(seen: Any) -> dict[str, str]:
    """The page as a notebook shows it, in a frame that can do nothing to the notebook, and text."""
    told = {"text/plain": repr(seen)}
    try:
        page = page_of(seen)
    except ImportError:  # the app does not lie beside the engine
        return told
    frame = (
        '<iframe title="Autograd Explorer" sandbox="allow-scripts allow-downloads"'
        f' allow="fullscreen" style="width:100%;height:{_HIGH}px;border:0"'
        f' srcdoc="{escape(page)}"></iframe>'
    )
    return {"text/html": frame} | told


def notebook_of(seen: Any) -> str:
    """A notebook whose one cell has the program's text, and shows what was seen of it."""
    source = next(iter(seen.sources.values()), "")
    shown = {
        "output_type": "display_data",
        "metadata": {},
        "data": {kind: text.splitlines(True) for kind, text in bundle_of(seen).items()},
    }
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "watched",
        "metadata": {},
        "execution_count": None,
        "source": source.splitlines(True),
        "outputs": [shown],
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    made = {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": [cell]}
    return json.dumps(made, ensure_ascii=False, indent=1)


@contextmanager
def app_modules() -> Iterator[None]:
    """The app's modules can be imported in the block. A program may have a package of its own that
    is called `components`: it is put aside meanwhile, and is back afterwards."""
    folder = app_folder()
    with _LOCK:
        theirs = {name: one for name, one in sys.modules.items() if _is_of_app(name)}
        if _lies_in(theirs.get(_APP[0]), folder):  # in the app itself nothing is to be put aside
            yield
            return
        for name in theirs:
            del sys.modules[name]
        sys.modules.update(_ours)
        sys.path.insert(0, str(folder))
        try:
            yield
        finally:
            sys.path.remove(str(folder))
            for name in [name for name in sys.modules if _is_of_app(name)]:
                _ours[name] = sys.modules.pop(name)
            sys.modules.update(theirs)


def _is_of_app(name: str) -> bool:
    return name.partition(".")[0] in _APP


def _lies_in(module: ModuleType | None, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve().is_relative_to(folder.resolve())
