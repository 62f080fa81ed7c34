"""Show a program, and beside each line what it did when it ran just now."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain, groupby
from typing import Any, NamedTuple

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array, PlainView, Sample, View
from components.assets import register
from components.links import lines_of
from components.part import part
from components.selection import Selection
from texts import Say

_mount = register("program_view")

_ADDRESS = re.compile(r"0x[0-9a-f]+")
_LARGE = 1e9  # from here on in powers of ten: 1e30 has 31 digits, most of them rounding
_SHOWN_VALUES = 5
_LINE_CHARS = 72  # of code and note together; what a column of the page holds
_LEAST_CHARS = 24


class Piece(NamedTuple):
    """Some lines in a row of a file: their .text, what the run calls the .first of them, and the
    number that it has in its file."""

    text: str
    first: int
    number: int


class Told(NamedTuple):
    """What is told of the lines of a program that has run, by their numbers."""

    notes: Mapping[int, str]
    marks: Mapping[int, list[dict[str, Any]]]


@part()
def show_program(
    run: ax.Run,
    say: Say,
    key: str,
    *,
    selection: Selection | None = None,
    on_select: Callable[[Any], object] = lambda _: None,
    striking: Collection[str] = (),
    matters: Collection[str] = (),
    bare: bool = False,
    told: Told | None = None,
    piece: Piece | None = None,
) -> None:
    """Draw the program with its notes; the copied text is the program itself.

    striking  lines, by their text, whose notes are to be seen first
    matters   how the lines begin that are to be seen; the others are folded away until they are
              asked for. Where nothing is named, all are seen
    bare      without any notes, while a question about the run is open
    told      what the run did to its lines, where it is known already
    piece     what is shown of a program that is not one text

    A line that recorded nodes can be chosen, which on_select is told, and is lit when one of its
    nodes is.
    """
    data = build_program(run, say, selection, striking, matters, bare=bare, told=told, piece=piece)
    _mount(key, data, selection=on_select)


def without_addresses(text: str) -> str:
    """Printed text with each object's address cut: it is new on every run and says nothing."""
    return _ADDRESS.sub("0x…", text)


def build_program(
    run: ax.Run,
    say: Say,
    chosen: Selection | None = None,
    striking: Collection[str] = (),
    matters: Collection[str] = (),
    *,
    bare: bool = False,
    told: Told | None = None,
    piece: Piece | None = None,
) -> dict[str, Any]:
    """The program, and for each line its note and whether it is chosen or lit.

    bare  without what the program did; told: that, where it is known already
    """
    graph = None if bare else run.graph
    recorded = {node.line for node in graph.nodes} if graph else set()
    lit = lines_of(graph, chosen) if graph and chosen else set()
    picked = chosen.numbers[0] if chosen and chosen.kind == "line" else None
    notes, marks = Told({}, {}) if bare else told or told_of(run, say)
    failed = run.error.line if run.error and not bare else None
    source, first, shown = piece or Piece(run.source, 1, 1)
    lines = source.rstrip("\n").split("\n")
    return {
        "source": source,
        "lines": [
            _without_empty(
                {
                    "note": _shortened(notes.get(number, ""), _LINE_CHARS - len(line)),
                    "marks": marks.get(number),
                    "is": [
                        name
                        for name, holds in (
                            ("failed", number == failed),
                            ("recorded", number in recorded),
                            ("chosen", number == picked),
                            ("lit", number in lit),
                            ("striking", line.strip() in striking),
                        )
                        if holds
                    ],
                }
            )
            for number, line in enumerate(lines, start=first)
        ],
        "folds": [
            [first, last, say("folded", count=last - first + 1)]
            for first, last in folds_of(lines, matters, failed)
        ],
        "labels": {key: say(key) for key in ("program", "line", "copy", "copied")},
    } | ({"first": shown, "base": first - shown} if piece else {})


def told_of(run: ax.Run, say: Say) -> Told:
    return Told(notes_by_line(run, say), marks_by_line(run, say))


def folds_of(
    lines: Sequence[str], matters: Collection[str], failed: int | None
) -> list[tuple[int, int]]:
    """The first and last numbers of the lines in a row, two or more, that do not matter."""
    if not matters:
        return []
    seen = [
        line.strip().startswith(tuple(matters)) or number == failed
        for number, line in enumerate(lines, start=1)
    ]
    folds = []
    for matter, several in groupby(range(len(lines)), lambda i: seen[i]):
        numbers = [i + 1 for i in several]
        if not matter and len(numbers) > 1:
            folds.append((numbers[0], numbers[-1]))
    return folds


def _without_empty(line: dict[str, Any]) -> dict[str, Any]:
    """Most lines have no note and no state: they are sent with every moved slider."""
    return {name: value for name, value in line.items() if value}


