"""What plain Python keeps for a whole process, and a run has for itself: random numbers, names of
files, environment, clock, filters of warnings. Nothing of it outlives the run."""

import random
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor


@dataclass(slots=True, eq=False)
class Belongings:
    """.chance       Python's random numbers, the same ones each time where no seed is set
    .numpy        NumPy's, once they have been asked for
    .files        what torch.save has kept, by the name of its file: live copies, no bytes
    .safe_classes what torch.load may take from a file beside weights
    .texts        what was written to files, by their names; .folders those that were made
    .environment  os.environ, .path sys.path, .argv sys.argv
    .stacks       what may hold context managers that the program has not left
    .stars        modules from which everything was imported
    .written      the modules of library/written/ that it has used, each with its variables
    .drawing      what it has drawn, once it has
    .profiles     what measures, or has measured, with what ends it; see library/profiling.py
    .divergences  what the program has registered by register_kl, by the two classes
    .switches     of torch.backends, which have no effect here
    .postponed    whether annotations are texts, by `from __future__`
    .documentation  the text that the program begins with, its `__doc__`
    .slept        seconds that time.sleep would have taken; nobody waits for them
    .on_warning   what the program has asked for: "ignore", "error", or anything else
    .heard        where warnings are collected, while the program does so
    """

    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311
    numpy: Any = None
    files: dict[str, Any] = field(default_factory=dict)
    safe_classes: set[Any] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    environment: dict[str, Any] = field(default_factory=dict)
    path: list[Any] = field(default_factory=lambda: [""])
    argv: list[Any] = field(default_factory=lambda: [""])
    stacks: list[ExitStack] = field(default_factory=list)
    stars: list[str] = field(default_factory=list)
    profiles: list[tuple[Any, ExitStack]] = field(default_factory=list)
    divergences: dict[tuple[Any, Any], Any] = field(default_factory=dict)
    switches: dict[str, Any] = field(default_factory=dict)
    written: dict[str, dict[str, Any]] = field(default_factory=dict)
    drawing: Any = None
    postponed: bool = False
    slept: float = 0.0
    recursion_limit: int = 1000
    documentation: str | None = None
    on_warning: str = "default"
    heard: list[Any] | None = None

    def now(self) -> float:
        return time.time() + self.slept

    def ticks(self) -> float:
        return time.perf_counter() + self.slept


NOT_GIVEN: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """dataclasses.field(…)"""

    default: Any = NOT_GIVEN
    default_factory: Any = NOT_GIVEN
    init: bool = True
    repr: bool = True
    compare: bool = True
    kw_only: bool = False
    only_init: bool = False  # an InitVar


@dataclass(frozen=True, slots=True)
class WarningMessage:
    """What `warnings.catch_warnings(record=True)` collects."""

    message: Warning
    category: Any


class Absent:
    """A package that a program imports, but that does not exist here. Only using it is refused."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"<module {self.path!r}>"


class Hint:
    """A type that says something to readers only: `list[float]`, `Optional[Tensor]`, `int | str`.

    .classes  what isinstance may compare with, if it consists of classes
    .origin   what stands before the brackets, of a type that is written with them
    """

    __slots__ = ("classes", "origin", "text")

    def __init__(self, text: str, classes: tuple[Any, ...] = (), origin: Any = None) -> None:
        self.text = text
        self.classes = classes
        self.origin = origin

    def __repr__(self) -> str:
        return self.text


def alternatives(name: str, parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """What isinstance may compare with, of a type that is written with brackets."""
    return {"typing.Union": parts, "typing.Optional": (*parts, None)}.get(name, ())


class Stream:
    """sys.stdout and sys.stderr. What is written to the second is not shown."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<_io.TextIOWrapper name='<{self.name}>' mode='w' encoding='utf-8'>"


class Storage:
    """The memory of a tensor, to count and to read: its elements, or its bytes where it is not
    typed."""

    __slots__ = ("tensor", "typed")

    def __init__(self, tensor: Tensor, *, typed: bool) -> None:
        self.tensor, self.typed = tensor, typed

    def whole(self) -> Tensor:
        """All of it, whatever part the tensor shows."""
        tensor = self.tensor.detach()
        count = tensor.untyped_storage().nbytes() // tensor.element_size()
        elements = tensor.as_strided((count,), (1,), 0)
        return elements if self.typed else elements.view(torch.uint8)

    def __len__(self) -> int:
        return len(self.whole())

    def __getitem__(self, index: int) -> object:
        return self.whole()[index].item()

    def __setitem__(self, index: int, value: Any) -> None:
        """This is no operation: no version counts it."""
        self.tensor.data.as_strided((len(self),), (1,), 0)[index] = value

    def __repr__(self) -> str:
        kind = f"dtype={self.tensor.dtype}, " if self.typed else ""
        name = "TypedStorage" if self.typed else "UntypedStorage"
        values = "".join(f" {value}\n" for value in self.whole().tolist())
        return f"{values}[torch.storage.{name}({kind}device=cpu) of size {len(self)}]"


class Buffer:
    """io.BytesIO, for torch.save and torch.load alone: it holds values, no bytes."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: list[Any] = []


Buffer.__qualname__, Buffer.__module__ = "BytesIO", "_io"
type.__setattr__(Buffer, "__name__", "BytesIO")
