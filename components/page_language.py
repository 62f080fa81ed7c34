"""The language of the page, for what only draws and so does not know the address."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_KEY = "language_of_the_page"
_given: ContextVar[str | None] = ContextVar("given", default=None)


def set_page_language(language: str) -> None:
    import streamlit as st  # a saved file is drawn without it

    st.session_state[_KEY] = language


def page_language() -> str:
    given = _given.get()
    if given is not None:
        return given
    import streamlit as st

    return str(st.session_state.get(_KEY, "en"))


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """What is drawn in the block belongs to no page, and is in this language."""
    before = _given.set(language)
    try:
        yield
    finally:
        _given.reset(before)
