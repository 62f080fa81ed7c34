"""Execute a small PyTorch program in this process, and keep what each statement did."""

import logging
from collections.abc import Callable
from dataclasses import replace

import torch

from autograd_explorer.errors import LimitReached, Refused, StopRun
from autograd_explorer.language import parsing
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.budget.limits import Limits
from autograd_explorer.language.crossing import is_data
from autograd_explorer.language.interpreter import Interpreter
from autograd_explorer.language.library.running_texts import OF_TEXTS
from autograd_explorer.language.library.table import STANDARD
from autograd_explorer.notebook_lines import parse, skipped
from autograd_explorer.process.heap import collected_seldom, give_back
from autograd_explorer.recording.recorder import Recorder
from autograd_explorer.recording.room import Witness
from autograd_explorer.records import Failure, Run

# What PyTorch says when the system gives it no more memory for a tensor, or for anything else.
_NO_MEMORY = "DefaultCPUAllocator: can't allocate memory", "std::bad_alloc"
_LOG = logging.getLogger(__name__)


def run_in_process(
    source: str,
    limits: Limits,
    report: Callable[[int], object] | None = None,
    witness: Witness | None = None,
    clues: bool = True,
) -> Run:
    """autograd_explorer.run, in the process that calls it.

    witness  told of each line and of all that is printed, before anything else happens
    """
    with collected_seldom():
        return _run(source, Budget(limits), report, witness, clues)


def _run(
    source: str,
    budget: Budget,
    report: Callable[[int], object] | None,
    witness: Witness | None,
    clues: bool,
) -> Run:
    limits = budget.limits
    recorder = Recorder(budget, is_data, witness, clues)
    interpreter = Interpreter(budget, STANDARD, recorder, report)
    failure = None
    try:
        body = parsing.program(source, limits, parse)
        # A run starts as a fresh Python process would, whatever the calling thread is doing.
        for line, command in skipped(source).items():
            recorder.hear(line, "IPython", command)
        with torch.inference_mode(False), torch.enable_grad():
            interpreter.execute(body)
    except SyntaxError as error:
        own = error.filename != OF_TEXTS  # the line of a text that is run is none of the program's
        line = (error.lineno or 1) if own else interpreter.state.line
        failure = Failure(line, error.offset or 1, type(error).__name__, error.msg, kind="syntax")
    except Refused as error:
        failure = interpreter.failure(error, error.subject, "refused", error.key)
    except LimitReached as error:
        failure = interpreter.failure(error, error.subject, "limit", error.key)
    except StopRun as error:
        failure = interpreter.failure(error, "", "ended", "stopped")
    except SystemExit as error:
        if error.code not in (None, 0):
            failure = interpreter.failure(error, str(error.code)[:1000], "torch")
    except (RecursionError, MemoryError) as error:
        deep = isinstance(error, RecursionError)
        most = budget.call_depth if deep else limits.total_bytes
        stop = LimitReached("call_depth" if deep else "total_bytes", f"{most:,}")
        failure = interpreter.failure(stop, stop.subject, "limit", stop.key)
    except Exception as error:
        words = _words_of(error, budget)
        if any(said in words for said in _NO_MEMORY):
            stop = LimitReached("total_bytes", f"{limits.total_bytes:,}")
            failure = interpreter.failure(stop, stop.subject, "limit", stop.key)
        else:
            failure = interpreter.failure(error, words, "torch")
    if witness is not None:
        witness.over()
    try:
        kept = recorder.finish(source, failure)
    except Exception as error:  # what the program holds can be held, but not copied
        _LOG.warning("a run could not be kept: %s", type(error).__name__)
        kept = recorder.give_up(source, failure)
    if interpreter.belongings.drawing is not None:
        kept = replace(kept, figures=interpreter.belongings.drawing.finish())
    if budget.took_much:
        del interpreter, recorder
        give_back()
    return kept


def _words_of(error: Exception, budget: Budget) -> str:
    """An exception's message. A program's own exception may have an own __str__, which may fail."""
    try:
        budget.weigh(error, shown=True)
        return str(error)
    except Exception:
        return ""
