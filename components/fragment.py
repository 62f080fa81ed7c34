"""A page's body: it waits for its turn, and is drawn again without the frame around it."""

import functools
from collections.abc import Callable

import streamlit as st

from components import address
from components.part import part
from components.server import session
from components.slices import pausing
from components.turns import TURNS


def fragment(page: Callable[[], None]) -> Callable[[], None]:
    """A page as one fragment that waits for its turn: a moving dial reruns this, not the frame."""

    @functools.wraps(page)
    def in_turn() -> None:
        with TURNS.taken(session()), pausing(TURNS.pass_on):
            try:
                with part():
                    page()
            finally:
                address.write_dials()
                address.write_changes()

    return st.fragment(in_turn)
