"""A matrix as it travels to a browser: base64 of little-endian numbers, with its shape."""

import base64
import math
from typing import Any

import numpy as np

from autograd_explorer.records import Array


def pack(values: Array) -> dict[str, Any]:
    """Rows, columns and values; more than two dimensions are stacked row upon row.

    As float32 where that holds every number of the array's type: a float64 of 1e300 would arrive
    as infinite, and an integer of nine digits as another one. Of complex numbers, the magnitudes.
    """
    cells = np.atleast_2d(values)
    # Not -1: of no numbers at all NumPy cannot tell how many rows they are.
    cells = real(cells.reshape(math.prod(cells.shape[:-1]), cells.shape[-1]))
    wide = not np.can_cast(cells.dtype, np.float32)
    sent = base64.b64encode(cells.astype("<f8" if wide else "<f4").tobytes()).decode("ascii")
    built = {"rows": cells.shape[0], "cols": cells.shape[1], "values": sent}
    return built | {"wide": True} if wide else built


def real(values: Array) -> Array:
    """What can be drawn of numbers: themselves, or the magnitudes of complex ones."""
    if not np.iscomplexobj(values):
        return values
    with np.errstate(over="ignore"):
        sizes: Array = np.abs(values)
    return sizes


def glyph(value: float) -> str:
    """How a number is marked that is not finite, as matrix.js does; "" for a finite one."""
    if math.isfinite(value):
        return ""
    return "NaN" if math.isnan(value) else "+∞" if value > 0 else "−∞"


def peak_of(values: Array) -> float:
    """The largest finite magnitude; 0 if there is none."""
    sizes = np.abs(real(values).astype(np.float64))
    return float(sizes[np.isfinite(sizes)].max(initial=0.0))


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as Python prints it; a scalar's stays visible."""
    return str(tuple(shape))


def build_matrix(name: str, values: Array) -> dict[str, Any]:
    """One matrix with a scale of its own; of complex numbers the magnitudes, which is said."""
    return {
        "name": f"|{name}|" if np.iscomplexobj(values) else name,
        "tone": "",
        "shape": shape_text(values.shape),
        "vector": values.ndim < 2,
        "peak": peak_of(values),
        **pack(values),
    }
