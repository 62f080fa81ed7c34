"""Lesson: backward fires one node after another, each when all that flows into it has come."""

import streamlit as st

import core
import texts
from components import state
from components.dials import ask_problem
from components.graph_view import show_graph
from components.lesson import ask_first, show_end, show_start
from components.program_view import show_program


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("backward", language)
    problem = state.current_problem()
    run = core.run(problem.source)

    show_start(say)
    ask_problem(problem, texts.for_page("dials", language))
    if run.graph is None:
        st.info(say("off"))
    elif ask_first("backward", core.steps_quiz(run.graph), run.source):
        show_graph(run.graph, texts.for_page("graph", language), key="steps", stepping=True)
        st.markdown(say("notice"))
        show_program(run, texts.for_page("program", language), key="program")
    show_end("backward", say, run.source, ("grad_fn", "upstream", "vjp", "accumulate_grad"))


lesson()
