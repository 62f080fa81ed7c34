"""A key of the address, declared once: how it is read, written, checked and put into words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Generic, TypeVar
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

T = TypeVar("T")
_STREAMLITS = ("embed", "embed_options")


class Scope(IntEnum):
    """How far a value goes along: to every page; over one page; over one graph, and so neither to
    another page nor to another program."""

    EVERYWHERE = 0
    PAGE = 1
    GRAPH = 2


@dataclass(frozen=True, slots=True, eq=False)
class Key(Generic[T]):
    """One key.

    .name     as the address spells it
    .parse    the value that a text stands for; None for a text that is not allowed
    .default  what is meant where the address says nothing
    .allowed  what is allowed, in words for everybody
    .scope    how far it goes along
    .spell    a value as the address spells it
    .rescue   what a text that is not allowed still stands for; else it is the default
    .usual    the default, where it is not the same for everybody
    .last     whether the last of several values counts; else none does
    """

    name: str
    parse: Callable[[str], T | None]
    default: T
    allowed: str
    scope: Scope = Scope.EVERYWHERE
    spell: Callable[[T], str] = str
    rescue: Callable[[str], T] | None = None
    usual: Callable[[], T] | None = None
    last: bool = True

    def given(self) -> list[str]:
        """All that the address says under this name."""
        return [*_address().get(self.name, ())]

    def read(self) -> T:
        """What the address means."""
        given = self.given()
        if given and (self.last or len(given) == 1):
            value = self.parse(given[-1])
            if value is None and self.rescue is not None:
                value = self.rescue(given[-1])
            if value is not None:
                return value
        return self.default if self.usual is None else self.usual()

    def followed(self) -> bool:
        """Whether what the address says can be followed, if it says anything."""
        given = self.given()
        return not given or (len(given) == 1 and self.parse(given[0]) is not None)

    def write(self, value: T) -> None:
        st.query_params[self.name] = self.spell(value)

    def drop(self) -> None:
        st.query_params.pop(self.name, None)


def _address() -> Mapping[str, Sequence[str]]:
    """All that the address says. A page asks some forty times, and what st.query_params has to do
    before it answers took a twentieth of what a moved dial costs the server."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {key: st.query_params.get_all(key) for key in st.query_params}
    return _parsed(context.query_string)


@lru_cache(maxsize=64)
def _parsed(query: str) -> Mapping[str, Sequence[str]]:
    """As st.query_params has it, which leaves out what is Streamlit's own."""
    found = parse_qs(query, keep_blank_values=True)
    return {key: values for key, values in found.items() if key.lower() not in _STREAMLITS}


def rewrite(dropped: Iterable[str], written: Mapping[str, str]) -> None:
    """Change the address in one go: each change would be a step for the browser's Back button."""
    kept = {key: values for key, values in _address().items() if key not in dropped}
    st.query_params.from_dict({**kept, **written})


def one_of(values: Sequence[str]) -> Callable[[str], str | None]:
    return lambda text: text if text in values else None


def whole(numbers: range, digits: int = 10) -> Callable[[str], int | None]:
    """ASCII digits only: int() would also take "１", "1_0" and " 1 "."""

    def parse(text: str) -> int | None:
        number = int(text) if re.fullmatch(rf"[0-9]{{1,{digits}}}", text) else -1
        return number if number in numbers else None

    return parse
