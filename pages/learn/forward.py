"""Lesson: the forward pass draws the graph, a node for each operation on what requires grad."""

from dataclasses import replace

import autograd_explorer as ax
from autograd_explorer.course import forward as course
from components.board import board, slide
from components.fragment import fragment
from components.lesson import (
    ask_about,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
    words,
)
from components.on_page import show_graph, show_timeline
from components.part import part
from components.prose import afterwards, paragraph, show, table
from components.question import is_open
from components.runs import run_of
from components.tables import build_written
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("forward", hidden=())
    run = run_of(course.program(problem))
    recorded = run_of(course.program(replace(problem, recording=True))).graph
    asked = ask_about("forward", lambda: course.quiz(run))
    hidden = is_open(asked)
    held = course.before_forward(problem, run) if hidden else None
    with board("lesson"):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show_figure(run, recorded, say, held)
            if not hidden:
                show_written(run, say)
        with aside:
            show_aside(asked, "forward", run, course.MATTERS)
    offer_playground(run.source)


@part()
def show_figure(run: ax.Run, recorded: ax.BackwardGraph | None, say: Say, held: int | None) -> None:
    """The graph as the run draws it; where it draws none, a shadow of the one it would."""
    show_timeline(run, run.graph, words("timeline"), "timeline", drawn_by="graph", held=held)
    if recorded is not None:
        shadow = "" if run.graph else say("none_yet" if held is not None else "none_at_all")
        show_graph(recorded, words("graph"), key="graph", compact=True, shadow=shadow)


@part()
def show_written(run: ax.Run, say: Say) -> None:
    show(
        afterwards(
            table(build_written(course.written(run), say), say("written")),
            paragraph(say("notice" if run.graph else "notice_off")),
            paragraph(say("hidden" if run.graph else "leaves_off")),
        )
    )


show_lesson("forward", lesson)
