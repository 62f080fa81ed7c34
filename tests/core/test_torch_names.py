"""Every public function and class of PyTorch is one that a program may use, or one that
refused_names.py gives a reason for."""

import importlib
import inspect
import types
from fnmatch import fnmatchcase

import pytest

from autograd_explorer.language.library.table import NAMES, STANDARD
from tests.core.refused_names import REFUSED

MODULES = (
    "torch", "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.nn.utils",
    "torch.nn.utils.rnn", "torch.nn.utils.parametrizations", "torch.nn.utils.parametrize",
    "torch.nn.utils.prune", "torch.linalg", "torch.fft", "torch.special", "torch.distributions",
    "torch.autograd", "torch.autograd.functional", "torch.autograd.graph",
    "torch.autograd.forward_ad", "torch.func", "torch.optim", "torch.optim.lr_scheduler",
    "torch.optim.swa_utils",
)  # fmt: skip
PATTERNS = {pattern: why for why, text in REFUSED.items() for pattern in text.split()}


def public_names(path):
    """What a module offers to call: its own functions and classes, and none of Python's or of
    another part of PyTorch's that it has imported."""
    module = importlib.import_module(path)
    for name in sorted({*getattr(module, "__all__", ()), *dir(module)}):
        value = getattr(module, name, None)
        if name[0] == "_" or not callable(value) or isinstance(value, types.ModuleType):
            continue
        home = getattr(value, "__module__", None) or path
        if inspect.isclass(value):
            # torch itself has some two hundred classes of its compiler's.
            if path == "torch" or not home.startswith(path):
                continue
        elif not home.startswith("torch") or (
            inspect.isfunction(value) and home.startswith("typing")
        ):
            continue
        yield f"{path}.{name}"


def matching(name):
    return [pattern for pattern in PATTERNS if fnmatchcase(name, pattern)]


@pytest.mark.parametrize("path", MODULES)
def test_a_name_is_allowed_or_refused_with_a_reason(path):
    missing = [
        name
        for name in public_names(path)
        if name not in NAMES and name not in STANDARD.modules and not matching(name)
    ]

    assert missing == []


def test_no_reason_is_given_for_nothing():
    refused = {
        pattern
        for path in MODULES
        for name in public_names(path)
        if name not in NAMES
        for pattern in matching(name)
    }

    assert set(PATTERNS) == refused
