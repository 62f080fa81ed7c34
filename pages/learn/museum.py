"""The museum: the same few mistakes come back; each has its words, its reason and its cure."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import museum as course
from autograd_explorer.process import has_deferred_imports
from components import address
from components.board import board, slide
from components.cards import Card, show_cards
from components.complaints import show_complaints
from components.difference import difference
from components.failure import show_failure
from components.fragment import fragment
from components.lesson import hero, offer_playground, show_asked, show_end, words
from components.on_page import show_graph, show_program
from components.part import part
from components.printout import printout
from components.program_view import without_addresses
from components.prose import callout, heading, inline, note, paragraph, progress, show, title
from components.question import Asked, ask, is_open
from components.reasons import show_reason
from components.runs import Ending, ending_of, run_of
from components.trail import Stop, show_trail
from texts import Say


@fragment
def museum() -> None:
    say = words("museum")
    show_complaints(address.complaints(), words("frame"))
    chosen = address.exhibit()
    exhibit = next((each for each in course.EXHIBITS if each.name == chosen), None)
    if exhibit is None:
        done = sum(each.name in address.done() for each in course.EXHIBITS)
        told = say("progress", done=done, all=len(course.EXHIBITS))
        bar = progress(done, len(course.EXHIBITS), told)
        show(title(say("title"), say("intro")), bar, note(told))
        show_all(say)
    else:
        show_exhibit(exhibit, say)


@part()
def show_all(say: Say) -> None:
    """Every exhibit as a card. The first view of the wall runs all of them. Where PyTorch has to be
    loaded for that first, which takes seconds, the cards hang there meanwhile without what their
    programs tell."""
    place = st.empty()
    if not has_deferred_imports():
        with place.container():
            show(note(say("running")))
            hang(lambda _: None, "early", say)
    with place:
        hang(lambda exhibit: ending_of(exhibit.source), "wall", say)


def hang(ending: Callable[[course.Exhibit], Ending | None], key: str, say: Say) -> None:
    show_cards(
        {
            say(f"room_{room}"): [card_of(exhibit, ending(exhibit), say) for exhibit in exhibits]
            for room, exhibits in course.ROOMS.items()
        },
        key=key,
        opens="exhibit",
        left_behind=address.left_behind(),
        on_open=open_exhibit,
    )


def card_of(exhibit: course.Exhibit, ending: Ending | None, say: Say) -> Card:
    """What a program told if it has run, and once it is solved its cure.

    A program that printed something may have been stopped afterwards, or not: before the reader has
    answered, its card shows the printed text and leaves that open.
    """
    solved = exhibit.name in address.done()
    card = Card(
        exhibit.name,
        str(course.EXHIBITS.index(exhibit) + 1),
        say(f"exhibit_{exhibit.name}"),
        "done" if solved else "",
        f"✓ {say('solved')}" if solved else "",
        inline(say(f"cure_{exhibit.name}")) if solved else "",
    )
    if ending is None:
        return card
    kind: Literal["raises", "prints", "silent"] = "raises" if ending.error else "silent"
    if ending.printed and not solved:
        kind = "prints"
    told = without_addresses(ending.error if kind == "raises" else ending.printed).rstrip("\n")
    return replace(card, kind=kind, label=say(kind), printed=told)


def show_exhibit(exhibit: course.Exhibit, say: Say) -> None:
    fixed = address.choice("fixed") == "on"
    run = run_of(exhibit.fixed if fixed else exhibit.source, clues=not fixed)
    if "choices" not in address.left_out():
        stops = [Stop(each.name, say(f"exhibit_{each.name}")) for each in course.EXHIBITS]
        show_trail(
            stops,
            course.EXHIBITS.index(exhibit),
            say,
            key="trail",
            left_behind=address.left_behind(),
            on_open=open_exhibit,
        )
    show(heading(say(f"exhibit_{exhibit.name}"), 1))
    asked = None if fixed else ask(lambda: course.quiz(run), "museum", exhibit.name)
    if is_open(asked):
        with board("exhibit"):
            program, aside = hero()
            with program, slide("figure"):
                show_program(run, words("program"), key="program", bare=True)
            with aside:
                show_asked(asked, "museum")
    else:
        show_answer(exhibit, run, asked, say)
    offer_playground(run.source)


def open_exhibit(name: Any) -> None:
    """Go to an exhibit, or back to the wall. A browser may send anything."""
    if name == "":
        address.choose_page("museum")
    elif isinstance(name, str):
        address.choose("exhibit", name, "fixed")


@part()
def show_answer(exhibit: course.Exhibit, run: ax.Run, asked: Asked | None, say: Say) -> None:
    """The program with its words and its reason, the fix line by line, and the graph."""
    fixed = address.choice("fixed") == "on"
    with board("exhibit"):
        program, aside = hero()
        with program, slide("figure"):
            show_program(run, words("program"), key="program")
        with aside:
            show_asked(asked, "museum")
            with slide("outcome"):
                show_outcome(exhibit, run, fixed, say)
        with slide("fix"):
            show_fix(exhibit, say)
    # One click mends the program, another brings the mistake back.
    st.button(
        say("unfix" if fixed else "fix"),
        key="fix",
        type="secondary" if fixed else "primary",
        on_click=address.choose,
        args=("fixed", "off" if fixed else "on"),
    )
    if run.graph:
        with slide("graph"):
            show_graph(run.graph, words("graph"), key="graph")


@part()
def show_outcome(exhibit: course.Exhibit, run: ax.Run, fixed: bool, say: Say) -> None:
    """What the program printed and how it ended; why, by the diagnosis of this very run; and what
    its numbers say of that."""
    facts = course.facts(run)
    if run.printed:
        show(printout(run.printed))
    if run.error:
        show_failure(run.error, words("errors"), explained=False)
    elif fixed:
        show(callout("right", paragraph(say(f"fixed_{exhibit.name}", **facts))))
    else:
        show(callout("beware", paragraph(say("nothing_raised"))))
    if not fixed:
        show_reason(run)
        show(paragraph(say(f"why_{exhibit.name}", **facts)))


@part()
def show_fix(exhibit: course.Exhibit, say: Say) -> None:
    show(
        heading(say("fix_title")),
        paragraph(say(f"cure_{exhibit.name}")),
        difference(course.beside(exhibit), say("before"), say("after")),
    )


museum()
if not address.presenting():
    show_end("museum", words("museum"))
