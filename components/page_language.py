"""Tell the browser which language the page is in: it picks fonts, hyphens and voices by it."""

import streamlit as st

_mount = st.components.v2.component(
    "autograd_explorer.page_language",
    js="export default ({ data }) => { document.documentElement.lang = data; }",
)


def set_page_language(language: str) -> None:
    _mount(data=language, key="page_language")
