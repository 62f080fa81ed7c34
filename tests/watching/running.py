"""Runs a program as plain Python does, watched or not."""

import random
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

import autograd_explorer as ax

SCRIPTS = sorted(Path(__file__).with_name("scripts").glob("*.py"))


def execute(path, source=None):
    """The variables that a program leaves, and the error that ended it."""
    variables = {"__name__": "__main__", "__file__": str(path)}
    error = None
    try:
        code = compile(source or path.read_text(encoding="utf-8"), str(path), "exec")
        exec(code, variables)  # noqa: S102
    except Exception as caught:
        error = caught
    return SimpleNamespace(variables=variables, error=error)


def watched(path, source=None, **options):
    """What watch() has seen of a program, and what the program left."""
    caught = None
    left = SimpleNamespace(variables={}, error=None)
    try:
        with ax.watch(**options) as seen:
            left = execute(path, source)
            if left.error is not None:
                raise left.error
    except Exception as error:
        caught = error
    assert caught is left.error
    return seen, left


def random_state():
    """The states of the three generators that a program may draw from."""
    kind, numbers, *rest = np.random.get_state()
    return torch.get_rng_state().tolist(), random.getstate(), (kind, numbers.tolist(), *rest)


def gradients(variables):
    """The gradients of all tensors and modules that a program's variables hold, by name."""
    found = {}
    for name, value in variables.items():
        if isinstance(value, torch.nn.Module):
            for path, parameter in value.named_parameters():
                found[f"{name}.{path}"] = parameter.grad
        elif isinstance(value, torch.Tensor) and value.is_leaf:
            found[name] = value.grad
    return {name: grad for name, grad in found.items() if grad is not None}
