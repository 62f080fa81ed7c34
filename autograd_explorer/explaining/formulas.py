"""PyTorch's own derivative formulas, read from the derivatives.yaml that ships with torch."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

_FILE = ("packaged", "autograd", "derivatives.yaml")
_NOT_DIFFERENTIABLE = ("not_differentiable", "non_differentiable")
_NOT_INPUTS = ("name", "dispatch", "output_differentiability", "result")


@dataclass(frozen=True, slots=True)
class Formula:
    """One entry of derivatives.yaml.

    .signature    the ATen function, "mm(Tensor self, Tensor mat2) -> Tensor"
    .derivatives  {forward input: text of the formula for its gradient}
    .entry        the entry's name, "squeeze.dim"
    """

    signature: str
    derivatives: MappingProxyType[str, str]
    entry: str


def formula(node_name: str) -> Formula | None:
    """PyTorch's formula for a node such as "MmBackward0"; None if the file has no entry.

    Source:  torchgen/packaged/autograd/derivatives.yaml in the installed torch
    """
    return by_node_name().get(node_name)


@cache
def by_node_name() -> dict[str, Formula]:
    """Node name → formula.

    A node is named after its function and numbered in the order of the file: the fifth entry
    among squeeze, squeeze.dim, squeeze.dims, squeeze_, squeeze_.dim is SqueezeBackward4.
    Entries without a derivative take no number; those for another dispatch key carry its name.
    """
    text = resources.files("torchgen").joinpath(*_FILE).read_text(encoding="utf-8")
    taken: Counter[str] = Counter()
    found = {}
    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is 20 times as fast
    for item in yaml.load(text, Loader=safe):  # noqa: S506
        for key, definition in item.get("dispatch", {"Default": item}).items():
            derivatives = _derivatives(definition)
            if not derivatives:
                continue
            entry = item["name"].partition("(")[0]
            prefix = _class_prefix(entry) + ("" if key == "Default" else key)
            found[f"{prefix}{taken[prefix]}"] = Formula(
                item["name"], MappingProxyType(derivatives), entry
            )
            taken[prefix] += 1
    return found


def _class_prefix(entry: str) -> str:
    words = entry.partition(".")[0].split("_")
    return ("".join(word.title() for word in words) + "Backward").replace(
        "ForwardBackward", "Backward"
    )


def _derivatives(definition: dict[str, Any]) -> dict[str, str]:
    """Input → formula; an entry may name several inputs at once ("mat1, mat2: …")."""
    return {
        name.strip(): str(text).strip()
        for names, text in definition.items()
        if names not in _NOT_INPUTS and str(text).strip() not in _NOT_DIFFERENTIABLE
        for name in names.split(",")
    }
