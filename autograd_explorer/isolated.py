"""Run a program in a process of its own, and say what became of it: the server's side."""

import json
import logging
import signal
from collections.abc import Callable, Hashable
from dataclasses import asdict

from autograd_explorer.errors import StopRun
from autograd_explorer.language.budget.limits import Limits
from autograd_explorer.records import Failure, Run, run_without_values
from autograd_explorer.wire import unpacked
from autograd_explorer.wire_checks import BadMessage
from autograd_explorer.workers import Answer, Ending, GiveUp, Pool

_LOG = logging.getLogger(__name__)
# Seconds beyond its limit in which a program may still end by itself; and more, once it has ended,
# in which what it did is packed: that is nothing of the program's any more.
_GRACE, _PACKING = 0.8, 5.0
_POOL = Pool("autograd_explorer.isolated_job")


def prepare_workers() -> None:
    """Have processes made ready for isolated runs, without waiting for them."""
    _POOL.prepare()


def run_isolated(
    source: str,
    limits: Limits,
    report: Callable[[int], object] | None = None,
    reader: Hashable = None,
) -> Run:
    """autograd_explorer.run, in a process of its own."""
    request = json.dumps({"source": source, "limits": asdict(limits)}).encode()

    def tell(turns: int) -> None:
        try:
            if report is not None:
                report(turns)
        except StopRun as stop:
            raise GiveUp from stop

    answer = _POOL.ask(request, limits.seconds + _GRACE, reader, tell, _PACKING)
    if answer.ending is Ending.ANSWERED:
        try:
            return unpacked(answer.payload, source)
        except BadMessage as error:
            _LOG.error("a worker answered with what is no run: %s", error)
            answer = Answer(Ending.CRASHED)
    failure = _failure(answer, limits)
    return run_without_values(source, answer.printed, failure)


def _failure(answer: Answer, limits: Limits) -> Failure:
    match answer.ending:
        case Ending.TOO_LONG:
            seconds = f"{limits.seconds:g}"
            return Failure(answer.line, 1, "LimitReached", seconds, "limit", "seconds")
        case Ending.CRASHED:
            return Failure(answer.line, 1, name_of_signal(answer.signal), "", "ended", "signal")
        case Ending.GIVEN_UP:
            return Failure(answer.line, 1, "StopRun", "", "ended", "stopped")
        case Ending.KILLED:
            return Failure(answer.line, 1, name_of_signal(answer.signal), "", "ended", "killed")
        case _:
            return Failure(0, 1, "TimeoutError", "", "ended", "no_worker")


def name_of_signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "exit"
