"""The way through the lessons, and how far the reader has come."""

from functools import cache
from typing import Any

import autograd_explorer as ax
import texts
from autograd_explorer.course import LESSONS
from components import address
from components.board import board
from components.cards import Card, show_cards
from components.prose import heading, inline, lead, note, progress, show
from components.thumbnail import thumbnail


@cache
def picture_of(lesson: str) -> str:
    """What stands on a lesson's card; made once a process, from a run of the lesson's program."""
    of = LESSONS[lesson]
    return thumbnail(of.sketch(ax.run(of.program()))) if of.program and of.sketch else ""


def card_of(lesson: str) -> Card:
    of_lesson = texts.for_page(lesson, address.language())
    if lesson in address.done():
        state, told = "done", "✓ " + say("foreseen" if lesson in address.foreseen() else "done")
    elif lesson == following:
        state, told = "next", say("continue" if done else "begin") + " →"
    else:
        state, told = "", say("minutes", minutes=LESSONS[lesson].minutes)
    number = str(address.NUMBERED.index(lesson) + 1) if lesson in address.NUMBERED else ""
    title, claim = of_lesson("title"), inline(of_lesson("claim"))
    return Card(lesson, number, title, state, told, claim, picture_of(lesson))


def open_lesson(page: Any) -> None:
    """A browser may send anything."""
    if isinstance(page, str) and page in LESSONS:
        address.choose_page(page)


say = texts.for_page("lessons", address.language())
done = [lesson for lesson in address.NUMBERED if lesson in address.done()]
following = next((one for one in address.NUMBERED if one not in done), None)
minutes = sum(LESSONS[lesson].minutes for lesson in address.NUMBERED)
right = sum(lesson in address.foreseen() for lesson in done)

with board("index"):
    show(
        heading(say("index_title", count=len(address.NUMBERED), minutes=minutes), 1),
        lead(say("intro")),
        progress(len(done), len(address.NUMBERED), say("progress")),
        note(say("score", right=right, answered=len(done))) if done else "",
    )
    appendix = [one for one in address.SECTIONS["lessons"][1:] if one not in address.NUMBERED]
    sections = {"": address.NUMBERED, say("appendix"): appendix}
    show_cards(
        {title: [card_of(one) for one in lessons] for title, lessons in sections.items()},
        key="cards",
        opens="page",
        left_behind=address.left_behind(),
        on_open=open_lesson,
    )
    show(note(say("done_note")))
