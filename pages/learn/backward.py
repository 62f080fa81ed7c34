"""Lesson: backward fires one node after another, each when all that flows into it has come."""

import streamlit as st

import core
import texts
from components import state
from components.complaints import show_complaints
from components.dials import ask_problem
from components.graph_view import show_graph
from components.program_view import show_program


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("backward", language)
    problem = state.current_problem()
    run = core.run(problem.source)

    st.title(say("title"), anchor=False)
    st.markdown(say("intro"))
    show_complaints(state.complaints(), texts.for_page("frame", language))
    if run.graph:
        show_graph(run.graph, texts.for_page("graph", language), key="steps", stepping=True)
        st.markdown(say("notice"))
    else:
        st.info(say("off"))
    ask_problem(problem, texts.for_page("dials", language))
    show_program(run, texts.for_page("program", language), key="program")


lesson()
