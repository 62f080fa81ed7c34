"""Takes any call. Where a program goes on with what a call returns, it is of matplotlib's shape."""

from unittest.mock import MagicMock

import numpy as np


def subplots(nrows=1, ncols=1, *, squeeze=True, **_):
    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(axes.shape):
        axes[place] = MagicMock()
    axes = axes.squeeze() if squeeze else axes
    return MagicMock(), axes.item() if axes.ndim == 0 else axes


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return MagicMock()
