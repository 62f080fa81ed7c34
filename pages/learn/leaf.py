"""Lesson: backward() fills .grad of leaves that require grad, and of nothing else unless asked."""

import autograd_explorer as ax
from autograd_explorer.course import leaf as course
from components.board import board, slide
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
from components.on_page import show_graph, show_timeline
from components.part import part
from components.prose import paragraph, printed, show, table
from components.question import answers, is_open
from components.reasons import reason
from components.runs import run_of
from components.tables import build_leaves
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("leaf")
    run = run_of(course.program(problem), clues=True)
    asked = ask_about("leaf", lambda: course.quiz(run))
    hidden = is_open(asked)
    held = course.before_backward(run) if hidden else None
    with board("lesson"):
        figure, aside = hero(HERO_OF_A_GRAPH)
        with figure, slide("figure"):
            show_timeline(
                run, run.graph, words("timeline"), "timeline", drawn_by="graph", held=held
            )
            if run.graph:
                say_graph = words("graph")
                show_graph(run.graph, say_graph, "graph", compact=True, answers=answers(asked))
        with aside:
            show_aside(asked, "leaf", run, course.MATTERS)
        show_tensors(run, say, told=not hidden)
        if not hidden:
            show_cure(say)
    offer_playground(run.source)


@part()
def show_tensors(run: ax.Run, say: Say, *, told: bool) -> None:
    reasons = {name: reason(run, name) for name in course.ASKED_FOR} if told else {}
    show(table(build_leaves(run, say, reasons, told=told), say("title"), sentences=told))


@part()
def show_cure(say: Say) -> None:
    show(
        paragraph(say("notice")),
        printed(ax.leaf_warning()),
        paragraph(say("cure")),
    )


show_lesson("leaf", lesson)
