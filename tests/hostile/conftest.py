"""Every hostile program is run once, three at a time, before the first test asks how one ended."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import autograd_explorer as ax
from autograd_explorer.process import compact_heap, give_back
from tests.hostile.corpus import corpus

AT_ONCE = 3  # what does not end takes wall time alone, and a pool has three places on two cores
SECONDS = 1.0  # instead of five: what would go on for ever does not in one either
STACK = 8 * 2**20  # of a thread, as on a server


@dataclass(frozen=True)
class Answered:
    """.run, or what ax.run raised as .raised; .seconds it took"""

    run: ax.Run | None
    raised: str
    seconds: float


def megabytes():
    """What this process holds."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 / 2**20 if statm.exists() else 0.0


def answer_of(source, seconds=SECONDS):
    begun = time.monotonic()
    try:
        run, raised = ax.run(source, ax.Limits(seconds=seconds), isolated=True), ""
    except BaseException as error:  # run never raises
        run, raised = None, f"{type(error).__name__}: {error}"[:300]
    return Answered(run, raised, time.monotonic() - begun)


@pytest.fixture(scope="session")
def answers():
    """How each program of the corpus was answered, by its name; and by "grown", how many megabytes
    this process holds more after all of them."""
    compact_heap()  # as in boot.py
    threading.stack_size(STACK)
    ax.run(ax.Problem().source, isolated=True)
    give_back()
    before = megabytes()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(pool.map(lambda h: (h.name, described(answer_of(h.source))), corpus()))
    threading.stack_size(0)
    give_back()
    return found | {"grown": megabytes() - before}


def described(answered):
    """What the tests ask for. The run itself is let go of: the corpus has hundreds of them."""
    run, error = answered.run, answered.run.error if answered.run else None
    return {
        "raised": answered.raised,
        "seconds": answered.seconds,
        "kind": error.kind if error else None,
        "key": error.key if error else None,
        "type": error.type if error else None,
        "line": error.line if error else None,
        "printed": run.printed[:2000] if run else "",
    }
