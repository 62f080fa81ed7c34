"""The frame around every page: page config, language, navigation."""

import boot  # noqa: F401  first: nothing heavy may be imported by two sessions at once

import streamlit as st

import texts
from components import state
from components.assets import mount_library
from components.page_language import set_page_language
from components.theme import PAGE_CSS

LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}

language = state.language()
say = texts.for_page("frame", language)

st.set_page_config(page_title=say("app_title"), page_icon="∂", layout="wide")
st.html(PAGE_CSS)

page = st.navigation(
    [st.Page("pages/explore/explorer.py", title=say("page_explorer"), default=True)],
    position="top",
)

st.session_state["language_choice"] = language
with st.container(key="frame", horizontal=True, horizontal_alignment="right"):
    mount_library()
    set_page_language(language)
    st.segmented_control(
        say("language"),
        texts.LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        key="language_choice",
        label_visibility="collapsed",
        required=True,
        on_change=lambda: state.choose_language(st.session_state["language_choice"]),
    )

page.run()
