"""What a reader's hand does to the article's program: numbers set anew, and steps of training.

They are lines of the program, between the making of the tensors and the forward pass, in the order
in which they were done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from autograd_explorer.course import source_text

LARGEST = 100.0  # of a number that is set
DIGITS = 2  # after the point
MOST_STEPS = 50
MOST_CHANGES = 24
RATES = (0.01, 0.1, 0.5, 1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class Edit:
    """.name "w", "b" or "x"; .place one index a dimension; .value between ±LARGEST, of DIGITS"""

    name: str
    place: tuple[int, ...]
    value: float

    @property
    def line(self) -> str:
        place = ", ".join(map(str, self.place))
        return f"{self.name}[{place}] = {self.value:g}"


@dataclass(frozen=True, slots=True)
class Steps:
    """.count steps of gradient descent, 1 to MOST_STEPS, at a learning .rate"""

    count: int
    rate: float


Change = Edit | Steps
Changes = tuple[Change, ...]


def edited(changes: Changes, edit: Edit) -> Changes:
    """One number set anew. The same number set before, since the last step, is forgotten.

    Where that would be one change too many, nothing changes.
    """
    last = max((i + 1 for i, change in enumerate(changes) if isinstance(change, Steps)), default=0)
    before = [
        change
        for change in changes[last:]
        if not (isinstance(change, Edit) and (change.name, change.place) == (edit.name, edit.place))
    ]
    value = round(min(LARGEST, max(-LARGEST, edit.value)), DIGITS) + 0.0  # no negative zero
    after = (*changes[:last], *before, replace(edit, value=value))
    return after if len(after) <= MOST_CHANGES else changes


def stepped(changes: Changes, rate: float) -> Changes:
    """One step more, unless there are as many as there may be."""
    if steps_in(changes) >= MOST_STEPS:
        return changes
    *before, last = changes or (None,)
    if isinstance(last, Steps) and last.rate == rate:
        return (*before, replace(last, count=last.count + 1))
    return (*changes, Steps(1, rate)) if len(changes) < MOST_CHANGES else changes


def steps_in(changes: Sequence[Change]) -> int:
    return sum(change.count for change in changes if isinstance(change, Steps))


def are_possible(changes: Sequence[Change], n_in: int, n_out: int) -> bool:
    """Whether the numbers are there, and all is within its bounds."""
    shapes = {"w": (n_in, n_out), "b": (n_out,), "x": (n_in,)}
    return (
        len(changes) <= MOST_CHANGES
        and steps_in(changes) <= MOST_STEPS
        and all(
            change.rate in RATES and change.count > 0
            if isinstance(change, Steps)
            else _is_possible(change, shapes[change.name])
            for change in changes
        )
    )


def _is_possible(edit: Edit, shape: tuple[int, ...]) -> bool:
    return (
        len(edit.place) == len(shape)
        and all(0 <= at < size for at, size in zip(edit.place, shape, strict=True))
        and abs(edit.value) <= LARGEST  # which NaN is not
    )


def lines(changes: Sequence[Change]) -> tuple[str, ...]:
    """The lines of a program that do this."""
    written: list[str] = []
    for edits, several in groupby(changes, lambda change: isinstance(change, Edit)):
        if edits:
            set_anew = [change.line for change in several if isinstance(change, Edit)]
            written += ["", *source_text.under("with torch.no_grad():", *set_anew)]
        else:
            written += [line for change in several for line in _step_lines(change)]
    return (*written, "") if written else ()


def _step_lines(steps: Change) -> tuple[str, ...]:
    assert isinstance(steps, Steps)  # noqa: S101  as lines() has grouped them
    descent = [f"{name} -= {steps.rate:g} * {name}.grad" for name in ("w", "b")]
    return (
        "",
        *source_text.under(
            f"for step in range({steps.count}):",
            *source_text.FORWARD,
            "loss.backward()",
            *source_text.under("with torch.no_grad():", *descent),
            "w.grad = b.grad = None",
        ),
    )
