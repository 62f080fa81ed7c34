"""Lesson: backward fires one node after another, each when all that flows into it has come."""

from autograd_explorer.course import backward as course
from components.board import board
from components.lesson import ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_graph, show_program
from components.prose import callout, paragraph, show
from components.runs import run_of
from components.turns import fragment


@fragment
def lesson() -> None:
    say, problem = begin("backward", hidden=())
    run = run_of(course.program(problem))
    graph = run.graph
    if graph is None:
        with board("lesson"):
            show(callout("know", paragraph(say("off"))))
            show_program(run, words("program"), key="program")
    elif ask_first("backward", lambda: course.quiz(graph), run.source):
        with board("lesson"):
            show_graph(graph, words("graph"), key="steps", stepping=True)
            show(paragraph(say("notice")))
            show_program(run, words("program"), key="program")
    offer_playground(run.source)


show_lesson("backward", lesson, ("grad_fn", "upstream", "vjp", "accumulate_grad"))
