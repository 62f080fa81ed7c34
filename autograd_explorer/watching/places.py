"""Which line of the program is running: its innermost frame that is not of a library.

A line travels through the engine as one whole number, also where a program has several files:
the number of the file stands above the bits of the line. The first file is number 0, so a program
of one file has the lines that one expects.
"""

import ast
import linecache
import os
import sys
import sysconfig
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import torch

from autograd_explorer.records import LINE, LINE_BITS

_INSTALLED = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
_LIBRARIES = tuple(
    f"{path}{os.sep}"
    for path in (*_INSTALLED, Path(torch.__file__).parent, Path(__file__).parent.parent)
)


def is_of_library(code: CodeType) -> bool:
    name = code.co_filename
    return name.startswith(_LIBRARIES) or name.startswith("<frozen ")


class At(NamedTuple):
    """Where a program stands; .lineno is the number described above, and .name that to which the
    result of the instruction is assigned, "" where it is none."""

    lineno: int
    code: CodeType | None
    instruction: int
    name: str = ""


class Call:
    """Of one call of a module, its .frame and the program's .own frame around it, once that is
    known: an operation in a model stands below a dozen frames of PyTorch's. The parts of a module
    are called from one frame, nearly always; the last .caller and its own one are kept, too."""

    __slots__ = ("caller", "frame", "own", "own_of_caller")

    def __init__(self, frame: FrameType) -> None:
        self.frame = frame
        self.own: FrameType | None = None
        self.caller: FrameType | None = None
        self.own_of_caller: FrameType | None = None


class Places:
    """Follows one program through its files.

    .files    their names, by number
    .at       where it stands
    .running  the number of its statement alone, as far as operations tell statements apart
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self.at = At(1, None, 0)
        self.running = [0]
        # Of each code the number of its file, -1 for a library; and each place of the program's own
        # code at which it has stood. Both by the id of a code that is kept here, because a code
        # computes its hash from all of its bytes, and each operation asks for several.
        self._numbers: dict[int, int] = {}
        self._known: dict[tuple[int, int], At] = {}
        self._codes: list[CodeType] = []
        self._before: tuple[int, int, int] = (0, 0, 0)
        self.calls: list[Call] = []  # of modules, that are running

    def _number(self, code: CodeType) -> int:
        found = self._numbers.get(id(code))
        if found is None:
            if is_of_library(code):
                found = -1
            else:
                name = code.co_filename
                if name not in self.files:
                    self.files.append(name)
                found = self.files.index(name)
            self._codes.append(code)
            self._numbers[id(code)] = found
        return found

    def own_frame(self, frame: FrameType | None) -> FrameType | None:
        """This frame or the nearest around it that is the program's own."""
        numbers = self._numbers
        while frame is not None:
            number = numbers.get(id(frame.f_code))
            if (self._number(frame.f_code) if number is None else number) >= 0:
                return frame
            frame = frame.f_back
        return None

    def _innermost(self, frame: FrameType | None, depth: int) -> FrameType | None:
        """own_frame() of the frame that is running, inside so many calls of modules."""
        numbers = self._numbers
        call = self.calls[depth - 1] if depth else None
        end = None if call is None else call.frame
        while frame is not end:
            if frame is None:
                return None
            number = numbers.get(id(frame.f_code))
            if (self._number(frame.f_code) if number is None else number) >= 0:
                return frame
            frame = frame.f_back
        if call is not None and call.own is None:
            caller = call.frame.f_back
            above = self.calls[depth - 2] if depth > 1 else None
            if above is not None and caller is above.caller:
                call.own = above.own_of_caller
            else:
                call.own = self._innermost(caller, depth - 1)
                if above is not None:
                    above.caller, above.own_of_caller = caller, call.own
        return None if call is None else call.own

    def move_to(self, frame: FrameType | None) -> FrameType | None:
        """The program has come here; returns its own frame. A statement is another one if its line
        or its frame is another, or if the same line has begun again."""
        own = self._innermost(frame, len(self.calls))
        if own is None:
            return None
        instruction, before = own.f_lasti, self._before
        at = self._known.get((id(own.f_code), instruction)) or self._place(own)
        if before[0] != id(own) or before[1] != at.lineno or instruction < before[2]:
            self.running[0] += 1
        self._before = id(own), at.lineno, instruction
        self.at = at
        return own

    def _place(self, own: FrameType) -> At:
        """Where one of the program's own frames stands, for the first time."""
        code, instruction = own.f_code, own.f_lasti
        line = self._numbers[id(code)] << LINE_BITS | own.f_lineno
        at = At(line, code, instruction, _assigned_at(code, instruction))
        self._known[id(code), instruction] = at
        return at

    @property
    def statement(self) -> int:
        return self.running[0]

    def expression(self) -> ast.expr | At:
        """The expression that is being evaluated, with .lineno as .at has it."""
        code = self.at.code
        found = None if code is None else _placed(code, self.at.instruction, self.at.lineno)
        return self.at if found is None else found

    def line_of(self, code: CodeType, line: int) -> int:
        """The number of a line of a code's file; 0 where that is a library's."""
        number = self._number(code)
        return 0 if number < 0 else number << LINE_BITS | line

    def place(self, line: int | None) -> tuple[str, int | None]:
        """The file and the line that such a number means."""
        if line is None or line < 1:
            return "", None
        number = line >> LINE_BITS
        return (self.files[number] if number < len(self.files) else ""), line & LINE

    def frames(self) -> list[FrameType]:
        """The program's own frames that are running in this thread, the innermost last."""
        found = []
        frame = self.own_frame(sys._getframe(1))
        while frame is not None:
            found.append(frame)
            frame = self.own_frame(frame.f_back)
        return found[::-1]


