"""Lesson: training is four moves, over and over: forward, backward, step, zero."""

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import training as course
from components import address
from components.board import board, slide
from components.charts import Lines, Surface, show_lines, show_surface
from components.failure import show_failure
from components.fragment import fragment
from components.frames import show_frames
from components.lesson import ask_choice, ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_program
from components.part import part
from components.prose import callout, note, paragraph, show
from components.runs import is_kept, run_apart, run_of
from texts import Say

LONG = 60


@fragment
def lesson() -> None:
    say, problem = begin("training")
    with st.container(horizontal=True):
        optimizer = ask_choice("optimizer", say("optimizer"), say)
        rate = ask_choice("rate", say("rate"), say)
        steps = int(ask_choice("steps", say("steps"), say))
    run = trained(course.program(problem, optimizer, rate, steps), steps, say)
    if run.error is not None and run.error.kind == "ended":
        show_failure(run.error, words("errors"))
        return
    if ask_first("training", lambda: course.quiz(run), run.source):
        lost = course.diverged_at(run)
        if lost is not None:
            show(callout("wrong", paragraph(say("diverged", step=lost))))
        left, right = st.columns(2, gap="medium")
        with left, slide("losses"):
            show_losses(run, say)
        with right, slide("valley"):
            if lost is None:
                show_valley(run, say)
            else:
                show(callout("know", paragraph(say("no_surface"))))
        with board("lesson"):
            with slide("steps"):
                show_steps(run, say)
            show_program(run, words("program"), key="program")
            show(paragraph(say("phases")))
    offer_playground(run.source)


def trained(source: str, steps: int, say: Say) -> ax.Run:
    """Run the training; a long one shows how far it is, and can be stopped."""
    if steps <= LONG:
        return run_of(source)
    place = st.empty()  # in both cases, or all that follows would move
    if is_kept(source):
        return run_of(source)
    with place.container():
        st.button(say("stop"), on_click=address.choose, args=("steps", str(LONG)))
        bar = st.progress(0.0, say("running"))

        run = run_apart(source, lambda turns: bar.progress(min(turns / steps, 1.0)))
    place.empty()
    return run


@part()
def show_losses(run: ax.Run, say: Say) -> None:
    losses = run.tensor("losses").values
    steps = range(len(losses))
    show_lines(
        Lines(say("loss"), steps, {"loss": losses}, say("step"), "loss", log="y"), key="loss"
    )
    show(note(say("loss_read", first=f"{losses[0]:.4g}", last=f"{losses[-1]:.4g}")))


@part()
def show_valley(run: ax.Run, say: Say) -> None:
    """The loss over two of the parameters, as a map or to turn."""
    path = run.tensor("ws").values[:, 0, 0], run.tensor("biases").values
    surface, rows, columns = (run.tensor(name).values for name in ("surface", "across", "along"))
    show_surface(
        Surface(
            say("surface"), surface, rows, columns, path, "w[0, 0]", "b[0]", "loss", say("step")
        ),
        key="surface",
        solid=address.choice("view") == "solid",
    )
    ask_choice("view", say("view"), say)
    show(note(say("surface_note")))


@part()
def show_steps(run: ax.Run, say: Say) -> None:
    ws, grads = (run.tensor(name).values for name in ("ws", "grads"))
    show_frames({"w": ws, "w.grad": grads}, say, key="animation")
    first, last = (abs(grads[i]).max() for i in (0, -1))
    if last < first:
        show(note(say("animation_note")))
    else:
        show(note(say("animation_other" if last <= 10 * first else "animation_rising")))


show_lesson("training", lesson, ("learning_rate", "momentum", "accumulate", "epoch"))
