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
QUICK = ("torch.autograd", "torch.func", "torch.optim")
HEAD = """\
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import math
from torch import autograd
torch.manual_seed(0)
"""
_PARSER = doctest.DocTestParser()


def programs():
    """Every example by its name."""
    found = {}
    for path in MODULES:
        module = importlib.import_module(path)
        listed = getattr(module, "__all__", None) or dir(module)
        names = {*listed, *(n for n in dir(module) if n[0] != "_")}
        for name in sorted(names):
            part = getattr(module, name, None)
            if not (inspect.isclass(part) or callable(part)):
                continue
            if not getattr(part, "__module__", path or "").startswith("torch"):
                continue
            whole = f"{path.removeprefix('torch.')}.{name}"
            _add(found, whole, part)
            if inspect.isclass(part):
                for inner, member in sorted(vars(part).items()):
                    if inner[0] != "_" and callable(member):
                        _add(found, f"{whole}.{inner}", member)
    return found


def _add(found, name, part):
    text = inspect.getdoc(part) or ""
    try:
        lines = [example.source for example in _PARSER.get_examples(text)]
    except ValueError:  # not indented as doctest wants it
        return
    source = HEAD + "".join(lines)
    if lines and source not in found.values():
        found[name] = source
