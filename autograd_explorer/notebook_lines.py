"""Lines of a pasted notebook that are no Python: `%matplotlib inline`, `!pip install …`, `x?`."""

import ast
import re
from functools import lru_cache

_COMMAND = re.compile(r"(\s*)(?:[%!]|\?{1,2}\w|\w[\w.]*\?{1,2}\s*$).*")


def parse(source: str) -> ast.Module:
    """Python's own parser, to which a notebook's commands are `pass`.

    Raises:  SyntaxError, of the text as it is, where it is none without its commands either
    """
    try:
        return ast.parse(source)
    except SyntaxError:
        commands = commands_in(source)
        if not commands:
            raise
        lines = source.split("\n")
        for number in commands:
            lines[number - 1] = _COMMAND.sub(r"\1pass", lines[number - 1])
        try:
            return ast.parse("\n".join(lines))
        except SyntaxError:
            pass
        raise


@lru_cache(maxsize=64)
def commands_in(source: str) -> dict[int, str]:
    """The lines that look like a notebook's commands, by their numbers from 1."""
    lines = enumerate(source.split("\n"), 1)
    return {number: line.strip() for number, line in lines if _COMMAND.fullmatch(line)}


def skipped(source: str) -> dict[int, str]:
    """The commands that parse() has passed over."""
    if not commands_in(source):
        return {}
    try:
        ast.parse(source)
    except SyntaxError:
        return commands_in(source)
    return {}
