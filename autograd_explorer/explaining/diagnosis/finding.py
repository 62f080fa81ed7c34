"""What the diagnosis says about one gradient: plain data, which the page turns into sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Status = Literal["arrived", "none", "zero", "nonfinite", "partial", "unexpected"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one gradient, and why.

    .name      the leaf, the path of the parameter ("net.0.weight") or the tensor concerned
    .status    "arrived"; "none" .grad is None; "zero" in every element; "nonfinite" NaN or inf in
               some; "partial" some elements or some paths got nothing; "unexpected" a gradient is
               there and probably not the one that was wanted (added twice, out of date, …)
    .severity  "alarm" for what is a mistake, "fact" for what may be intended
    .cause     the key of the cause, for which texts/*/diagnosis.toml has one cause and one cure
    .line      the line to change, counted from 1, or None
    .facts     the numbers and names with which the words are filled
    .file      where the line stands, of a program that watch() has watched
    """

    name: str
    status: Status
    severity: Literal["alarm", "fact"]
    cause: str
    line: int | None
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""
