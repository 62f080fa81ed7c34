"""A page for the projector: slide by slide, the code by which a class follows, and the notes for
whoever presents."""

import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno
import streamlit as st

import texts
from components import address
from components.assets import register
from components.hands import Hands, Standing
from components.prose import inline
from texts import Say

HANDS = Hands(address.MARKS)

_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104  names, nothing is bound
_mount = register("presenter")
_mount_notes = register("notes")
_mount_hands = register("hands")
_mount_voter = register("voter")
_VOTER = "voted_as"  # in a session


def show_presenter(say: Say) -> None:
    """The keys of a presentation, and its bar; all that is left of the frame."""
    _mount(
        "presenter",
        build_presenter(say),
        lesson=address.present_next,
        qr=lambda _: address.toggle_qr(),
        end=lambda _: end(),
    )


def build_presenter(say: Say) -> dict[str, Any]:
    page = address.page()
    before, after = address.neighbours()
    known = page in address.NUMBERED
    place = address.NUMBERED.index(page) + 1 if known else 0
    return {
        "page": page,
        "before": before is not None,
        "after": after is not None,
        "place": say("place", number=place, count=len(address.NUMBERED)) if known else "",
        "channel": _channel(),
        "notes": address.notes_link(),
        "code": _code(say) if address.shows_qr() else None,
        "labels": {
            key: say(key)
            for key in ("bar", "back", "forward", "qr", "notes", "stop", "qr_alt", "follow")
        }
        | {"slide": say("slide", number="{number}", count="{count}")},
    }


@st.fragment(run_every=1.5)
def show_hands() -> None:
    """Tell the page, every now and then, how many hands are up; for whoever presents in a room.

    It draws nothing itself: a question that is drawn anew costs a hundred times as much.
    """
    room, key = address.room(), address.room_key()
    if room is not None and key is not None:
        standing = HANDS.latest(room, key)
        _mount_hands("hands", [standing.form, standing.counts] if standing else None)


@st.fragment
def ask_voter() -> None:
    """Ask the browser of whoever follows which one it is, or one that loads the page anew would
    have a second hand. A session keeps what it has heard first."""

    def take(token: Any) -> None:
        if isinstance(token, str) and re.fullmatch("[0-9a-f]{32}", token):
            st.session_state.setdefault(_VOTER, token)

    _mount_voter("voter", {"room": address.room()}, voter=take)


@dataclass(frozen=True, slots=True)
class Class:
    """What a question is to a class: .hands of it so far, for whoever .presents; where somebody
    follows, their own .vote, and whether it is .asked there and the answer is not yet out."""

    presents: bool
    hands: Standing | None = None
    asked: bool = False
    vote: int | None = None


def ask_class(question: str, form: str, options: int, *, revealed: bool) -> Class | None:
    """Ask whoever follows, or whoever is followed; None where nobody does either."""
    room, key = address.room(), address.room_key()
    if room is None:
        return None
    if key is not None:
        if not address.presenting():
            return None
        told = HANDS.ask(room, key, question, form, options, revealed=revealed)
        return None if told is None else Class(presents=True, hands=told)
    standing = HANDS.standing(room, question, form)
    known: tuple[str, int] | None = st.session_state.get(_vote_of(question))
    vote = known[1] if known is not None and known[0] == form else None
    return Class(presents=False, asked=standing is not None and not standing.revealed, vote=vote)


def vote(question: str, form: str, option: int) -> bool:
    """Show a hand; whether it is counted."""
    room = address.room()
    if room is None or address.room_key() is not None:
        return False
    voter: str = st.session_state.setdefault(_VOTER, secrets.token_hex(16))
    counted = HANDS.vote(room, question, form, option, voter)
    if counted:
        st.session_state[_vote_of(question)] = form, option
    return counted


def _vote_of(question: str) -> str:
    return f"vote-{question}"


def end() -> None:
    room, key = address.room(), address.room_key()
    if room is not None and key is not None:
        HANDS.close(room, key)
    address.stop_presenting()


def show_notes(say: Say) -> None:
    """The notes of all lessons, of which the browser shows those of the slide on the projector."""
    _mount_notes("notes", build_notes(say))


def build_notes(say: Say) -> dict[str, Any]:
    of = {lesson: texts.for_page(lesson, address.language()) for lesson in address.LESSONS}
    return {
        "page": address.page(),
        "channel": _channel(),
        "notes": {
            lesson: {"title": words("title"), "note": inline(words("teacher"))}
            for lesson, words in of.items()
        },
        "labels": {
            key: say(key) for key in ("notes", "notes_none", "notes_follow", "back", "forward")
        }
        | {"slide": say("slide", number="{number}", count="{count}")},
    }


def _channel() -> str:
    """On which the windows of one presentation hear each other, within one browser."""
    return f"autograd-explorer:{address.room() or 'presentation'}"


def _code(say: Say) -> dict[str, Any]:
    """The way to this very screen, for phones."""
    link = address.link()
    picture, told = qr_of(link, say)
    return {"link": link, "picture": picture, "told": told}


def qr_of(link: str, say: Say) -> tuple[str | None, str]:
    """The code as a picture's address, None where the link is too long; and what to know of it."""
    try:
        picture = segno.make(link, micro=False, error="l").svg_data_uri(border=2, scale=4)
    except segno.DataOverflowError:
        return None, say("qr_too_long")
    return picture, say("qr_local") if urlsplit(link).hostname in _LOCAL else ""
