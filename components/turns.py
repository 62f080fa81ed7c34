"""Few reruns at a time. Threads that all want Python's one lock spend themselves on waiting for
it: 200 sessions that moved a dial every 4 s got a third of the reruns that they get in turns.
"""

import functools
import threading
from collections.abc import Callable

import streamlit as st

# More than one, for PyTorch gives the lock back while it computes, and a long program must not
# keep everybody waiting.
AT_ONCE = 2
_turns = threading.BoundedSemaphore(AT_ONCE)


def fragment(page: Callable[[], None]) -> Callable[[], None]:
    """A page as one fragment that waits for its turn: a moving dial reruns this, not the frame."""

    @functools.wraps(page)
    def in_turn() -> None:
        with _turns:
            page()

    return st.fragment(in_turn)
