"""Which page the address opens, in which language, and what is done; and the ways on from it."""

from urllib.parse import urlencode

import streamlit as st

from components.address.dials import exhibit
from components.address.key import Scope, rewrite
from components.address.keys import (
    CONTROLS,
    DONE,
    LANG,
    NOTES,
    PAGE,
    PRESENT,
    QR,
    RIGHT,
    ROOM,
    SECTIONS,
    SLIDE,
    names,
)
from components.address.presentation import room
from texts import LANGUAGES


def page() -> str:
    return PAGE.read()


def choose_page(choice: str) -> None:
    """Go to another page, with the dials; what was chosen on this one stays behind."""
    rewrite(names(Scope.PAGE), {PAGE.name: choice})


def section() -> str:
    """The part of the navigation that the page belongs to."""
    return next(name for name, pages in SECTIONS.items() if page() in pages)


def choose_section(choice: object) -> None:
    """Go to a section's first page, in the museum to its wall. A browser may send anything."""
    inside = page() == "museum" and exhibit() != ""
    if choice in tuple(SECTIONS) and (choice != page() or inside):
        choose_page(str(choice))


def left_behind() -> list[str]:
    """The keys that do not go along to another page."""
    return list(names(Scope.PAGE))


def language() -> str:
    """The address decides, then the browser."""
    return LANG.read()


def choose_language(choice: object) -> None:
    if choice in LANGUAGES:
        LANG.write(str(choice))


def done() -> tuple[str, ...]:
    """The lessons and exhibits whose question the reader has answered; the address alone knows."""
    return DONE.read()


def mark_done(*marks: str, right: bool = False) -> None:
    """Write what has been answered into the address, and whether it was right the first time."""
    new = [mark for mark in marks if mark not in done()]
    if new:
        written = {DONE.name: DONE.spell((*done(), *new))}
        if right:
            written[RIGHT.name] = RIGHT.spell((*foreseen(), *new))
        rewrite((), written)


def foreseen() -> tuple[str, ...]:
    """Those of the done whose first answer was right."""
    return tuple(mark for mark in RIGHT.read() if mark in done())


def link() -> str:
    """The link to this screen for everybody else, with all controls, in the same room."""
    own = {key.name for key in (PRESENT, CONTROLS, QR, SLIDE, NOTES, ROOM)}
    kept = [(key, st.query_params[key]) for key in st.query_params if key not in own]
    here = room()
    if here is not None:
        kept.append((ROOM.name, here))
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(kept)}"
