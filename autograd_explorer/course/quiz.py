"""A question whose answer a run knows: options, which one is right, and why each is or is not.

Only facts and keys; the words are in texts/.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """.label  what can be chosen, as code; "" for "none of them"
    .why    the key of its explanation, .facts the numbers in it
    .words  the key of what can be chosen, where that is no code; the facts are in it, too
    .place  what of the figure can be chosen instead, as a drawing reports it; "" for nothing
    """

    label: str
    right: bool
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)
    words: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """.key  the key of the question, .facts the numbers in it; exactly one option is right"""

    key: str
    options: tuple[Option, ...]
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def answer(self) -> Option:
        return next(option for option in self.options if option.right)
