"""Lesson: backward runs one node after another, each when all that flows into it has come."""

import inspect
from functools import partial
from pathlib import Path

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import backward as course
from components.board import board, folded, slide
from components.chain_rule import build_chain_rule
from components.fragment import fragment
from components.lesson import (
    HERO_OF_A_GRAPH,
    ask_about,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
    words,
)
from components.on_page import drawn_when_opened, show_graph, show_program, show_timeline
from components.part import part
from components.prose import afterwards, callout, paragraph, show
from components.question import answers, is_open
from components.runs import run_of
from components.steps import show_steps
from texts import Say


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
    hidden = is_open(asked)
    held = course.first_arrival(run) if hidden else None
    with board("lesson"):
        figure, aside = hero(HERO_OF_A_GRAPH)
        with figure:
            say_graph = words("graph")
            with slide("figure"):
                show_timeline(
                    run, graph, words("timeline"), "timeline", drawn_by="graph", held=held
                )
                show_graph(graph, say_graph, key="graph", compact=True, answers=answers(asked))
            if not hidden:
                show_chain_rule(run, say)
        with aside:
            show_aside(asked, "backward", run, course.MATTERS)
        if not hidden:
            with slide("steps"):
                draw = partial(show_steps, graph, say_graph, key="steps")
                drawn_when_opened(say("steps_title"), draw)
            with slide("order"), folded(say("order_title")):
                show(*(paragraph(say(f"order_{why}")) for why in ("loss", "one", "ready")))
    offer_playground(run.source)


@part()
def show_chain_rule(run: ax.Run, say: Say) -> None:
    show(afterwards(paragraph(say("notice")), build_chain_rule(course.meeting(run), say)))


def how_it_knows() -> None:
    """The fifty lines of the engine that show how a backward pass is watched, as they stand."""
    say = words("backward")
    with st.expander(say("knows_title")):
        show(paragraph(say("knows")), paragraph(say("knows_more")))
        file = Path(inspect.getfile(ax.watch_backward))
        st.code(file.read_text(encoding="utf-8"), language="python", wrap_lines=True)


show_lesson("backward", lesson, below=how_it_knows)
