"""Which lines of a watched program are shown, and what its files are called.

A program may have thousands of lines in dozens of files. What is shown are those that recorded
nodes or that something is said of, with the lines around them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

import autograd_explorer as ax
from autograd_explorer.records import LINE, LINE_BITS
from components.program_view import Piece

_SHORT = 60  # lines of a file that is shown whole
_AROUND = 3  # lines before and after one that is shown
_GAP = 10  # fewer lines between two pieces are shown, too
MOST_LINES = 400  # of all pieces
_LONGEST = 400  # characters of a line


class Part(NamedTuple):
    """A .piece of a file, and what the .file is called."""

    file: str
    piece: Piece


def names_of(files: Sequence[str], cell: Callable[[int], str]) -> dict[str, str]:
    """What each file is called: as briefly as tells them apart, and never with folders of this
    machine that say nothing. A cell of a notebook has a number, in the order in which they ran."""
    cells = [file for file in files if "ipykernel" in file or file.startswith("<ipython")]
    names = {file: cell(number) for number, file in enumerate(cells, start=1)}
    parts = {file: PurePath(file).parts for file in files if file not in names}
    for file, own in parts.items():
        others = [theirs for other, theirs in parts.items() if other != file]
        tails = ["/".join(own[-count:]) for count in range(1, min(len(own), 3) + 1)]
        taken = ["/".join(theirs[-len(tail.split("/")) :]) for tail in tails for theirs in others]
        names[file] = next((tail for tail in tails if tail not in taken), tails[-1])
    return {file: names[file] for file in files}


def lines_of(run: ax.Run, findings: Iterable[int]) -> set[int]:
    """The lines that recorded nodes or ran a pass, and those that something is said of."""
    nodes = run.graph.nodes if run.graph else ()
    told = [*(one.line for one in run.statements), *(node.line for node in nodes), *findings]
    told += [heard.line for heard in run.warnings]
    told += [run.error.line] if run.error else []
    return {line for line in told if line}


def parts_of(
    lines: set[int], sources: Mapping[str, str], names: Mapping[str, str]
) -> tuple[list[Part], bool]:
    """Pieces of the files that have these lines, and whether that is all; sources in the order of
    the numbers of the files."""
    parts: list[Part] = []
    left = MOST_LINES
    for number, (file, text) in enumerate(sources.items()):
        wanted = sorted(line & LINE for line in lines if line >> LINE_BITS == number)
        rows = text.rstrip("\n").split("\n")
        for first, last in _ranges(wanted, len(rows)) if text else ():
            if last - first >= left:
                return parts, False
            left -= last - first + 1
            shown = "\n".join(row[:_LONGEST] for row in rows[first - 1 : last])
            parts.append(Part(names[file], Piece(shown, number << LINE_BITS | first, first)))
    return parts, True


def _ranges(wanted: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """The first and the last lines, counted from 1, of what is shown of a file."""
    inside = [line for line in wanted if line <= count]
    if not inside:
        return
    if count <= _SHORT:
        yield 1, count
        return
    first, last = inside[0], inside[0]
    for line in inside[1:]:
        if line - last > 2 * _AROUND + _GAP:
            yield max(1, first - _AROUND), min(count, last + _AROUND)
            first = line
        last = line
    yield max(1, first - _AROUND), min(count, last + _AROUND)
