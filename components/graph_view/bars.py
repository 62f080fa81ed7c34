"""How large gradients are: of one node, or of all edges that lead into a box, taken together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array
from components.graph_view.clock import Clock
from components.graph_view.describe import norm

_SMALL = 64  # numbers not worth a call of NumPy each
_RANGE = 8  # powers of ten below the strongest at which a bar has no length left


@dataclass(slots=True)
class Measure:
    """Of all numbers of one or several gradients together: the sum of their squares, how many there
    are, how many of them are 0, and whether any is NaN or infinite: "nan", "inf" or "". Measures of
    gradients that lie apart add up."""

    squares: float = 0.0
    size: int = 0
    zeros: int = 0
    nonfinite: str = ""

    @property
    def norm(self) -> float:
        return math.sqrt(self.squares)

    def add(self, other: "Measure") -> None:
        self.squares += other.squares
        self.size += other.size
        self.zeros += other.zeros
        if other.nonfinite and self.nonfinite != "nan":
            self.nonfinite = other.nonfinite


_NOTHING = Measure()


def measures(arrays: Sequence[Array | None], clock: Clock) -> list[Measure]:
    """Of each array; of None, and of an empty one, nothing.

    Small ones are taken together: one at a time, those of 500,000 edges would take seconds.
    """
    found: list[Measure] = []
    for several in clock.parts(arrays):
        start = len(found)
        found += [_NOTHING] * len(several)
        small = []
        for at, array in enumerate(several, start):
            if array is None or array.size == 0:
                continue
            if array.size > _SMALL or hasattr(array, "summary"):
                found[at] = measure(array)
            else:
                small.append((at, array.ravel()))
        if small:
            for (at, _), own in zip(small, _measured_together([a for _, a in small]), strict=True):
                found[at] = own
    return found


def _measured_together(arrays: Sequence[Array]) -> list[Measure]:
    starts = np.cumsum([0, *(len(values) for values in arrays[:-1])])
    sizes = np.abs(np.concatenate(arrays)).astype(np.float64)
    finite = np.isfinite(sizes)
    with np.errstate(over="ignore"):
        squares = np.add.reduceat(np.where(finite, sizes, 0.0) ** 2, starts)
    zeros = np.add.reduceat((sizes == 0).astype(np.int64), starts)
    nans, odd = (
        np.add.reduceat(flags.astype(np.int64), starts) for flags in (np.isnan(sizes), ~finite)
    )
    return [
        Measure(square, len(values), zero, "nan" if nan else "inf" if not_finite else "")
        for square, values, zero, nan, not_finite in zip(
            squares.tolist(), arrays, zeros.tolist(), nans.tolist(), odd.tolist(), strict=True
        )
    ]


def measure(array: Array | None) -> Measure:
    """Of one array; of a sample, what is known of all elements of its tensor. The squares are those
    of finite numbers."""
    if array is None or array.size == 0:
        return _NOTHING
    known = getattr(array, "summary", None)
    if known is not None:
        zeros = round(known.zeros * known.size)
        return Measure(_square(known.norm), known.size, zeros, ax.nonfinite(array))
    odd = ax.nonfinite(array)
    own = norm(np.where(np.isfinite(array), array, 0) if odd else array)
    return Measure(_square(own), array.size, int(array.size - np.count_nonzero(array)), odd)


def _square(own: float) -> float:
    return own * own if math.isfinite(own) else 0.0


def bar(own: Measure, strongest: float) -> dict[str, Any]:
    """What is drawn of a measure: .long, 0 to 1, on a scale of powers of ten that ends at the
    strongest; .zeros, the share of zeros."""
    if not own.size:
        return {}
    share = own.norm / strongest if strongest else 0.0
    long = max(0.03, 1 + math.log10(share) / _RANGE) if 0 < share < math.inf else float(share > 0)
    drawn: dict[str, Any] = {
        "long": round(min(1.0, long), 3),
        "zeros": round(own.zeros / own.size, 3),
    }
    return drawn | ({"nonfinite": own.nonfinite} if own.nonfinite else {})
