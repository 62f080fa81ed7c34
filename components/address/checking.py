"""What of the address could not be followed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograd_explorer.course.changes import are_possible
from components.address.dials import from_the_address, just_moved
from components.address.key import Key
from components.address.keys import CHANGES, DIALS, KEYS

_SHOWN_CHARS = 24


@dataclass(frozen=True, slots=True)
class Complaint:
    """A key of the address that could not be followed.

    .key      the key; .given what stood there, shortened; .times how often the key stood there
    .allowed  what is allowed; .used what is shown instead
    """

    key: str
    given: str
    times: int
    allowed: str
    used: str


def complaints() -> list[Complaint]:
    """Every key that could not be followed; a dial that moves is not what the address says."""
    unread = DIALS if just_moved() else ()
    found = [
        _complaint(key, key.given())
        for key in KEYS
        if key.name not in unread and not key.followed()
    ]
    changes, problem = CHANGES.read(), from_the_address()
    if not unread and not are_possible(changes, problem.n_in, problem.n_out):
        # As text they can be followed; there are no such numbers.
        found.append(replace(_complaint(CHANGES, CHANGES.given()), used="–"))
    return found


def _complaint(key: Key[Any], given: Sequence[str]) -> Complaint:
    # It is shown in a code span, which a backtick would end.
    shown = _short(" ".join(given[0].split())).replace("`", "'")
    used = _short(key.spell(key.read())) or "–"
    return Complaint(key.name, shown, len(given), key.allowed, used)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"
