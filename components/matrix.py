"""A matrix as it travels to a browser: base64 of little-endian float32, with its shape."""

import base64
import math
from typing import Any

import numpy as np

from core.views import Array


def pack(values: Array) -> dict[str, Any]:
    """Rows, columns and values; more than two dimensions are stacked row upon row."""
    cells = np.atleast_2d(values)
    # Not -1: of no numbers at all NumPy cannot tell how many rows they are.
    cells = cells.reshape(math.prod(cells.shape[:-1]), cells.shape[-1]).astype("<f4")
    return {
        "rows": cells.shape[0],
        "cols": cells.shape[1],
        "values": base64.b64encode(cells.tobytes()).decode("ascii"),
    }


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as Python prints it; a scalar's stays visible."""
    return str(tuple(shape))


def build_matrix(name: str, values: Array) -> dict[str, Any]:
    """One matrix with a scale of its own; of complex numbers the magnitudes."""
    real = np.abs(values) if np.iscomplexobj(values) else values
    finite = real[np.isfinite(real)]
    return {
        "name": name,
        "tone": "",
        "shape": shape_text(values.shape),
        "vector": values.ndim < 2,
        "peak": float(abs(finite).max(initial=0.0)),
        **pack(real),
    }
