"""Lesson: backward multiplies a vector with the Jacobian; it never builds the Jacobian."""

import autograd_explorer as ax
from autograd_explorer.course import vectors as course
from components.board import board, slide
from components.fragment import fragment
from components.heatmaps import Group, Matrix
from components.lesson import (
    ask_choice,
    ask_first,
    ask_numbers,
    begin,
    offer_playground,
    show_lesson,
    words,
)
from components.on_page import show_graph, show_heatmaps, show_program
from components.part import part
from components.prose import heading, note, paragraph, show
from components.runs import run_of
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("vectors")
    vector = ask_choice("vector", say("vector"), say)
    own = ask_numbers("v", problem.n_out) if vector == "own" else (1.0,)
    run = run_of(course.program(problem, vector, own))
    if ask_first("vectors", lambda: course.quiz(run), run.source):
        with board("lesson"):
            with part(), slide("jacobian"):
                show_heatmaps(groups(run, say), say, key="jacobian")
            show(
                paragraph(
                    say(
                        "notice",
                        rows=course.passes(run, "row"),
                        columns=course.passes(run, "column"),
                    )
                ),
                agreement(run, say),
                note(say(f"cheaper_{cheaper(problem)}")),
            )
            show_program(run, words("program"), key="program")
            show(heading(say("second_title")), paragraph(say("second_intro")))
            if run.graph:
                show_graph(run.graph, words("graph"), key="graph")
    offer_playground(run.source)


def groups(run: ax.Run, say: Say) -> tuple[Group, ...]:
    """The Jacobian, a row an output, and below it what one backward with v gives."""
    jacobian, pulled, v = (run.tensor(name) for name in ("jacobian", "pulled", "v"))
    return (
        Group(
            say("jacobian"),
            (
                Matrix("jacobian", "z", jacobian.values, jacobian.shape),
                Matrix("vᵀJ", "x", pulled.values, pulled.shape),
            ),
        ),
        Group("v", (Matrix("v", "z", v.values, v.shape),)),
    )


def agreement(run: ax.Run, say: Say) -> str:
    """What the program printed of its two comparisons."""
    answers = run.printed.split("\n")[:2]
    if set(answers) <= {"True", "False"} and len(answers) == 2:
        return paragraph(say("agree", first=f"`{answers[0]}`", second=f"`{answers[1]}`"))
    return ""


def cheaper(problem: ax.Problem) -> str:
    if problem.n_in == problem.n_out:
        return "even"
    return "reverse" if problem.n_out < problem.n_in else "forward"


show_lesson("vectors", lesson, ("vjp", "jacobian", "jvp", "upstream", "create_graph"))
