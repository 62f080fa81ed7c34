"""Lesson: the same few mistakes come back; each has its words, its reason and its cure."""

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import museum as course
from components import address
from components.board import board, columns, slide
from components.complaints import show_complaints
from components.failure import show_failure
from components.fragment import fragment
from components.lesson import ask_first, offer_playground, show_lesson, words
from components.on_page import show_graph, show_program
from components.part import part
from components.printout import printout
from components.prose import callout, heading, paragraph, printed, show
from components.runs import run_of
from texts import Say


@fragment
def lesson() -> None:
    say = words("museum")
    exhibit = next(e for e in course.EXHIBITS if e.name == address.choice("exhibit"))
    fixed = address.choice("fixed") == "on"
    run = run_of(exhibit.fixed if fixed else exhibit.source)

    show_complaints(address.complaints(), words("frame"))
    ask_exhibit(say)
    show(heading(say(f"exhibit_{exhibit.name}")))
    if fixed or ask_first("museum", lambda: course.quiz(run), run.source, ("museum", exhibit.name)):
        show_exhibit(exhibit, run, fixed, say)
    offer_playground(run.source)


@part()
def show_exhibit(exhibit: course.Exhibit, run: ax.Run, fixed: bool, say: Say) -> None:
    """The program with its words and its reason, the node in its graph, and the fix."""
    old, new = (text.strip("\n").split("\n") for text in exhibit.edit)
    with board("exhibit"):
        left, right = columns(1, 1)
        with left, slide("program"):
            show_program(run, words("program"), key="program")
        with right, slide("outcome"):
            show_outcome(run, fixed, say)
            show(paragraph(say(f"why_{exhibit.name}")))
        show(
            paragraph(say("edit")),
            printed("\n".join([*(f"- {line}" for line in old), *(f"+ {line}" for line in new)])),
        )
    # One click mends the program, another brings the mistake back.
    st.button(
        say("unfix" if fixed else "fix"),
        key="fix",
        on_click=address.choose,
        args=("fixed", "off" if fixed else "on"),
    )
    if run.graph:
        with slide("graph"):
            show_graph(run.graph, words("graph"), key="graph")


@part()
def show_outcome(run: ax.Run, fixed: bool, say: Say) -> None:
    if run.printed:
        show(printout(run.printed))
    if run.error:
        show_failure(run.error, words("errors"))
    elif fixed:
        show(callout("right", paragraph(say("runs"))))
    else:
        show(callout("beware", paragraph(say("silent"))))


def ask_exhibit(say: Say) -> None:
    if "choices" in address.left_out():
        return
    st.session_state["exhibit_choice"] = address.choice("exhibit")
    st.selectbox(
        say("exhibits"),
        [exhibit.name for exhibit in course.EXHIBITS],
        format_func=lambda name: say(f"exhibit_{name}"),
        key="exhibit_choice",
        on_change=lambda: address.choose("exhibit", st.session_state["exhibit_choice"], "fixed"),
    )


show_lesson("museum", lesson)
