"""Whether a page is projected, what is left on it then, and the room in which hands are shown."""

import base64
import hashlib
import secrets
from collections.abc import Container
from urllib.parse import urlencode

from components.address.key import Scope, rewrite
from components.address.keys import (
    ALL_CONTROLS,
    CONTROLS,
    LANG,
    NOTES,
    NUMBERED,
    PAGE,
    PRESENT,
    QR,
    ROOM,
    SLIDE,
    names,
)

_NAME, _KEY = 10, 16  # characters of a room's name, and of the key to it


def presenting() -> bool:
    """Whether the page is projected: one slide at a time, and only the chosen controls."""
    return PRESENT.read() and not shows_notes()


def shows_notes() -> bool:
    """Whether this is the window with the notes for whoever presents."""
    return NOTES.read()


def left_out() -> tuple[str, ...]:
    """The controls that are not shown: outside a presentation, none."""
    kept = CONTROLS.read()
    if not presenting() or kept is None:
        return ()
    return tuple(name for name in ALL_CONTROLS if name not in kept)


def present(controls: Container[object]) -> None:
    """Begin, in a room of its own."""
    kept = tuple(name for name in ALL_CONTROLS if name in controls)
    rewrite(
        (QR.name, SLIDE.name),
        {
            PRESENT.name: PRESENT.spell(True),
            CONTROLS.name: CONTROLS.spell(kept),
            ROOM.name: _base32(secrets.token_bytes(_KEY), _KEY),
        },
    )


def stop_presenting() -> None:
    rewrite((PRESENT.name, CONTROLS.name, QR.name, SLIDE.name, ROOM.name), {})


def shows_qr() -> bool:
    return presenting() and QR.read()


def toggle_qr() -> None:
    rewrite((QR.name,), {} if shows_qr() else {QR.name: QR.spell(True)})


def neighbours() -> tuple[str | None, str | None]:
    """The lessons before and after the page. Before the first of them come pages without a number;
    the museum, which stands beside them, has none."""
    page = PAGE.read()
    if page not in NUMBERED:
        return None, None if page == "museum" else NUMBERED[0]
    at = NUMBERED.index(page)
    return (
        NUMBERED[at - 1] if at > 0 else None,
        NUMBERED[at + 1] if at + 1 < len(NUMBERED) else None,
    )


def present_next(forward: object) -> None:
    """On to the first slide of the next lesson, or back to the last one of the one before."""
    before, after = neighbours()
    there = after if forward is True else before
    if there is not None:
        at = {} if forward is True else {SLIDE.name: "last"}
        rewrite(names(Scope.PAGE), {PAGE.name: there} | at)


def notes_link() -> str:
    """To the notes, in the same room."""
    kept = {key.name: key.given()[-1] for key in (LANG, PAGE, ROOM) if key.given()}
    return "?" + urlencode(kept | {NOTES.name: NOTES.spell(True)})


def room() -> str | None:
    """The name of the room that the address is about, if any."""
    given = ROOM.read()
    return None if given is None else name_of(given)


def room_key() -> str | None:
    """The key to that room; only whoever presents there has it."""
    given = ROOM.read()
    return given if given is not None and len(given) == _KEY else None


def name_of(given: str) -> str:
    """The room that a name or a key is about. A key leads to its name and no name to its key: so
    those who follow cannot pass for whoever presents, and nobody can make up a key to a room."""
    if len(given) != _KEY:
        return given
    return _base32(hashlib.sha256(given.encode()).digest(), _NAME)


def _base32(data: bytes, count: int) -> str:
    return base64.b32encode(data).decode().lower()[:count]
