"""Random numbers of one run: the same as in a fresh process, whatever other runs draw meanwhile.

Most functions take a generator. Those that do not, such as the initialisation of nn.Linear,
draw from the process's default generator. For the time of such a call it gets the state of this
run's generator, and its own state back afterwards; a lock lets only one run do so at a time.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import torch

DEFAULT_IN_USE = threading.RLock()


@contextmanager
def exclusive() -> Iterator[None]:
    """Only one run at a time executes the block. For functions whose state PyTorch keeps for the
    whole process."""
    with DEFAULT_IN_USE:
        yield


_NOTHING = nullcontext()


class Randomness:
    """The random generator of one run, and the block in which it is lent().

    .own  the run's generator. A program may hold it, so it is never the process's default
          generator. Inside lent() the default generator has its state.
    """

    def __init__(self) -> None:
        self.own = torch.Generator()
        self._lent = False
        self._before: Any = None  # the default generator's state

    def seed(self, seed: int) -> torch.Generator:
        """torch.manual_seed"""
        self.source_of(self.own).manual_seed(seed)
        return self.own

    def source_of(self, generator: torch.Generator) -> torch.Generator:
        """The generator that has this generator's state now: inside lent(), the default
        generator."""
        return torch.default_generator if self._lent and generator is self.own else generator

    def lent(self, draws: bool = True) -> AbstractContextManager[Any]:
        """Inside the block, the process's default generator goes on with this run's numbers; it
        need not where nothing is drawn."""
        return _NOTHING if self._lent or not draws else self

    def __enter__(self) -> None:
        DEFAULT_IN_USE.acquire()
        self._before = torch.default_generator.get_state()
        torch.default_generator.set_state(self.own.get_state())
        self._lent = True

    def __exit__(self, *_: object) -> None:
        self._lent = False
        self.own.set_state(torch.default_generator.get_state())
        torch.default_generator.set_state(self._before)
        DEFAULT_IN_USE.release()
