"""Takes any call. Where a program goes on with what a call returns, it is of matplotlib's shape."""

from unittest.mock import MagicMock

import numpy as np


def subplots(nrows=1, ncols=1, *, squeeze=True, **_):
    axes = np.array([[MagicMock() for _ in range(ncols)] for _ in range(nrows)], dtype=object)
    axes = axes.squeeze() if squeeze else axes
    return MagicMock(), axes.item() if axes.ndim == 0 else axes


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return MagicMock()
