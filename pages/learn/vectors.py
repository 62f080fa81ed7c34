"""Lesson: backward multiplies a vector with the Jacobian; it never builds the Jacobian."""

from functools import partial

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import vectors as course
from components.board import board, slide
from components.fragment import fragment
from components.heatmaps import Matrix
from components.lesson import (
    ask_about,
    ask_choice,
    ask_numbers,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
    words,
)
from components.on_page import drawn_when_opened, show_graph
from components.part import part
from components.product import show_product
from components.prose import afterwards, heading, note, paragraph, show
from components.question import is_open
from components.runs import run_of
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("vectors")
    with st.container(horizontal=True, key="choices"):
        vector = ask_choice("vector", say("vector"), say)
    own = ask_numbers("v", problem.n_out) if vector == "own" else (1.0,)
    run = run_of(course.program(problem, vector, own))
    asked = ask_about("vectors", lambda: course.quiz(run))
    hidden = is_open(asked)
    with board("lesson"):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show(heading(say("product")))
                show_jacobian(run, say, hidden=hidden)
            if not hidden:
                say_passes(run, problem, say)
        with aside:
            show_aside(asked, "vectors", run, course.MATTERS)
        if not hidden:
            drawn_when_opened(say("second_title"), partial(show_second, run, say))
    offer_playground(run.source)


@part()
def show_second(run: ax.Run, say: Say) -> None:
    show(paragraph(say("second_intro")))
    if run.graph:
        with slide("graph"):
            show_graph(run.graph, words("graph"), key="graph")


@part()
def show_jacobian(run: ax.Run, say: Say, *, hidden: bool) -> None:
    """v beside the rows of the Jacobian, and vᵀJ below its columns."""
    jacobian, pulled, v = (run.tensor(name) for name in ("jacobian", "pulled", "v"))
    rows = range(1, jacobian.shape[0] + 1)
    show_product(
        Matrix("v", "z", v.values, v.shape, upright=True),
        Matrix("J", "z", None if hidden else jacobian.values, jacobian.shape),
        Matrix("vᵀJ", "x", pulled.values, pulled.shape),
        [say("pass", row=row) for row in rows],
        say,
        "jacobian",
    )


@part()
def say_passes(run: ax.Run, problem: ax.Problem, say: Say) -> None:
    """How many passes both modes took, which is cheaper here, and whether their results agree."""
    counts = {"rows": course.passes(run, "row"), "columns": course.passes(run, "column")}
    show(
        afterwards(
            paragraph(say("notice", **counts)),
            paragraph(say(f"cheaper_{cheaper(problem)}")),
            agreement(run, say),
        )
    )


def agreement(run: ax.Run, say: Say) -> str:
    """What the program printed of its two comparisons."""
    answers = run.printed.split("\n")[:2]
    if set(answers) <= {"True", "False"} and len(answers) == 2:
        return note(say("agree", first=f"`{answers[0]}`", second=f"`{answers[1]}`"))
    return ""


def cheaper(problem: ax.Problem) -> str:
    if problem.n_in == problem.n_out:
        return "even"
    return "reverse" if problem.n_out < problem.n_in else "forward"


show_lesson("vectors", lesson)
