"""The examples in the docstrings of the installed PyTorch, as programs.

Each is what a reader would copy from one documentation page: all its lines behind `>>>`, one after
another, behind the imports that the pages take for granted.
"""

import doctest
import importlib
import inspect

MODULES = (
    "torch.autograd", "torch.autograd.functional", "torch.autograd.graph",
    "torch.autograd.forward_ad", "torch.autograd.function", "torch.func", "torch.nn",
    "torch.nn.functional", "torch.nn.init", "torch.nn.utils", "torch.nn.utils.rnn",
    "torch.nn.utils.parametrize", "torch.nn.utils.parametrizations", "torch.nn.utils.prune",
    "torch.optim", "torch.optim.lr_scheduler", "torch.optim.swa_utils",
)  # fmt: skip
QUICK = ("torch.autograd", "torch.func")  # the others take minutes
# What the pages take for granted.
HEAD = """\
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import math
from torch import autograd
from torch.autograd import Function
import torch.autograd.forward_ad as fwAD
import torch.nn.utils.prune as prune
torch.manual_seed(0)
model = nn.Linear(2, 2)
optimizer = optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
train = validate = lambda *given: torch.tensor(0.5)
"""
_PARSER = doctest.DocTestParser()


def programs():
    """Every example by its name."""
    found = {}
    for path in MODULES:
        module = importlib.import_module(path)
        listed = getattr(module, "__all__", None) or dir(module)
        for name in sorted({*listed, *dir(module)}):
            part = getattr(module, name, None)
            if name[0] == "_" or not callable(part):
                continue
            home = getattr(part, "__module__", None) or path
            if not home.startswith("torch") or home == "torch.overrides":
                continue
            if inspect.isclass(part) and part.__name__ == "Tensor":
                continue
            whole = f"{path.removeprefix('torch.')}.{name}"
            _add(found, whole, part, f"from {path} import {name}\n")
            if inspect.isclass(part):
                for inner, member in sorted(vars(part).items()):
                    if inner[0] != "_" and callable(member):
                        _add(found, f"{whole}.{inner}", member, f"from {path} import {name}\n")
    return found


def _add(found, name, part, named):
    text = inspect.getdoc(part) or ""
    try:
        lines = [example.source for example in _PARSER.get_examples(text)]
    except ValueError:  # not indented as doctest wants it
        return
    if lines and not any("".join(lines) in source for source in found.values()):
        found[name] = HEAD + named + "".join(lines)