def is_of_another_file(line: int) -> bool:
    return line > LINE


@cache
def _expressions(file: str) -> dict[tuple[Any, ...], ast.expr]:
    """The expressions of a file, by where they stand."""
    tree = _tree(file)
    found: dict[tuple[Any, ...], ast.expr] = {}
    for node in () if tree is None else ast.walk(tree):
        if isinstance(node, ast.expr):
            span = node.lineno, node.end_lineno, node.col_offset, node.end_col_offset
            found.setdefault(span, node)
    return found


@cache
def _tree(file: str) -> ast.Module | None:
    try:
        return ast.parse("".join(linecache.getlines(file)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@cache
def _targets(file: str) -> dict[ast.expr, str]:
    """The name that an assignment gives to the value of an expression."""
    tree = _tree(file)
    found = {}
    for node in () if tree is None else ast.walk(tree):
        match node:
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.NamedExpr(target=target, value=value)
            ) if isinstance(target, ast.Name | ast.Attribute):
                found[value] = ast.unparse(target)[:80]
    return found


@cache
def _positions(code: CodeType) -> list[tuple[int | None, int | None, int | None, int | None]]:
    return list(code.co_positions())


def expression_at(code: CodeType, instruction: int) -> ast.expr | None:
    """The expression that an instruction evaluates."""
    positions = _positions(code)
    at = instruction // 2
    return _expressions(code.co_filename).get(positions[at]) if at < len(positions) else None


@cache
def _placed(code: CodeType, instruction: int, line: int) -> ast.expr | None:
    found = copy(expression_at(code, instruction))
    if found is not None:
        found.lineno = line
    return found


def _assigned_at(code: CodeType, instruction: int) -> str:
    node = expression_at(code, instruction)
    try:
        return "" if node is None else _targets(code.co_filename).get(node, "")
    except RecursionError:  # a target that is too deep to be written
        return ""


def forget_sources() -> None:
    """Files may change until the next program is watched, and a notebook has new cells."""
    for cached in (_expressions, _tree, _targets, _positions, _placed):
        cached.cache_clear()


def source_of(file: str) -> str:
    return "".join(linecache.getlines(file))


def own_lines(traceback: Any) -> Iterator[tuple[CodeType, int]]:
    """Code and line of each frame of an exception that is no library's."""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not is_of_library(code):
            yield code, traceback.tb_lineno
        traceback = traceback.tb_next
