"""Lesson: backward() fills .grad of leaves that require grad, and of nothing else unless asked."""

from dataclasses import replace

import streamlit as st

import core
import texts
from components import state
from components.dials import NO_SWITCH, ask_problem
from components.graph_view import show_graph
from components.lesson import ask_first, show_end, show_start
from components.program_view import show_program
from components.tables import show_leaves


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("leaf", language)
    problem = replace(state.current_problem(), recording=True)
    run = core.run(core.leaf_program(problem))

    show_start(say)
    ask_problem(problem, texts.for_page("dials", language), hidden=NO_SWITCH)
    if ask_first("leaf", core.leaf_quiz(run), run.source):
        show_program(run, texts.for_page("program", language), key="program")
        show_leaves(run, say)
        st.markdown(say("notice"))
        if run.graph:
            show_graph(run.graph, texts.for_page("graph", language), key="graph")
    terms = ("leaf", "non_leaf", "accumulate_grad", "retain_grad", "detach")
    show_end("leaf", say, run.source, terms)


lesson()
