"""What a reader's hand does to the Explorer's numbers: drags one of them, takes a training step.

As with the dials, the steps of a drag are shown without being written, and what settles is written
once the page is drawn.
"""

from typing import Any

import autograd_explorer as ax
from autograd_explorer.course.changes import (
    LARGEST,
    Changes,
    Edit,
    are_possible,
    edited,
    stepped,
)
from autograd_explorer.course.problem import DIMENSIONS
from components.address.dials import current_problem, from_the_address, has_the_same_tensors
from components.address.key import rewrite
from components.address.keys import CHANGES, RATE, SELECT
from components.selection import Selection, selection_from
from components.sent import sent

FIRST_SCREEN = "first_screen"


def current_changes(problem: ax.Problem) -> Changes:
    """What has been done to the numbers of this problem, with the number that a finger holds.

    Other dimensions, another seed or fill make other tensors: with them it all begins afresh.
    """
    changes = CHANGES.read()
    if not (has_the_same_tensors(problem) and are_possible(changes, problem.n_in, problem.n_out)):
        return ()
    edit = just_grabbed()
    after = changes if edit is None else edited(changes, edit)
    return after if are_possible(after, problem.n_in, problem.n_out) else changes


def current_cell() -> Selection | None:
    """The cell that a finger holds, or that is selected."""
    edit = just_grabbed()
    return SELECT.read() if edit is None else selection_from(_cell_text(edit))


def just_grabbed() -> Edit | None:
    """The number that has just been dragged, if one has; a browser may send anything."""
    match sent(FIRST_SCREEN, "report"):
        case [_, "grab", {"name": str(name), "place": list(place), "value": int() | float() as to}]:
            indices = all(type(at) is int and 0 <= at < DIMENSIONS.stop for at in place)
            dimensions = {"w": 2, "b": 1, "x": 1}.get(name)
            if indices and len(place) == dimensions and abs(to) <= LARGEST:
                return Edit(name, tuple(place), float(to))
    return None


def is_held() -> bool:
    """Whether a finger is still on a number."""
    match sent(FIRST_SCREEN, "report"):
        case [_, "grab", {"settled": settled}]:
            return settled is not True
    return False


def write_changes() -> None:
    """Write what has been dragged once it is let go."""
    edit = just_grabbed()
    if edit is None or is_held():
        return
    changes = current_changes(current_problem())
    rewrite((), {CHANGES.name: CHANGES.spell(changes), SELECT.name: _cell_text(edit)})


def take_training_step(_: Any = None) -> None:
    """One step more, at the rate that is chosen."""
    changes = current_changes(from_the_address())
    CHANGES.write(stepped(changes, RATE.read()))


def take_rate(rate: Any) -> None:
    if isinstance(rate, str) and (chosen := RATE.parse(rate)) is not None:
        RATE.write(chosen)


def rate() -> float:
    return RATE.read()


def start_afresh(_: Any = None) -> None:
    """The numbers as they were drawn."""
    CHANGES.drop()


def _cell_text(edit: Edit) -> str:
    row, column = edit.place if len(edit.place) > 1 else (0, *edit.place)
    return f"cell-{edit.name}-{row}-{column}"
