"""Lesson: a graph lives from the forward pass to the backward pass; .grad lives until cleared."""

from dataclasses import replace

import streamlit as st

import core
import texts
from components import state
from components.charts import show_bars
from components.dials import NO_SWITCH, ask_problem
from components.failure import show_failure
from components.lesson import ask_choice, ask_first, show_end, show_start
from components.program_view import show_program, without_addresses
from texts import Say


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("life", language)
    problem = replace(state.current_problem(), recording=True)

    show_start(say)
    ask_problem(problem, texts.for_page("dials", language), hidden=NO_SWITCH)
    with st.container(horizontal=True):
        calls = int(ask_choice("calls", say("calls"), say))
        clear = ask_choice("clear", say("clear"), say)
    run = core.run(core.lifetime_program(problem, calls, clear))
    if ask_first("life", core.lifetime_quiz(run, calls), run.source):
        left, right = st.columns(2, gap="medium")
        with left:
            show_program(run, texts.for_page("program", language), key="program")
        with right:
            show_bars(core.totals(run), say("bars"), say("bars_axis"), key="bars")
            st.caption(say("notice_never" if clear == "never" else "notice_cleared"))
        show_second(problem, say, language)
        show_deleted(problem, say, language)
    show_end("life", say, run.source, ("saved", "accumulate", "retain_graph", "leaf"))


def show_second(problem: core.Problem, say: Say, language: str) -> None:
    """Twice through one graph, with what it saved and what it freed."""
    st.header(say("second_title"), anchor=False)
    st.markdown(say("second_intro"))
    retain = ask_choice("retain", say("retain"), say) == "on"
    run = core.run(core.second_backward_program(problem, retain=retain))
    show_program(run, texts.for_page("program", language), key="second")
    st.code(without_addresses(run.printed), language=None, wrap_lines=True)
    if run.error:
        show_failure(run.error, texts.for_page("errors", language))
    st.markdown(say("notice_retained" if retain else "notice_freed"))


def show_deleted(problem: core.Problem, say: Say, language: str) -> None:
    """What del takes away, and what it does not."""
    st.header(say("del_title"), anchor=False)
    run = core.run(core.deleted_program(problem))
    show_program(run, texts.for_page("program", language), key="deleted")
    st.code(without_addresses(run.printed), language=None, wrap_lines=True)
    st.markdown(say("notice_del"))


lesson()
