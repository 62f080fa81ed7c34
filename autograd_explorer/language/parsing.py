"""Texts as syntax trees: a program, and what a program runs by exec and eval."""

import ast
import threading
from collections.abc import Callable
from functools import lru_cache

from autograd_explorer.errors import LimitReached
from autograd_explorer.language.budget.limits import Limits
from autograd_explorer.language.preparing import prepare

# CPython 3.11 counts the depth of a tree that it builds for the whole process: two threads that
# parse at once fail with "AST constructor recursion depth mismatch".
_PARSING = threading.Lock()


def program(
    source: str, limits: Limits, parse: Callable[[str], ast.Module] = ast.parse
) -> list[ast.stmt]:
    """The statements of a program; `parse` may take what is no Python, as in a notebook's cells."""
    return _checked(source, limits, lambda given: _known(given, parse))


def text(source: str, limits: Limits) -> list[ast.stmt]:
    """The statements of a text that a program runs. Each call makes a tree of its own, of which it
    is noted that it is no part of the program."""
    return _checked(source, limits, lambda given: _tree_of(given, ast.parse))


def _checked(
    source: str, limits: Limits, make: Callable[[str], tuple[ast.Module, int]]
) -> list[ast.stmt]:
    """Python's own parser; the depth of its tree keeps later recursion within bounds."""
    if len(source) > limits.source_chars:
        raise LimitReached("source_chars", f"{len(source):,}")
    try:
        module, depth = make(source)
    except (MemoryError, RecursionError) as error:  # the parser's own answers to deep nesting
        raise LimitReached("nesting", "…") from error
    except ValueError as error:  # null bytes
        raise SyntaxError(str(error), ("", 1, 1, "")) from error
    if depth > limits.nesting:
        raise LimitReached("nesting", f"{limits.nesting}")
    return module.body


@lru_cache(maxsize=64)
def _known(source: str, parse: Callable[[str], ast.Module]) -> tuple[ast.Module, int]:
    """A class moves its dials to the same few programs; nothing that runs them changes the tree."""
    return _tree_of(source, parse)


def _tree_of(source: str, make: Callable[[str], ast.Module]) -> tuple[ast.Module, int]:
    """A tree, prepared, and its depth."""
    with _PARSING:
        module = make(source)
    depth, layer = 0, list[ast.AST]((module,))
    while layer:
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]
        depth += 1
    prepare(module)
    return module, depth
