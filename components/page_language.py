"""The language of the page, for what only draws and so does not know the address."""

import streamlit as st

_KEY = "language_of_the_page"


def set_page_language(language: str) -> None:
    st.session_state[_KEY] = language


def page_language() -> str:
    return str(st.session_state.get(_KEY, "en"))
