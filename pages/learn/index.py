"""The way through the lessons, and how far the reader has come."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import autograd_explorer as ax
import texts
from autograd_explorer.course import LESSONS
from components import address
from components.board import board
from components.cards import Card, show_cards
from components.prose import heading, lead, note, progress, show
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
    title, claim = of_lesson("title"), of_lesson("claim")
    return Card(lesson, number, title, claim, picture_of(lesson), state, told)


def show_lessons(lessons: Sequence[str], key: str) -> None:
    def open_lesson(page: Any) -> None:
        if page in lessons:
            address.choose_page(page)

    cards = [card_of(lesson) for lesson in lessons]
    show_cards(cards, key, left_behind=address.left_behind(), on_open=open_lesson)


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
    )
    show_lessons(address.NUMBERED, "cards")
    if done:
        show(note(say("score", right=right, answered=len(done))))
    appendix = [one for one in address.SECTIONS["lessons"][1:] if one not in address.NUMBERED]
    if appendix:
        show(heading(say("appendix")))
        show_lessons(appendix, "appendix")
    show(note(say("done_note")))
