"""The way through the lessons, and how far the reader has come."""

import streamlit as st

import texts
from components import address
from components.prose import show, title

say = texts.for_page("lessons", address.language())

show(title(say("title"), say("intro")))
for number, lesson in enumerate(address.NUMBERED, start=1):
    of_lesson = texts.for_page(lesson, address.language())
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        mark = f" ✓ {say('done')}" if lesson in address.done() else ""
        name, claim = of_lesson("title"), of_lesson("claim")
        st.markdown(f"**{number}. {name}**{mark}  \n{claim}")
        st.button(say("open"), key=lesson, on_click=address.choose_page, args=(lesson,))
st.caption(say("done_note"))
