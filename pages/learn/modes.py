"""Lesson: what is recorded is decided while the forward pass runs, and there are many ways to."""

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import modes as course
from components import address
from components.board import board, slide
from components.failure import show_failure
from components.fragment import fragment
from components.lesson import ask_choice, ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_graph, show_program
from components.part import part
from components.prose import heading, paragraph, show, table
from components.runs import run_of
from components.slices import Slices
from components.tables import build_modes
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("modes")
    mode = address.choice("mode")
    runs = {name: run_of(course.program(problem, name)) for name in course.MODES}
    run = runs[mode]
    ask_choice("mode", say("choose"), say)
    if ask_first("modes", lambda: course.quiz(run), run.source):
        with board("lesson"):
            with part():
                show(table(build_modes(runs, mode, say), say("col_mode")))
            with slide("program"):
                show_program(run, words("program"), key="program")
                if run.error:
                    show_failure(run.error, words("errors"))
            if run.graph:
                show_graph(run.graph, words("graph"), key="graph")
            show(paragraph(say(f"about_{mode}")))
        with slide("cost"):
            show(heading(say("cost_title")))
            offer_measurement(say)
    offer_playground(run.source)


@part()
def offer_measurement(say: Say) -> None:
    """Time and memory of a forward pass, with and without recording, at a size of one's choice."""
    width = st.select_slider(say("cost_width"), ax.WIDTHS, key="cost_width")
    if not st.button(say("measure")):
        return
    bar = st.progress(0.0, say("measuring"))
    cost = ax.measure_forward(
        width, lambda share: bar.progress(share, say("measuring")), Slices().pause
    )
    bar.empty()
    spread = {"rounds": cost.rounds, "low": cost.low, "high": cost.high}
    show(
        paragraph(
            say("measured", width=width, ratio=cost.ratio, recorded=cost.saved_bytes, **spread)
        )
    )


show_lesson("modes", lesson, ("leaf", "grad_fn", "record", "no_grad", "inference_mode", "detach"))
