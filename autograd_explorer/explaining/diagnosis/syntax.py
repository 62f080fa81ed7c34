"""The syntax of the program that is diagnosed."""

import ast
from functools import lru_cache

from autograd_explorer.notebook_lines import parse


@lru_cache(maxsize=2)
def tree_of(source: str) -> ast.Module:
    """The same tree for every finding that asks for it. Nobody changes it.

    Raises:  SyntaxError
    """
    return parse(source)
