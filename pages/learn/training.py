"""Lesson: training is four moves, over and over: forward, backward, step, zero."""

from dataclasses import replace

import numpy as np
import streamlit as st

import core
import texts
from components import state
from components.charts import Lines, Surface, show_animation, show_lines, show_surface
from components.dials import NO_SWITCH, ask_problem
from components.lesson import ask_choice, ask_first, show_end, show_start
from components.program_view import show_program
from texts import Say


@st.fragment
def lesson() -> None:
    language = state.language()
    say = texts.for_page("training", language)
    problem = replace(state.current_problem(), recording=True)

    show_start(say)
    ask_problem(problem, texts.for_page("dials", language), hidden=NO_SWITCH)
    with st.container(horizontal=True):
        optimizer = ask_choice("optimizer", say("optimizer"), say)
        rate = ask_choice("rate", say("rate"), say)
        steps = int(ask_choice("steps", say("steps"), say))
    run = core.run(core.training_program(problem, optimizer, rate, steps))
    if ask_first("training", core.training_quiz(run), run.source):
        show_curves(run, say)
        show_program(run, texts.for_page("program", language), key="program")
        st.markdown(say("phases"))
    terms = ("learning_rate", "momentum", "accumulate", "epoch")
    show_end("training", say, run.source, terms)


def show_curves(run: core.Run, say: Say) -> None:
    losses, biases, ws, grads = (
        run.tensor(name).values for name in ("losses", "biases", "ws", "grads")
    )
    if not np.isfinite(losses).all():
        st.error(say("diverged", step=int(np.argmin(np.isfinite(losses)))))
    left, right = st.columns(2, gap="medium")
    steps = list(range(len(losses)))
    with left:
        show_lines(
            Lines(say("loss"), steps, {"loss": losses}, say("step"), "loss", log="y"), key="loss"
        )
    surface = run.tensor("surface").values
    with right:
        if np.isfinite(surface).all():
            show_surface(
                Surface(
                    say("surface"),
                    surface,
                    run.tensor("across").values,
                    run.tensor("along").values,
                    (ws[:, 0, 0], biases),
                    "w[0, 0]",
                    "b[0]",
                ),
                key="surface",
            )
            st.caption(say("surface_note"))
        else:
            st.info(say("no_surface"))
    show_animation({"w": ws, "w.grad": grads}, say("play"), key="animation")
    st.caption(say("animation_note"))


lesson()
