"""Lesson: on its way back through many layers a gradient is multiplied again and again."""

import numpy as np
import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import deep as course
from autograd_explorer.records import Array
from components.board import board, slide
from components.charts import show_norms
from components.dials import NO_SWITCH
from components.fragment import fragment
from components.lesson import ask_choice, ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_program
from components.part import part
from components.program_view import summary
from components.prose import note, paragraph, show
from components.runs import run_of
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("deep", hidden=("n_in", "n_out", "x", "y", *NO_SWITCH))
    with st.container(horizontal=True):
        depth = int(ask_choice("depth", say("depth"), say))
        activation = ask_choice("activation", say("activation"), say)
        init = ask_choice("init", say("init"), say)
        skip = ask_choice("residual", say("residual"), say) == "on"
    run = run_of(course.program(problem, depth, activation, init, skip=skip))
    if ask_first("deep", lambda: course.quiz(run), run.source):
        with slide("norms"), part():
            norms = run.tensor("norms").values
            show_norms(norms, say("chart"), say("norm"), say("layer"), key="norms")
        with board("lesson"):
            say_layers(run, depth, activation, say)
            show_program(run, words("program"), key="program")
    offer_playground(run.source)


@part()
def say_layers(run: ax.Run, depth: int, activation: str, say: Say) -> None:
    """What the gradient was at every layer, and what this run says of it."""
    norms, weights = (run.tensor(name).values for name in ("norms", "weight_norms"))
    missing = int((~(np.isfinite(norms) & (norms > 0))).sum())
    units = {"count": summary(run.variables["total_dead"]), "all": depth * course.WIDTH}
    about = {"depth": depth, "share": f"{0.25**depth:.1e}"} if activation == "sigmoid" else {}
    show(
        paragraph(say("norms", **ends(norms))),
        paragraph(say("weights", **ends(weights))),
        paragraph(say("missing", count=missing)) if missing else "",
        paragraph(say("dead", **units)) if activation == "relu" else "",
        note(say(f"about_{activation}", **about)),
    )


def ends(norms: Array) -> dict[str, str]:
    return {"first": f"{norms[0]:.2e}", "last": f"{norms[-1]:.2e}"}


show_lesson("deep", lesson, ("vanishing", "exploding", "initialisation", "residual"))
