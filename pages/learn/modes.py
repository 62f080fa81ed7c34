"""Lesson: what is recorded is decided while the forward pass runs, and there are many ways to."""

from functools import partial

import numpy as np
import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import modes as course
from components import address
from components.board import board, columns, slide
from components.failure import show_failure
from components.fragment import fragment
from components.lesson import (
    ask_about,
    ask_choice,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
    words,
)
from components.on_page import drawn_when_opened, show_graph
from components.part import part
from components.prose import afterwards, heading, paragraph, show, table
from components.question import is_open
from components.reasons import show_reason
from components.runs import run_of
from components.series import Panel, Series, show_series
from components.slices import Slices
from components.tables import build_modes
from texts import Say

USUAL = "normal"  # the way that the others are compared with: nothing is asked of it


@fragment
def lesson() -> None:
    say, problem = begin("modes")
    mode = address.choice("mode")
    usual, run = (run_of(course.program(problem, name), clues=True) for name in (USUAL, mode))
    with st.container(horizontal=True, key="choices"):
        ask_choice("mode", say("choose"), say)
    asked = ask_about("modes", lambda: None if mode == USUAL else course.quiz(run))
    hidden = is_open(asked)
    with board("lesson"):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show_recorded(usual, usual if hidden else run, say, hidden=hidden)
            if not hidden:
                loss = f"{float(run.tensor('loss').values):.4f}"
                show(
                    afterwards(
                        paragraph(say("computed", loss=loss)), paragraph(say(f"about_{mode}"))
                    )
                )
        with aside:
            show_aside(asked, "modes", run, course.MATTERS)
        if not hidden:
            if run.error:
                show_failure(run.error, words("errors"), explained=False)
                show_reason(run)
            if mode != USUAL or "modes" in address.done():
                drawn_when_opened(say("all_title"), partial(show_all, problem, mode, say))
    if not hidden and not address.presenting():
        offer_measurement(say)
    offer_playground(run.source)


@part()
def show_recorded(usual: ax.Run, run: ax.Run, say: Say, *, hidden: bool) -> None:
    """What is recorded as usual; once it is told, what is recorded in the chosen mode, or that
    nothing is."""
    graph = run.graph or usual.graph
    show(heading(say("recorded_usual" if hidden else "recorded")))
    if graph is not None:
        shadow = "" if run.graph else say("recorded_nothing")
        show_graph(graph, words("graph"), key="graph", compact=True, shadow=shadow)


@part()
def show_all(problem: ax.Problem, mode: str, say: Say) -> None:
    """What a run in each of the modes leaves."""
    runs = {name: run_of(course.program(problem, name)) for name in course.MODES}
    show(table(build_modes(runs, mode, say), say("col_mode")))


@part()
def offer_measurement(say: Say) -> None:
    """Time and memory of a forward pass, with and without recording, at a size of one's choice."""
    with st.expander(say("cost_title")):
        width = st.select_slider(say("cost_width"), ax.WIDTHS, key="cost_width", width=320)
        if not st.button(say("measure")):
            return
        bar = st.progress(0.0, say("measuring"))
        cost = ax.measure_forward(
            width, lambda share: bar.progress(share, say("measuring")), Slices().pause
        )
        bar.empty()
        spread = {"rounds": cost.rounds, "low": cost.low, "high": cost.high}
        facts = {"width": width, "ratio": cost.ratio, "recorded": cost.saved_bytes}
        with board("cost"):
            left, right = columns(1, 1)
            with left:
                show_series(cost_of(cost, say), "cost")
            with right:
                show(paragraph(say("measured", **facts, **spread)))


def cost_of(cost: ax.ForwardCost, say: Say) -> Series:
    """The time with recording as a multiple of the time without."""
    times = {say("cost_bar"): np.array([1.0, cost.ratio])}
    steps = [say("cost_without"), say("cost_with")]
    return Series(say("cost_title"), [Panel(say("cost_bar"), times)], steps, say("cost_axis"))


show_lesson("modes", lesson)
