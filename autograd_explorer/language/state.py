"""The position of a running program, which all parts of an interpreter share."""

import ast
from typing import Any

from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.scopes import Scope


class State:
    """What changes while a program runs.

    .scope    where names are looked up now
    .at       the piece of syntax that is being executed: errors and new tensors are attributed
              to its line
    .around   the names of the functions and classes around it, joined by dots
    .frames   the program's own functions that are running, innermost last, each with a copy of
              its arguments
    .caller   while a module of library/written/ runs: the piece of the program that called it
    .depth    how many calls are open inside one another
    .over     whether the run has ended
    .handled  the exception whose handler is running, for a bare `raise`
    .fault    the piece of syntax that raised the exception that was caught last
    """

    __slots__ = ("around", "at", "caller", "depth", "fault", "frames", "handled", "over", "scope")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.at: ast.AST | None = None
        self.caller: ast.AST | None = None
        self.around = ""
        self.frames: list[tuple[UserFunction, dict[str, Any]]] = []
        self.depth = 0
        self.over = False
        self.handled: BaseException | None = None
        self.fault: ast.AST | None = None

    @property
    def line(self) -> int:
        return getattr(self.caller or self.at, "lineno", 1)
