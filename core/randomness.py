"""Random numbers of one run: the same as a fresh process would draw, and nobody else's business.

Most functions take a generator. Those that do not, such as the initialisation of nn.Linear,
draw from the process's default generator. It is lent this run's state for as long as they need
and put back as it was; one lock keeps runs from borrowing it at the same time.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from core.pauses import pausing

_DEFAULT_IN_USE = threading.RLock()


@contextmanager
def exclusive(wanted: bool) -> Iterator[None]:
    """One run at a time in the block, for what PyTorch keeps process-wide while it works."""
    if not wanted:
        yield
        return
    with _DEFAULT_IN_USE, pausing(None):
        yield


class Randomness:
    """.generator is where this run's random numbers come from just now."""

    def __init__(self) -> None:
        self.generator = torch.Generator()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """The process's default generator continues this run's numbers inside the block."""
        default = torch.default_generator
        if self.generator is default:
            yield
            return
        with _DEFAULT_IN_USE, pausing(None):
            own, before = self.generator, default.get_state()
            default.set_state(own.get_state())
            self.generator = default
            try:
                yield
            finally:
                own.set_state(default.get_state())
                self.generator = own
                default.set_state(before)
