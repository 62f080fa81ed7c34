"""What is shown of a page's graph and matrices, and what a drawing's report changes in it."""

from typing import Any

from components.address.key import Scope, rewrite
from components.address.keys import (
    ENLARGED,
    LAYER,
    MATRICES,
    MOMENT,
    OPEN,
    PASS,
    SELECT,
    STEP,
    names,
)
from components.selection import Selection, selection_from

_MOST = 10**6


def selection() -> Selection | None:
    """What the address selects, if anything; whether it exists is for the page to see."""
    return SELECT.read()


def take_selection(text: Any) -> None:
    """Write what a component selected into the address; choosing it again lets go of it."""
    chosen = selection_from(text) if isinstance(text, str) else None
    if chosen is not None and chosen != selection():
        SELECT.write(chosen)
    else:
        SELECT.drop()


def moment() -> int | None:
    """The moment at which a program that is played stands; None for its end."""
    return MOMENT.read()


def step() -> int | None:
    """The same as a number of nodes that have fired, where an older link says it so."""
    return STEP.read()


def take_moment(reached: Any) -> None:
    """Write the moment that a component reports into the address; what is none is the end."""
    written = {MOMENT.name: MOMENT.spell(reached)} if _is_number(reached) else {}
    rewrite((STEP.name, MOMENT.name), written)


def layer() -> int | None:
    """The same as the layer of such a node, where an older link says it so."""
    return LAYER.read()


def opened() -> int | None:
    """The node of a large graph around which all boxes are open."""
    return OPEN.read()


def take_opened(reached: Any) -> None:
    """Write a node whose boxes a component wants to open into the address."""
    if _is_number(reached):
        rewrite((LAYER.name, OPEN.name), {OPEN.name: OPEN.spell(reached)})


def _is_number(reached: Any) -> bool:
    return type(reached) is int and 0 <= reached < _MOST


def enlarged() -> str | None:
    """The matrix to show large, if any."""
    return ENLARGED.read()


def take_enlarged(name: Any) -> None:
    """Write the matrix that a component wants large into the address; twice lets go of it."""
    if name in MATRICES and name != enlarged():
        ENLARGED.write(name)
    else:
        ENLARGED.drop()


def chosen_pass(count: int, usual: int = -1) -> int:
    """Which of a program's backward passes to draw; -1 for the last graph, which the address calls
    "last". Where it says nothing, the usual one."""
    number = PASS.read()
    return number if number is not None and number < count else usual


def choose_pass(number: Any) -> None:
    """Write which pass to draw; a browser may send what is none."""
    if type(number) is int:
        rewrite(names(Scope.GRAPH), {PASS.name: PASS.spell(number)})
