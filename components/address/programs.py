"""The reader's own program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

import autograd_explorer as ax
from components.address.key import Scope, rewrite
from components.address.keys import CODE, EXAMPLE, EXAMPLES, PAGE, names
from components.address.packing import pack

_UNSENT = "program_too_long_for_the_address"


@dataclass(frozen=True, slots=True)
class Program:
    """The program to show: its .source, the .example it is, if it is one unchanged, and whether
    the address holds it (.shared), so that a link brings it back; .is_first where nobody has
    chosen any."""

    source: str
    example: str | None
    shared: bool
    is_first: bool = False


def program(examples: Mapping[str, str], first: str) -> Program:
    """The reader's program: from the address, or what was too long for it, or an example."""
    known = EXAMPLE.read()
    if CODE.given():
        source = CODE.read()
        if source is not None:
            return Program(source, None, True)
    elif known is None and _UNSENT in st.session_state:
        return Program(st.session_state[_UNSENT], None, False)
    is_first = known is None
    if known is None:
        known = next((name for name, text in examples.items() if text == first), None)
    return Program(examples[known] if known else first, known, True, is_first)


def take_program(source: Any, examples: Mapping[str, str]) -> str | None:
    """Write what the editor sent into the address; what was chosen in the old one is gone.

    Returns  the program's text; None if a browser sent what is none
    """
    if not isinstance(source, str):
        return None
    program = source[: ax.DEFAULT.source_chars + 1].replace("\r\n", "\n")
    example = next((name for name, text in examples.items() if text == program), None)
    if example is None:
        _hold(program, names(Scope.GRAPH), {})
    else:
        choose_example(example)
    return program


def choose_example(name: str | None) -> None:
    if name and name not in EXAMPLES:
        return
    st.session_state.pop(_UNSENT, None)
    dropped = (*names(Scope.GRAPH), CODE.name, EXAMPLE.name)
    rewrite(dropped, {EXAMPLE.name: name} if name else {})


def open_in_playground(source: str) -> None:
    _hold(source, names(Scope.PAGE), {PAGE.name: "playground"})


def _hold(source: str, dropped: Iterable[str], written: Mapping[str, str]) -> None:
    """Put a program into the address or, where it is too long for that, into the session."""
    st.session_state.pop(_UNSENT, None)
    packed = pack(source)
    if packed is None:
        st.session_state[_UNSENT] = source
        rewrite((*dropped, CODE.name, EXAMPLE.name), written)
    else:
        rewrite((*dropped, EXAMPLE.name), {**written, CODE.name: packed})
