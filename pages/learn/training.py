"""Lesson: steps against the gradient; small ones find the way down, large ones fly off the map."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import training as course
from components import address
from components.board import board, columns, folded, slide
from components.charts import Surface, show_surface
from components.descent import grows, show_descent, stops_of
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
from components.matrix import glyph
from components.on_page import drawn_when_opened
from components.part import part
from components.prose import callout, paragraph, show, table
from components.prose import steps as lines
from components.question import is_open
from components.runs import is_kept, once, run_apart, run_of
from texts import Say

LONG = 60
MOST_ROWS = 24


@fragment
def lesson() -> None:
    say, problem = begin("training")
    with st.container(horizontal=True, key="choices"):
        optimizer = ask_choice("optimizer", say("optimizer"), say)
        rate = ask_choice("rate", say("rate"), say)
        steps = int(ask_choice("steps", say("steps"), say))
    run = trained(course.program(problem, optimizer, rate, steps), steps, say)
    if run.error is not None:
        show_failure(run.error, words("errors"))
        return
    asked = ask_about("training", lambda: course.quiz(run, steps))
    held = is_open(asked)
    if held:
        race = course.race(run, rate, 1, [0])
    else:
        stops = stops_of(steps, problem.n_in * problem.n_out)
        race = once(run, "race", lambda: course.race(run, rate, steps, stops))
    around = ax.loss_map(run)
    with board("lesson"):
        figure, aside = hero()
        with figure, slide("figure"):
            show_descent(race, optimizer, around, say, "race", held=held)
        with aside:
            # No graph stands here that a line could light.
            show_aside(asked, "training", replace(run, graph=None), course.MATTERS)
        if not held:
            left, right = columns(1, 1)
            with left:
                show_outcome(race, optimizer, say)
            with right:
                moves = ("forward_pass", "backward_pass", "update", "reset")
                show(paragraph(say("moves")), lines([say(move) for move in moves]))
            for summary, text in (("zero_title", "zero_note"), ("mse_title", "mse_note")):
                with folded(say(summary)):
                    show(paragraph(say(text)))
            with folded(say("map_title")):
                show(paragraph(say("map_note", across=around.names[0], up=around.names[1])))
            if not address.presenting():
                drawn_when_opened(
                    words("charts")("numbers"),
                    lambda: show(table(numbers(race, say), say("curve"))),
                )
    if not held:
        with slide("solid"):
            ask_choice("view", say("view"), say)
            if address.choice("view") == "solid":
                show_solid(race[optimizer], around, say)
    offer_playground(run.source)


def trained(source: str, steps: int, say: Say) -> ax.Run:
    """Run the training; a long one shows how far it is, and can be stopped."""
    if steps <= LONG:
        return run_of(source)
    place = st.empty()  # in both cases, or all that follows would move
    if is_kept(source):
        return run_of(source)
    with place.container():
        st.button(say("stop"), on_click=address.choose, args=("steps", str(LONG)))
        bar = st.progress(0.0, say("running"))

        run = run_apart(source, lambda turns: bar.progress(min(turns / steps, 1.0)))
    place.empty()
    return run


@part()
def show_outcome(race: Mapping[str, ax.Descent], chosen: str, say: Say) -> None:
    """Where the numbers ran out, who came out lowest, and what became of the gradient."""
    at_inf, at_nan = course.overflow(race[chosen])
    if at_inf is not None and at_nan is not None:
        show(callout("wrong", paragraph(say("lost_both", inf=at_inf, nan=at_nan))))
    elif at_inf is not None:
        show(callout("wrong", paragraph(say("lost_inf", inf=at_inf))))
    elif at_nan is not None:
        show(callout("wrong", paragraph(say("lost_nan", nan=at_nan))))
    last = {key: float(descent.losses[-1]) for key, descent in race.items()}
    lowest = course.lowest(race)
    parts = []
    if lowest is not None:
        name = say(f"optimizer_{lowest}")
        parts.append(paragraph(say("lowest", name=name, loss=f"{last[lowest]:.4g}")))
    first, end = (float(abs(race[chosen].grads[i]).max()) for i in (0, -1))
    told = "rises" if grows(race[chosen]) else "settles" if end < first else "stays"
    show(*parts, paragraph(say(f"gradient_{told}")))


def numbers(race: Mapping[str, ax.Descent], say: Say) -> pd.DataFrame:
    """The loss of each optimizer, at some of the steps where there are many."""
    steps = len(next(iter(race.values())).losses)
    rows = np.unique(np.linspace(0, steps - 1, min(steps, MOST_ROWS)).astype(int))
    return pd.DataFrame(
        {
            say(f"optimizer_{key}"): [
                glyph(loss) or f"{loss:.4g}" for loss in descent.losses[rows].tolist()
            ]
            for key, descent in race.items()
        },
        index=pd.Index(rows, name=say("step")),
    )


@part()
def show_solid(descent: ax.Descent, around: ax.LossMap, say: Say) -> None:
    """The map to turn, with as much of the path as lies on it."""
    across, up = descent.path.T
    on_map = (abs(across - around.across.mean()) <= np.ptp(around.across) / 2) & (
        abs(up - around.up.mean()) <= np.ptp(around.up) / 2
    )
    show_surface(
        Surface(
            say("map"), around.losses, around.up, around.across, (up[on_map], across[on_map]),
            *(around.names[1], around.names[0], "loss", say("step")),
        ),
        key="surface",
    )  # fmt: skip


show_lesson("training", lesson)
