"""Lesson: backward() fills .grad of leaves that require grad, and of nothing else unless asked."""

import autograd_explorer as ax
from autograd_explorer.course import leaf as course
from components.board import board
from components.fragment import fragment
from components.lesson import ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_graph, show_program
from components.part import part
from components.prose import paragraph, printed, show, table
from components.runs import run_of
from components.tables import build_leaves


@fragment
def lesson() -> None:
    say, problem = begin("leaf")
    run = run_of(course.program(problem))
    if ask_first("leaf", lambda: course.quiz(run), run.source):
        with board("lesson"):
            show_program(run, words("program"), key="program")
            with part():
                show(table(build_leaves(run, say), say("title")), paragraph(say("notice")))
                show(printed(ax.leaf_warning()), paragraph(say("cure")))
            if run.graph:
                show_graph(run.graph, words("graph"), key="graph")
    offer_playground(run.source)


show_lesson("leaf", lesson, ("leaf", "non_leaf", "accumulate_grad", "retain_grad", "detach"))
