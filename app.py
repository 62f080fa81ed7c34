"""The frame around every page: page config, language, navigation."""

import boot  # noqa: F401  first: nothing heavy may be imported by two sessions at once

import streamlit as st

import texts
from components import address
from components.header import show_header
from components.loader import mount_loader
from components.page_language import set_page_language
from components.present import ask_voter, show_hands, show_notes, show_presenter
from components.theme import ICON, PAGE_CSS, PRESENT_CSS

FILES = {
    "explorer": "pages/explore/explorer.py",
    "lessons": "pages/learn/index.py",
    "playground": "pages/play/playground.py",
} | {lesson: f"pages/learn/{lesson}.py" for lesson in address.LESSONS}

language = address.language()
say = texts.for_page("frame", language)

st.set_page_config(page_title=say("app_title"), page_icon=ICON, layout="wide")
st.html(PAGE_CSS)

# One page at a time, at the address's root. As a path of its own, a page that is opened first
# on a cold server would be greeted by Streamlit's "page not found".
page = st.navigation([st.Page(FILES[address.page()], default=True)], position="hidden")

set_page_language(language)
# It draws nothing; in a container out of the page's flow it takes no room either.
with st.container(key="unseen"):
    mount_loader(language)
    if address.room() is not None and address.room_key() is None:
        ask_voter()
if address.presenting():
    st.html(PRESENT_CSS)
    with st.container(key="projector"):
        show_presenter(texts.for_page("present", language))
        if address.room_key() is not None:
            show_hands()
elif not address.shows_notes():
    with st.container(key="frame"):
        show_header(say, texts.for_page("present", language))

if address.shows_notes():
    show_notes(texts.for_page("present", language))
else:
    page.run()
