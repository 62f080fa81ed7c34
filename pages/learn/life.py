"""Lesson: .grad adds up until it is cleared; what a graph saved lives until a backward pass."""

from functools import partial

import numpy as np
import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import life as course
from components.board import board, columns, slide
from components.failure import show_failure
from components.fragment import fragment
from components.lesson import (
    ask_about,
    ask_choice,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
    words,
)
from components.on_page import drawn_when_opened, show_program
from components.part import part
from components.printout import printout
from components.prose import afterwards, heading, paragraph, show
from components.question import is_open
from components.reasons import reason, show_reason
from components.runs import run_of
from components.series import Panel, Series, show_numbers, show_series
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("life")
    with st.container(horizontal=True, key="choices"):
        calls = int(ask_choice("calls", say("calls"), say))
        clear = ask_choice("clear", say("clear"), say)
    run = run_of(course.program(problem, calls, clear), clues=True)
    asked = ask_about("life", lambda: course.quiz(run, calls))
    hidden = is_open(asked)
    with board("lesson"):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show_totals(run, say, known=1 if hidden else None)
            if not hidden:
                show_notice(run, clear, say)
        with aside:
            show_aside(asked, "life", run, course.MATTERS)
        if not hidden:
            show_numbers(series_of(run, say))
            drawn_when_opened(say("second_title"), partial(show_both, problem, say))
            drawn_when_opened(say("del_title"), partial(show_deleted, problem, say))
    offer_playground(run.source)


@part()
def show_notice(run: ax.Run, clear: str, say: Say) -> None:
    if clear == "never":
        show(afterwards(paragraph(reason(run)), paragraph(say("notice_never"))))
    else:
        show(afterwards(paragraph(say("notice_cleared"))))


@part()
def show_totals(run: ax.Run, say: Say, known: int | None) -> None:
    show_series(series_of(run, say), "bars", known=known)


def series_of(run: ax.Run, say: Say) -> Series:
    """b.grad after each call, as high as it would be if nothing were cleared."""
    totals = course.totals(run)
    each = np.stack(totals, axis=1)
    return Series(
        say("bars"),
        [Panel(say("bars"), {f"b.grad[{i}]": values for i, values in enumerate(each)}, "sign")],
        [str(call) for call in range(1, len(totals) + 1)],
        say("bars_axis"),
        reach=len(totals) * float(abs(totals[0]).max()),
    )


@part()
def show_both(problem: ax.Problem, say: Say) -> None:
    show(paragraph(say("second_intro")))
    for column, retain in zip(columns(1, 1), (False, True), strict=True):
        with column:
            show_second(problem, say, retain=retain)


@part()
def show_second(problem: ax.Problem, say: Say, *, retain: bool) -> None:
    """Twice through one graph, with what it saved and what it freed."""
    run = run_of(course.second_backward_program(problem, retain=retain), clues=True)
    key = "retained" if retain else "freed"
    with slide(key):
        show(heading(say(f"second_{key}"), 3))
        show_program(run, words("program"), key=key, matters=course.SECOND_MATTERS)
    with slide(f"{key}_told"):
        if run.error:
            show_failure(run.error, words("errors"), explained=False)
        else:
            show(printout(run.printed))
        show_reason(run)
        show(paragraph(say(f"notice_{key}")))


@part()
def show_deleted(problem: ax.Problem, say: Say) -> None:
    """What del takes away, and what it does not."""
    run = run_of(course.deleted_program(problem))
    show_program(run, words("program"), key="deleted", matters=course.DELETED_MATTERS)
    with slide("deleted_told"):
        show(printout(run.printed), paragraph(say("notice_del")))


show_lesson("life", lesson)
