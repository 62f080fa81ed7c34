"""Lesson: on its way back through many layers a gradient is multiplied again and again."""

import numpy as np
import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import deep as course
from autograd_explorer.course.numbers import raised, scientific
from autograd_explorer.records import Array
from components.board import board, slide
from components.dials import NO_SWITCH
from components.fragment import fragment
from components.lesson import (
    ask_about,
    ask_choice,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
)
from components.part import part
from components.program_view import summary
from components.prose import afterwards, note, paragraph, show
from components.question import is_open
from components.runs import run_of
from components.series import Panel, Series, show_numbers, show_series
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("deep", hidden=("n_in", "n_out", "x", "y", *NO_SWITCH))
    with st.container(horizontal=True, key="choices"):
        depth = int(ask_choice("depth", say("depth"), say))
        activation = ask_choice("activation", say("activation"), say)
        init = ask_choice("init", say("init"), say)
        skip = ask_choice("residual", say("residual"), say) == "on"
    run = run_of(course.program(problem, depth, activation, init, skip=skip))
    asked = ask_about("deep", lambda: course.quiz(run))
    hidden = is_open(asked)
    with board("lesson"):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show_norms(run, say, known=1 if hidden else None)
            if not hidden:
                say_layers(run, depth, activation, say)
        with aside:
            show_aside(asked, "deep", run, course.MATTERS)
        if not hidden:
            show_numbers(series_of(run, say))
    offer_playground(run.source)


@part()
def show_norms(run: ax.Run, say: Say, known: int | None) -> None:
    show_series(series_of(run, say), "norms", known=known)


def series_of(run: ax.Run, say: Say) -> Series:
    """What travels back, and what it leaves for the weights, layer by layer on one scale."""
    norms, weights = (run.tensor(name).values for name in ("norms", "weight_norms"))
    return Series(
        say("chart"),
        [
            Panel(say("travels"), {"‖∂L/∂h‖": norms}),
            Panel(say("reaches"), {"‖∂L/∂W‖": weights}, "w"),
        ],
        [str(layer) for layer in range(1, len(norms) + 1)],
        say("layer"),
        log=True,
        backwards=True,
    )


@part()
def say_layers(run: ax.Run, depth: int, activation: str, say: Say) -> None:
    """What the gradient was at every layer, and what this run says of it."""
    norms, weights = (run.tensor(name).values for name in ("norms", "weight_norms"))
    missing = int((~(np.isfinite(norms) & (norms > 0))).sum())
    units = {"count": summary(run.variables["total_dead"]), "all": depth * course.WIDTH}
    share = {"depth": depth, "power": raised(depth), "share": scientific(0.25**depth)}
    about = share if activation == "sigmoid" else {}
    show(
        afterwards(
            paragraph(say("norms", **ends(norms))),
            paragraph(say("weights", **ends(weights))),
            paragraph(say("missing", count=missing)) if missing else "",
            paragraph(say("dead", **units)) if activation == "relu" else "",
            note(say(f"about_{activation}", **about)),
        )
    )


def ends(norms: Array) -> dict[str, str]:
    return {"first": scientific(norms[0], 2), "last": scientific(norms[-1], 2)}


show_lesson("deep", lesson)