def notes_by_line(run: ax.Run, say: Say) -> dict[int, str]:
    """What each line did: the values it made, what it printed, what backward filled."""
    notes: dict[int, str] = {}
    for statement in run.statements:
        parts = [summary(view) for view in statement.assigned.values()]
        if statement.printed:
            first, *rest = without_addresses(statement.printed).rstrip("\n").split("\n")
            parts.append(first + (" …" if rest else ""))
        for position in statement.backwards:
            filled = run.backwards[position].filled
            names = [f"{name}.grad" for name in filled if name]
            if unnamed := filled.count(""):
                names.append(say("filled_unnamed", count=unnamed))
            if names:
                parts.append(say("filled", names=", ".join(names)))
        if statement.turn > 1:
            parts.append(f"×{statement.turn}")
        notes[statement.line] = "  ".join(part for part in parts if part)
    for line, type_ in dict.fromkeys((heard.line, heard.type) for heard in run.warnings):
        notes[line] = "  ".join(part for part in (f"⚠ {type_}", notes.get(line, "")) if part)
    if run.error:
        notes[run.error.line] = f"{run.error.type}: {run.error.message}".split("\n")[0]
    return notes


def marks_by_line(run: ax.Run, say: Say) -> dict[int, list[dict[str, Any]]]:
    """What became NaN or infinite on each line: its values, gradients it added, and those that
    turned so, in a backward, at a node that it recorded."""
    marks: dict[int, dict[str, ax.NonFiniteKind]] = {}
    for statement in run.statements:  # of many turns the last one counts, as for the notes
        gradients = [
            node.upstream[0]
            for graph in (run.backwards[position] for position in statement.backwards)
            for node in graph.nodes
            if node.kind == "leaf" and not graph.captured
        ]
        marks[statement.line] = {
            "value_holds": _worst(map(_kind_of, statement.assigned.values())),
            "gradient_holds": _worst(map(ax.nonfinite, gradients)),
        }
    for graph in run.backwards:
        gradients = [*chain.from_iterable(node.upstream for node in graph.nodes)]
        gradients += [edge.gradient for edge in graph.edges]
        if ax.all_finite(gradients):
            continue
        for number, (_, starts) in ax.nonfinite_nodes(graph.nodes, graph.edges).items():
            line = graph.nodes[number].line
            if starts and line is not None:
                before = marks.setdefault(line, {}).get("starts_here", "")
                marks[line]["starts_here"] = _worst((before, starts))
    return {
        line: [
            {
                "kind": kind,
                "starts": words == "starts_here",
                "title": say(words, mark="NaN" if kind == "nan" else "∞"),
            }
            for words, kind in found.items()
            if kind
        ]
        for line, found in marks.items()
    }


def _kind_of(view: View) -> ax.NonFiniteKind:
    if isinstance(view, PlainView):
        return {"nan": "nan", "inf": "inf", "-inf": "inf"}.get(view.text, "")  # type: ignore[return-value]
    return ax.nonfinite(view.values)


def _worst(kinds: Iterable[ax.NonFiniteKind]) -> ax.NonFiniteKind:
    return max(kinds, key=("", "inf", "nan").index, default="")


def summary(view: View) -> str:
    """A tensor's shape, and its values as far as they fit in a line."""
    if isinstance(view, PlainView):
        return view.text
    if not view.shape:
        return number(view.values)
    shape = str(view.shape)
    if len(view.shape) > 1:
        return shape
    if isinstance(view.values, Sample):  # from places all over the tensor
        return shape
    values = ", ".join(number(value) for value in view.values[:_SHOWN_VALUES])
    return f"{shape}  [{values}{', …' if len(view.values) > _SHOWN_VALUES else ''}]"


def number(value: complex | Array) -> str:
    """Four decimals, as PyTorch prints; whole values without them, and integers whole."""
    kind = np.asarray(value).dtype.kind
    if kind == "b":
        return str(bool(value))
    if kind in "iu":
        return str(int(value))  # type: ignore[arg-type]  # it is not complex
    if np.iscomplexobj(value):
        both = complex(value)
        sign = "-" if math.copysign(1, both.imag) < 0 else "+"
        return f"{number(both.real)}{sign}{number(abs(both.imag))}j"
    plain = float(value)  # type: ignore[arg-type]  # it is not complex
    if abs(plain) >= _LARGE and np.isfinite(plain):
        return f"{plain:.4e}"
    if np.isfinite(plain) and plain == int(plain):
        return f"{plain:.0f}"
    return f"{plain:.4f}" if abs(plain) >= 1e-4 else f"{plain:.2e}"


def _shortened(text: str, room: int) -> str:
    room = max(room, _LEAST_CHARS)
    return text if len(text) <= room else text[: room - 1] + "…"
