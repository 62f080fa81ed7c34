"""The dials: those that all lessons share, and those of single lessons.

Our dials report changes as triggers, which last for one run. Only the steps of a drag are shown
without being written, so that one gesture leaves one entry in the browser's history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import autograd_explorer as ax
from components.address.key import Scope, rewrite
from components.address.keys import CHANGES, DIALS, LESSON_DIALS, V, names
from components.sent import sent

WIDGET, MOVE = "dials", "move"


def current_problem() -> ax.Problem:
    """The dials as they stand: as just moved, in the address otherwise."""
    return just_moved() or from_the_address()


def from_the_address() -> ax.Problem:
    """The dials as the address has them, whatever moves just now."""
    return ax.Problem(**{name: key.read() for name, key in DIALS.items()})


def just_moved() -> ax.Problem | None:
    """What the dials have just been moved to, if they have."""
    move = sent(WIDGET, MOVE)
    return _problem_from(move) if isinstance(move, Mapping) else None


def settled() -> bool:
    """Whether no finger is on a dial: what costs time can wait until then."""
    return just_moved() is None or bool(sent(WIDGET, MOVE).get("settled"))


def has_the_same_tensors(problem: ax.Problem) -> bool:
    """Whether a problem makes the tensors that the address's makes. If not, what was done to those
    by hand means nothing for these."""
    return replace(from_the_address(), recording=problem.recording) == problem


def write_dials() -> None:
    """Write the address once a dial has settled.

    Called when the page has been drawn: a new address costs a browser as much as a page does.
    """
    moved = just_moved()
    if moved is not None and settled():
        values = asdict(moved)
        rewrite(
            () if has_the_same_tensors(moved) else (CHANGES.name,),
            {name: key.spell(values[name]) for name, key in DIALS.items()},
        )


def _problem_from(values: Mapping[str, Any]) -> ax.Problem | None:
    """A problem from what a browser sent; None if it is not one."""
    try:
        return ax.Problem(**{name: values[name] for name in DIALS})
    except (KeyError, TypeError, ax.ProblemError):
        return None


def choice(key: str) -> str:
    """What the address says of a dial of one lesson."""
    return LESSON_DIALS[key].read()


def exhibit() -> str:
    """The exhibit of the museum that the address opens; "" for the wall of all of them."""
    named, mended = LESSON_DIALS["exhibit"], LESSON_DIALS["fixed"]
    # Older links named no exhibit where they meant the one that came first.
    return "not_scalar" if mended.given() and not named.given() else named.read()


def choose(key: str, value: str | None, *dropped: str) -> None:
    """Write one of those; what was chosen of the graph before means nothing any more."""
    if value is not None and LESSON_DIALS[key].parse(value) is not None:
        rewrite((*names(Scope.GRAPH), *dropped), {key: value})


def numbers(count: int) -> tuple[float, ...]:
    """So many numbers of a vector, between -2 and 2; what the address does not say is 1."""
    read = [number for number in V.read()[:count] if number is not None]
    return (*read, *[1.0] * (count - len(read)))


def choose_numbers(chosen: Sequence[float]) -> None:
    rewrite(names(Scope.GRAPH), {V.name: V.spell(tuple(chosen))})
