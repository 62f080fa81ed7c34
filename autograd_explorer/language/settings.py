"""Settings that PyTorch keeps for the whole process: default type, print options, anomaly mode.

A run may change them for itself. While it does, no other run goes on in this process, and when it
ends they are as they were. Readers' programs each have a process of their own, so nobody waits.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch.distributions import Distribution

from autograd_explorer.torch_internals import forget_parametrizations, print_options

_change = threading.Condition()
_running = 0
_OF_NUMPY = np.get_printoptions()
_alone: Any = None  # the run that has changed a setting


@contextmanager
def taking_part(run: Any) -> Iterator[None]:
    """The block is a run: it waits for one that has changed settings, and restores them itself."""
    global _running, _alone
    with _change:
        _change.wait_for(lambda: _alone is None)
        _running += 1
    try:
        yield
    finally:
        with _change:
            _running -= 1
            if _alone is run:
                _restore()
                _alone = None
            _change.notify_all()


def be_alone(run: Any) -> bool:
    """Let a run change settings, if no other is going on."""
    global _alone
    with _change:
        if _running > 1:
            return False
        _alone = run
        return True


def _restore() -> None:
    torch.set_default_dtype(torch.float32)
    torch.autograd.set_detect_anomaly(False)
    torch.set_printoptions(profile="default")
    print_options().sci_mode = None  # which the profile leaves as it is
    np.set_printoptions(**_OF_NUMPY)
    Distribution.set_default_validate_args(__debug__)
    forget_parametrizations()
