"""The language of the page, for the browser and for what only draws.

A browser picks fonts, hyphens and voices by it.
"""

import streamlit as st

_KEY = "language_of_the_page"

_mount = st.components.v2.component(
    "autograd_explorer.page_language",
    js="export default ({ data }) => { document.documentElement.lang = data; }",
)


def set_page_language(language: str) -> None:
    st.session_state[_KEY] = language
    _mount(data=language, key="page_language")


def page_language() -> str:
    return str(st.session_state.get(_KEY, "en"))
