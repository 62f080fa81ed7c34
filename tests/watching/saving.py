"""Two files of a program that mean no good, and what a saved file holds of a run."""

import base64
import json
import re
import zlib
from types import SimpleNamespace

import torch

import autograd_explorer as ax

MODEL = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 1)
        self.gain = nn.Parameter(torch.ones(1))

    def forward(self, x):
        h = torch.tanh(self.first(x)) * self.gain.item()
        return self.second(h)
"""
SCRIPT = """\
import warnings

# </script></template><script>alert(1)</script><!--
net = Net()
x = torch.arange(6.0).reshape(2, 3)
for step in range(2):
    net.zero_grad()
    out = net(x)
    loss = out.pow(2).mean()
    loss.backward()
warnings.warn("</script></template><img src=x onerror=alert(1)><!--")
"""
NAME = "train <img src=x onerror=alert(1)>.py"


def seen_of(folder, script=SCRIPT, name=NAME, **options):
    """What watch() has seen of two files in a folder, and the variables that they leave."""
    torch.manual_seed(0)
    files = {folder / "model.py": MODEL, folder / name: script}
    left = {"__name__": "program"}
    with ax.watch(**options) as seen:
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
            exec(compile(text, str(path), "exec"), left)  # noqa: S102
    return seen, SimpleNamespace(**left)


def data_of(page):
    """What the browser finds in a saved file."""
    packed = re.search(r'<template id="told">([\w+/=]*)</template>', page)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def changed(old, by):
    """As static/saved/main.js does it."""
    if by is None:
        return old
    how, what = by
    if how == "is":
        return what
    if isinstance(old, list):
        return [changed(one, what.get(str(i))) for i, one in enumerate(old)]
    return {key: changed(one, what.get(key)) for key, one in old.items()}
