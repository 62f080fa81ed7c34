"""Lesson: a gradient says how the loss changes when one number is raised a little."""

import autograd_explorer as ax
from autograd_explorer.course import gradient as course
from autograd_explorer.course.changes import Changes
from components import address
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
from components.part import part
from components.probe import Probed, show_probe
from components.prose import afterwards, paragraph, show, table
from components.question import is_open
from components.runs import run_of
from components.tables import build_quotients
from texts import Say

_CELL = ("w", (0, 0))


@fragment
def lesson() -> None:
    say, problem = begin("gradient")
    changes = address.current_changes(problem)
    run = run_of(course.program(problem, changes))
    # It is about the numbers as drawn: one that the reader drags asks nothing anew.
    asked = ask_about("gradient", lambda: course.quiz(run_of(course.program(problem))))
    hidden = is_open(asked)
    with board(address.FIRST_SCREEN):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show_figure(run, changes, held=hidden)
            if not hidden:
                show_meaning(run, say, asked_nothing=asked is None)
        with aside:
            show_aside(asked, "gradient", run, course.MATTERS)
        if not hidden:
            show_purpose(run, say)
    offer_playground(run.source)


@part()
def show_figure(run: ax.Run, changes: Changes, *, held: bool) -> None:
    """The loss over one number, to be dragged once the question is answered."""
    probed = Probed(
        *_CELL,
        curve=ax.loss_curve(run, *_CELL),
        steps=0,
        changed=bool(changes),
        rate=address.rate(),
        trains=False,
        large=True,
        held=held,
    )
    show_probe(
        probed,
        words("probe"),
        "probe",
        on_grab=lambda _: None,  # read by current_changes and write_changes
        on_step=lambda _: None,
        on_rate=lambda _: None,
        on_afresh=address.start_afresh,
    )


@part()
def show_meaning(run: ax.Run, say: Say, *, asked_nothing: bool) -> None:
    flat = [paragraph(say("flat", slope=f"{slope_of(run):+.2g}"))] if asked_nothing else []
    show(afterwards(*flat, paragraph(say("meaning"))))


@part()
def show_purpose(run: ax.Run, say: Say) -> None:
    slope = slope_of(run)
    way = "down_zero" if not slope else "down_less" if slope > 0 else "down_more"
    show(
        table(build_quotients(run, say), say("steps")),
        paragraph(say("closer")),
        paragraph(say("purpose")),
        paragraph(say(way)),
    )


def slope_of(run: ax.Run) -> float:
    name, place = _CELL
    return float(run.tensor(name).grad[place])  # type: ignore[index]  # backward() put it there


show_lesson("gradient", lesson)
