"""run(source): execute a small PyTorch program safely, and keep what each statement did."""

from collections.abc import Callable, Hashable

from autograd_explorer.in_process import run_in_process
from autograd_explorer.isolated import run_isolated
from autograd_explorer.language.budget.limits import DEFAULT, Limits
from autograd_explorer.records import Run


def run(
    source: str,
    limits: Limits = DEFAULT,
    report: Callable[[int], object] | None = None,
    *,
    isolated: bool = False,
    reader: Hashable = None,
    clues: bool = True,
) -> Run:
    """Execute a program and keep what it did. Never raises for what the program does.

    The caller's grad mode, the default generator and every other process-wide setting are
    left alone; torch.manual_seed seeds a generator of this run's own.

    report    is called with the number of loop turns so far, every few turns. It may raise StopRun
              to end the run there; anything else that it raises ends the run as well, and is passed
              on
    isolated  run it in a process of its own, which can open no file and no connection, and whose
              crash is an answer: for every program that somebody else wrote
    reader    for whom, if isolated: where programs have to wait for one another, those of readers
              whose programs took little time lately come first
    clues     gather what diagnose() has to know. Without it a run takes less time, and diagnose()
              has nothing to say of gradients that are missing; one that is isolated always gathers
    """
    if isolated:
        return run_isolated(source, limits, report, reader)
    return run_in_process(source, limits, report, clues=clues)
