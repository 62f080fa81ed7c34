"""What recording costs: the forward pass timed with and without it."""

import statistics
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from core.views import Run

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


def measure_recording(run: Run) -> RecordingCost:
    """Time the forward pass of a Problem's run, now, on this machine.

    Raises:  KeyError, when the run has no x, y, w or b
    """
    x, y, w, b = (torch.tensor(run.tensor(name).values) for name in ("x", "y", "w", "b"))
    w.requires_grad_()
    b.requires_grad_()

    def seconds(recording: bool) -> float:
        start = time.perf_counter()
        with torch.set_grad_enabled(recording):
            for _ in range(CALLS_IN_A_ROUND):
                F.binary_cross_entropy_with_logits(torch.matmul(x, w) + b, y)
        return time.perf_counter() - start

    seconds(True), seconds(False)  # the first calls pay for what later ones find ready
    recorded, unrecorded = [], []
    for _ in range(ROUNDS):
        recorded.append(seconds(True))
        unrecorded.append(seconds(False))
    ratios = [a / b for a, b in zip(recorded, unrecorded, strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4)
    return RecordingCost(
        statistics.median(recorded) / statistics.median(unrecorded), low, high, ROUNDS
    )
