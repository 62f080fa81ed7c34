"""Lesson: a graph lives from the forward pass to the backward pass; .grad lives until cleared."""

from dataclasses import replace

import streamlit as st

import core
import texts
from components import state
from components.bars import show_bars
from components.dials import ask_problem
from components.failure import show_failure
from components.lesson import ask_choice, show_end, show_start
from components.program_view import show_program, without_addresses


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("life", language)
    say_program = texts.for_page("program", language)
    problem = replace(state.current_problem(), recording=True)

    show_start(say)
    ask_problem(problem, texts.for_page("dials", language), recording=False)
    with st.container(horizontal=True):
        calls = int(ask_choice("calls", say("calls"), say))
        clear = ask_choice("clear", say("clear"), say)
    run = core.run(core.lifetime_program(problem, calls, clear))
    left, right = st.columns(2, gap="medium")
    with left:
        show_program(run, say_program, key="program")
    with right:
        show_bars(core.totals(run), say("bars"), say("bars_axis"), key="bars")
        st.caption(say("notice_never" if clear == "never" else "notice_cleared"))

    st.header(say("second_title"), anchor=False)
    st.markdown(say("second_intro"))
    retain = ask_choice("retain", say("retain"), say) == "on"
    second = core.run(core.second_backward_program(problem, retain=retain))
    show_program(second, say_program, key="second")
    st.code(without_addresses(second.printed), language=None)
    if second.error:
        show_failure(second.error, texts.for_page("errors", language))
    st.markdown(say("notice_retained" if retain else "notice_freed"))
    terms = ("saved", "accumulate", "retain_graph", "leaf")
    show_end("life", say, run.source, terms, core.lifetime_quiz(run, calls))


lesson()
