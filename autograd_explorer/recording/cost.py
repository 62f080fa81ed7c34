"""What recording costs: the forward pass timed with and without it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from autograd_explorer.recording.trace import record_graph
from autograd_explorer.records import Run

ROUNDS = 60
CALLS_IN_A_ROUND = 10


@dataclass(frozen=True, slots=True)
class RecordingCost:
    """Time of a recorded forward pass over an unrecorded one, measured in turns.

    .ratio      of the two medians
    .low, .high quartiles of the ratio round by round
    .rounds     how many of each
    """

    ratio: float
    low: float
    high: float
    rounds: int


WIDTHS = (8, 32, 128, 512)
LAYERS = 4


@dataclass(frozen=True, slots=True)
class ForwardCost(RecordingCost):
    """The same for a network; .saved_bytes is what recording keeps of one forward pass."""

    saved_bytes: int


def _no_pause() -> bool:
    return False


def measure_forward(
    width: int, report: Callable[[float], object], pause: Callable[[], bool] = _no_pause
) -> ForwardCost:
    """Time a forward pass of LAYERS Linear + Tanh of a width, recorded and not, in turns, now.

    report  is called with the share of the work that is done, from 0 to 1
    pause   is called between rounds, where others may compute; says whether they could
    """
    generator = torch.Generator().manual_seed(0)
    weights = [torch.randn(width, width, generator=generator) / width for _ in range(LAYERS)]
    for weight in weights:
        weight.requires_grad_()
    x = torch.randn(64, width, generator=generator)

    def forward() -> Tensor:
        h = x
        for weight in weights:
            h = torch.tanh(h @ weight)
        return h

    cost = _compare(forward, report, pause)
    saved = record_graph(forward()).saved_bytes
    return ForwardCost(cost.ratio, cost.low, cost.high, cost.rounds, saved)


def measure_recording(run: Run, pause: Callable[[], bool] = _no_pause) -> RecordingCost:
    """Time the forward pass of a Problem's run, now, on this machine.

    pause    is called between rounds, where others may compute; says whether they could
    Raises:  KeyError, when the run has no x, y, w or b
    """
    x, y, w, b = (torch.tensor(run.tensor(name).values) for name in ("x", "y", "w", "b"))
    w.requires_grad_()
    b.requires_grad_()

    def forward() -> Tensor:
        return F.binary_cross_entropy_with_logits(torch.matmul(x, w) + b, y)

    return _compare(forward, lambda share: None, pause)


def _compare(
    forward: Callable[[], Tensor], report: Callable[[float], object], pause: Callable[[], bool]
) -> RecordingCost:
    """Time a forward pass with and without recording, in turns. The first calls are not counted,
    because they fill caches that later calls use; nor is the first call after a pause."""

    def seconds(recording: bool) -> float:
        start = time.perf_counter()
        with torch.set_grad_enabled(recording):
            for _ in range(CALLS_IN_A_ROUND):
                forward()
        return time.perf_counter() - start

    seconds(True), seconds(False)
    recorded, unrecorded = [], []
    for done in range(1, ROUNDS + 1):
        if pause():
            forward()
        recorded.append(seconds(True))
        unrecorded.append(seconds(False))
        if done % 10 == 0:
            report(done / ROUNDS)
    ratios = [a / b for a, b in zip(recorded, unrecorded, strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4)
    return RecordingCost(
        statistics.median(recorded) / statistics.median(unrecorded), low, high, ROUNDS
    )
