"""Lesson: a graph lives from the forward pass to the backward pass; .grad lives until cleared."""

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import life as course
from components.board import board, slide
from components.charts import show_bars
from components.failure import show_failure
from components.fragment import fragment
from components.lesson import ask_choice, ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_program
from components.part import part
from components.printout import printout
from components.prose import heading, note, paragraph, show
from components.runs import run_of
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("life")
    with st.container(horizontal=True):
        calls = int(ask_choice("calls", say("calls"), say))
        clear = ask_choice("clear", say("clear"), say)
    run = run_of(course.program(problem, calls, clear))
    if ask_first("life", lambda: course.quiz(run, calls), run.source):
        left, right = st.columns(2, gap="medium")
        with left, slide("program"):
            show_program(run, words("program"), key="program")
        with right, slide("bars"):
            with part():
                show_bars(course.totals(run), say("bars"), "b.grad", say("bars_axis"), key="bars")
            show(note(say("notice_never" if clear == "never" else "notice_cleared")))
        with slide("second"):
            show(heading(say("second_title")), paragraph(say("second_intro")))
            retain = ask_choice("retain", say("retain"), say) == "on"
        with board("second"):
            with slide("twice"):
                show_second(problem, retain, say)
            with slide("deleted"):
                show_deleted(problem, say)
    offer_playground(run.source)


@part()
def show_second(problem: ax.Problem, retain: bool, say: Say) -> None:
    """Twice through one graph, with what it saved and what it freed."""
    run = run_of(course.second_backward_program(problem, retain=retain))
    show_program(run, words("program"), key="second")
    show(printout(run.printed))
    if run.error:
        show_failure(run.error, words("errors"))
    show(paragraph(say("notice_retained" if retain else "notice_freed")))


@part()
def show_deleted(problem: ax.Problem, say: Say) -> None:
    """What del takes away, and what it does not."""
    show(heading(say("del_title")))
    run = run_of(course.deleted_program(problem))
    show_program(run, words("program"), key="deleted")
    show(printout(run.printed), paragraph(say("notice_del")))


show_lesson("life", lesson, ("saved", "accumulate", "retain_graph", "leaf"))
