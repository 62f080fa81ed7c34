"""One rerun at a time, in the order of arrival, and a long one in slices.

Threads that all want Python's one lock spend themselves on waiting for it: 200 sessions that
moved a dial every 4 s waited for seconds; in turns they wait for a fraction of one.
"""

import functools
import threading
from collections import deque
from collections.abc import Callable

import streamlit as st

import core
import texts
from components import state
from components.present import show_qr


class Turns:
    """A lock that is handed over in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        mine.wait()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def pass_on(self) -> None:
        """Let everybody who waits just now go first."""
        if self._waiting:
            self.__exit__()
            self.__enter__()


_turns = Turns()


def fragment(page: Callable[[], None]) -> Callable[[], None]:
    """A page as one fragment that waits for its turn: a moving dial reruns this, not the frame."""

    @functools.wraps(page)
    def in_turn() -> None:
        with _turns, core.pausing(_turns.pass_on):
            try:
                page()
            finally:
                state.write_dials()
            if state.shows_qr():
                show_qr(texts.for_page("present", state.language()))

    return st.fragment(in_turn)
