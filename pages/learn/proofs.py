"""Appendix: a gradient is checked in three ways, and finite differences have a best step size."""

import numpy as np
import pandas as pd

import autograd_explorer as ax
from autograd_explorer.course import proofs as course
from autograd_explorer.course.numbers import power_of_ten, scientific
from components.board import board, slide
from components.fragment import fragment
from components.lesson import (
    ask_about,
    begin,
    hero,
    offer_playground,
    show_aside,
    show_lesson,
)
from components.part import part
from components.prose import afterwards, heading, paragraph, show, table
from components.question import is_open
from components.runs import run_of
from components.series import Panel, Series, show_numbers, show_series
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("proofs")
    run = run_of(course.program(problem))
    asked = ask_about("proofs", lambda: course.quiz(run))
    hidden = is_open(asked)
    with board("lesson"):
        figure, aside = hero()
        with figure:
            with slide("figure"):
                show_errors(run, say, known=course.GIVEN if hidden else None)
            if not hidden:
                show(afterwards(*map(paragraph, findings(run, say))))
        with aside:
            show_aside(asked, "proofs", run, course.MATTERS)
        if not hidden:
            show_ways(run, say)
            show_numbers(series_of(run, say))
    offer_playground(run.source)


@part()
def show_errors(run: ax.Run, say: Say, known: int | None) -> None:
    show_series(series_of(run, say), "errors", known=known)


def series_of(run: ax.Run, say: Say) -> Series:
    single, double = run.tensor("errors").values
    return Series(
        say("chart"),
        [Panel(say("chart"), {"float64": double, "float32": single})],
        [power_of_ten(-power) for power in course.POWERS],
        say("step"),
        log=True,
        joined=True,
    )


@part()
def show_ways(run: ax.Run, say: Say) -> None:
    """The three ways beside each other."""
    show(
        heading(say("ways_title"), 3),
        table(build_ways(run, say), say("ways_title")),
    )


def findings(run: ax.Run, say: Say) -> list[str]:
    """What the two curves of this run show: truncation, rounding, and a step too small to see."""
    _, double = run.tensor("errors").values
    falls = double[1] * 50 < double[0] < double[1] * 200
    ends = {"large": scientific(double[0]), "small": scientific(double[1])}
    said = [say("notice" if falls else "notice_flat", **ends), say("best", **best(run))]
    power = course.unnoticed_from(run)
    if power is not None:
        gradient = abs(float(run.tensor("exact").values[0, 0]))
        said.append(say("still", power=power_of_ten(-power), gradient=scientific(gradient)))
    return said


def best(run: ax.Run) -> dict[str, str]:
    single, double = run.tensor("errors").values
    return {
        "single": power_of_ten(-course.POWERS[single.argmin()]),
        "double": power_of_ten(-course.POWERS[double.argmin()]),
    }


def build_ways(run: ax.Run, say: Say) -> pd.DataFrame:
    """Each way to the gradient, with how far it is off from autograd's in float64."""
    exact = float(run.tensor("exact").values[0, 0])
    plain = {name: float(run.tensor(name).values) for name in ("by_autograd", "by_hand")}
    closest = np.argmin(run.tensor("errors").values[1])
    found = [*plain.values(), float(run.tensor("quotients").values[1, closest])]
    rows = [[f"`{value:+.8f}`", scientific(abs(value - exact))] for value in found]
    names = [
        say("way_autograd"),
        say("way_hand"),
        say("way_difference", step=best(run)["double"]),
    ]
    return pd.DataFrame(
        rows,
        pd.Index(names, dtype=object, name=say("way")),  # as objects: pandas would look at each
        pd.Index([say("way_value"), say("way_off")], dtype=object),
        dtype=object,
    )


show_lesson("proofs", lesson)
