"""Run a program in a process of its own: the worker's side, which workers.worker calls."""

import gc
import json
import os
import sys
from collections.abc import Callable

import torch

from autograd_explorer.course.problem import Problem
from autograd_explorer.in_process import run_in_process
from autograd_explorer.language.budget.limits import DEFAULT, Limits
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.records import Failure, run_without_values
from autograd_explorer.wire import TooLarge, packed
from autograd_explorer.workers import SharedPage

_WITH_A_MODULE = """import torch
model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU())
model(torch.ones(1, 2)).sum().backward()
torch.optim.SGD(model.parameters(), lr=0.1).step()
print(f"{torch.ones(2)}")
"""


# Python's frames, of which an interpreted call takes some 17. Calls that stand 500 deep in one
# another take at most 2 MB of the process's stack, which has 8 as a rule, but one on Windows.
_DEEPEST = 20_000 if os.name == "posix" else 1000


def warm_up() -> None:
    """What the first program of a process would load or touch is there afterwards."""
    sys.setrecursionlimit(_DEEPEST)
    torch.set_num_threads(1)
    torch.set_warn_always(True)
    load_deferred_imports()
    for source in (Problem().source, _WITH_A_MODULE):
        packed(run_in_process(source, DEFAULT))


def work(request: bytes, page: SharedPage, report: Callable[[int], object]) -> bytes:
    """Run the program that the request holds; the Run, packed."""
    asked = json.loads(request)
    run = run_in_process(asked["source"], Limits(**asked["limits"]), report, page)
    try:
        return packed(run)
    except (TooLarge, MemoryError) as error:
        size = str(error)
    line = run.error.line if run.error else max(page.read()[0], 1)
    stop = Failure(line, 1, "LimitReached", size, "limit", "kept_bytes")
    printed = run.printed
    del run
    gc.collect()
    return packed(run_without_values(asked["source"], printed, stop))
