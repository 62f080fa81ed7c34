"""What every lesson of the course says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograd_explorer.course.sketch import Sketch
from autograd_explorer.records import Run

SWITCH = ("off", "on")


@dataclass(frozen=True, slots=True)
class Choice:
    """A dial of one lesson.

    .values  what it may say, as the address spells it
    .usual   what it says at first: the first value, if nothing else is named; "" for nothing
    """

    values: tuple[str, ...]
    usual: str | None = None

    def __post_init__(self) -> None:
        if self.usual is None:
            object.__setattr__(self, "usual", self.values[0])


@dataclass(frozen=True, slots=True)
class Lesson:
    """.place    in the course, from 1
    .choices  its own dials, by the key that the address has
    .program  makes its program as it is at first; .sketch what stands on its card, from a run of it
    .minutes  that it takes, about
    .counted  whether it is one of the lessons that lead on to one another; else it is an appendix
    """

    place: int
    choices: Mapping[str, Choice] = field(default_factory=dict)
    program: Callable[[], str] | None = None
    sketch: Callable[[Run], Sketch] | None = None
    minutes: int = 2
    counted: bool = True
