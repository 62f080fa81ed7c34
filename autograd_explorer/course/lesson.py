"""What every lesson of the course says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """.place in the course, from 1; .choices its own dials, by the key that the address has"""

    place: int
    choices: Mapping[str, Choice] = field(default_factory=dict)
