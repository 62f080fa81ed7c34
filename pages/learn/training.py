"""Lesson: training is four moves, over and over: forward, backward, step, zero."""

import numpy as np
import streamlit as st

import core
from components.charts import Lines, Surface, show_animation, show_lines, show_surface
from components.lesson import ask_choice, ask_first, begin, show_end, words
from components.program_view import show_program
from texts import Say


@st.fragment
def lesson() -> None:
    say, problem = begin("training")
    with st.container(horizontal=True):
        optimizer = ask_choice("optimizer", say("optimizer"), say)
        rate = ask_choice("rate", say("rate"), say)
        steps = int(ask_choice("steps", say("steps"), say))
    run = core.run(core.training_program(problem, optimizer, rate, steps))
    if ask_first("training", core.training_quiz(run), run.source):
        show_curves(run, say)
        show_program(run, words("program"), key="program")
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
