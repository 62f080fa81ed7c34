"""Random numbers of one run: the same as a fresh process would draw, and nobody else's business.

Most functions take a generator. Those that do not, such as the initialisation of nn.Linear,
draw from the process's default generator. It is lent this run's state for as long as they need
and put back as it was; one lock keeps runs from borrowing it at the same time.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

DEFAULT_IN_USE = threading.RLock()


@contextmanager
def exclusive() -> Iterator[None]:
    """One run at a time in the block, for what PyTorch keeps process-wide while it works."""
    with DEFAULT_IN_USE:
        yield


class Randomness:
    """Where a run's random numbers come from.

    .own  the run's generator. A program may hold it, so it never is the process's: inside lent()
          its state is with the default generator, which no program gets to see.
    """

    def __init__(self) -> None:
        self.own = torch.Generator()
        self._lent = False

    def seed(self, seed: int) -> torch.Generator:
        """torch.manual_seed"""
        self.source_of(self.own).manual_seed(seed)
        return self.own

    def source_of(self, generator: torch.Generator) -> torch.Generator:
        """What has a generator's state just now."""
        return torch.default_generator if self._lent and generator is self.own else generator

    @contextmanager
    def lent(self) -> Iterator[None]:
        """The process's default generator continues this run's numbers inside the block."""
        if self._lent:
            yield
            return
        default = torch.default_generator
        with DEFAULT_IN_USE:
            before = default.get_state()
            default.set_state(self.own.get_state())
            self._lent = True
            try:
                yield
            finally:
                self._lent = False
                self.own.set_state(default.get_state())
                default.set_state(before)
