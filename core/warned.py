"""The words with which PyTorch warns of reading .grad where there will be none."""

import warnings
from functools import cache

import torch


@cache
def leaf_warning() -> str:
    """What this PyTorch says when .grad of a non-leaf is read, in its own words.

    Asked once, at boot: to catch a warning, the filters of the whole process have to be changed,
    which no session may do while others run.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        _ = (torch.ones(1, requires_grad=True) * 2).grad
    return str(caught[0].message).partition(" (Triggered internally")[0] if caught else ""
