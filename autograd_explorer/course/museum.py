"""Well-known mistakes as programs, each with the edit that mends it.

Every one is raised for real, or goes wrong in silence for real, each time it is shown.
"""

import ast
import difflib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from autograd_explorer.course.exhibits import EXHIBITS, ROOMS, Exhibit
from autograd_explorer.course.lesson import SWITCH, Choice, Lesson
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.records import Array, Run, TensorView, View

__all__ = ["EXHIBITS", "ROOMS", "Exhibit", "Row", "beside", "facts", "quiz"]

_MOST_LINES = 4  # that a question offers


class Row(NamedTuple):
    """A line of a program beside the one that it becomes, each with its number; None beside what
    is only there before, or only after. .changed  whether the two differ"""

    before: tuple[int, str] | None
    after: tuple[int, str] | None
    changed: bool


def beside(exhibit: Exhibit) -> Iterator[Row]:
    """The program before and after the edit, line by line."""
    old, new = (text.rstrip("\n").split("\n") for text in (exhibit.source, exhibit.fixed))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        for i in range(max(last - first, end - start)):
            yield Row(
                (first + i + 1, old[first + i]) if first + i < last else None,
                (start + i + 1, new[start + i]) if start + i < end else None,
                kind != "equal",
            )


def facts(run: Run) -> Mapping[str, str]:
    """What an exhibit's words may name of its run: all that it `printed`, each variable at the end
    by its name, and of a tensor what its .grad holds as `w_grad`, its version as `w_version`."""
    named = {"printed": run.printed.rstrip()}
    for name, view in run.variables.items():
        named[name] = _shown(view)
        if isinstance(view, TensorView):
            named["_".join((name, "version"))] = str(view.version)
            named["_".join((name, "grad"))] = "None" if view.grad is None else _numbers(view.grad)
    return named


def _shown(view: View) -> str:
    return _numbers(view.values) if isinstance(view, TensorView) else view.text


def _numbers(values: Array) -> str:
    """As lists are written, with four digits: [2, 0.25]."""
    if values.ndim == 0:
        return f"{float(values) + 0.0:.4g}"
    return f"[{', '.join(map(_numbers, np.asarray(values)))}]"


def quiz(run: Run) -> Quiz:
    """Which line stops the program? As many lines for one that none stops."""
    lines = run.source.split("\n")
    failed = run.error.line if run.error else None
    offered = _statements(run.source)
    first = len(offered) - _MOST_LINES
    if failed is not None:
        first = min(first, offered.index(failed))
    options = [_option(line, lines[line - 1], failed, run) for line in offered[max(first, 0) :]]
    none = Option("", failed is None, "museum_silent" if failed is None else "museum_not_silent")
    return Quiz("quiz_museum", (*options[:_MOST_LINES], none))


def _statements(source: str) -> list[int]:
    """The lines of the statements that hold no others, without the imports."""
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt)
        and not hasattr(node, "body")
        and not isinstance(node, ast.Import | ast.ImportFrom)
    )


def _option(line: int, text: str, failed: int | None, run: Run) -> Option:
    if line == failed:
        why = "museum_stops"
    elif any(statement.line == line for statement in run.statements):
        why = "museum_runs"
    else:
        why = "museum_not_reached"
    return Option(f"{line}: {text.strip()}", line == failed, why, {"line": line})


LESSON = Lesson(
    place=5,
    choices={
        # Without an exhibit the address opens the wall on which all of them hang.
        "exhibit": Choice(tuple(exhibit.name for exhibit in EXHIBITS), usual=""),
        "fixed": Choice(SWITCH),
    },
)
