"""This process as a server on this machine alone, whose command line names a file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components import local_file, trusted


@contextmanager
def command_line() -> Iterator[Callable[..., None]]:
    """name(file, *options, arguments=(), **settings): have it named, by default to be trusted. The
    settings are the server's, such as address="0.0.0.0"."""
    settings: dict[str, Any] = {"server.address": "localhost", "server.enableCORS": True}
    others = st.get_option
    cached = (local_file.options, local_file.local_program)

    def forget() -> None:
        for function in cached:
            function.cache_clear()

    with pytest.MonkeyPatch.context() as patched:

        def name(
            file: Path, *options: str, arguments: tuple[str, ...] = (), **changed: Any
        ) -> None:
            own = ["app.py", "--program", str(file), *(options or ["--trust"])]
            patched.setattr(sys, "argv", [*own, "--", *arguments])
            settings.update({f"server.{key}": value for key, value in changed.items()})
            forget()

        def ask(name: str) -> Any:
            return settings[name] if name in settings else others(name)

        patched.setattr(st, "get_option", ask)
        # AppTest has a mock for a browser.
        patched.setattr(local_file, "address_of_reader", lambda: None)
        patched.setattr(trusted, "_scripts", [])
        try:
            yield name
        finally:
            forget()
