"""Lesson: a derivative can be checked three ways, and finite differences have a best step size."""

from dataclasses import replace

import streamlit as st

import core
import texts
from components import state
from components.charts import Lines, show_lines
from components.dials import NO_SWITCH, ask_problem
from components.lesson import ask_choice, ask_first, show_end, show_start
from components.program_view import show_program


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("proofs", language)
    problem = replace(state.current_problem(), recording=True)
    run = core.run(core.proof_program(problem))

    show_start(say)
    ask_problem(problem, texts.for_page("dials", language), hidden=NO_SWITCH)
    if ask_first("proofs", core.step_size_quiz(run), run.source):
        power = int(ask_choice("power", say("power"), say))
        single, double = run.tensor("errors").values
        show_lines(
            Lines(
                say("chart"),
                [10.0**-p for p in core.POWERS],
                {"float32": single, "float64": double},
                say("step"),
                say("error"),
                log="xy",
                marked=10.0**-power,
            ),
            key="errors",
        )
        at = power - core.POWERS.start
        st.markdown(
            say("at_step", power=power, single=f"{single[at]:.1e}", double=f"{double[at]:.1e}")
        )
        st.caption(say("notice"))
        show_program(run, texts.for_page("program", language), key="program")
    show_end("proofs", say, run.source, ("finite", "truncation", "rounding", "gradcheck"))


lesson()
