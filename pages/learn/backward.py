"""Lesson: backward fires one node after another, each when all that flows into it has come."""

import inspect
from pathlib import Path

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import backward as course
from components.board import board, slide
from components.fragment import fragment
from components.lesson import (
    ask_about,
    begin,
    hero,
    offer_playground,
    show_asked,
    show_lesson,
    words,
)
from components.on_page import show_graph, show_program, show_timeline
from components.prose import callout, paragraph, show
from components.question import is_open
from components.runs import run_of
from components.steps import show_steps


@fragment
def lesson() -> None:
    say, problem = begin("backward", hidden=())
    run = run_of(course.program(problem))
    graph = run.graph
    if graph is None:
        with board("lesson"):
            show(callout("know", paragraph(say("off"))))
            show_program(run, words("program"), key="program")
        offer_playground(run.source)
        return
    asked = ask_about("backward", lambda: course.quiz(graph))
    with board("lesson"):
        figure, aside = hero()
        with figure:
            held = course.first_arrival(run) if is_open(asked) else None
            show_timeline(run, graph, words("timeline"), "timeline", drawn_by="graph", held=held)
            show_graph(graph, words("graph"), key="graph", compact=True)
        with aside:
            show_asked(asked, "backward")
            show_program(run, words("program"), key="program", matters=course.MATTERS)
        if not is_open(asked):
            with slide("steps"):
                show_steps(graph, words("graph"), key="steps")
                show(paragraph(say("notice")))
    offer_playground(run.source)


def how_it_knows() -> None:
    """The fifty lines of the engine that show how a backward pass is watched, as they stand."""
    say = words("backward")
    with st.expander(say("knows_title")):
        show(paragraph(say("knows")), paragraph(say("knows_more")))
        file = Path(inspect.getfile(ax.watch_backward))
        st.code(file.read_text(encoding="utf-8"), language="python", wrap_lines=True)


show_lesson(
    "backward", lesson, ("grad_fn", "upstream", "vjp", "accumulate_grad"), below=how_it_knows
)
