"""Programs have the colours that Python's own tokens would give them, on every Python."""

import io
import json
import keyword
import subprocess
import tokenize

from components.theme import IDENTITY
from tests.static.test_node import HERE, node

ROOT = HERE.parent.parent
PROGRAMS = sorted([*ROOT.glob("tests/programs/*.py"), *ROOT.glob("pages/play/examples/**/*.py")])


def test_programs_are_coloured_as_python_reads_them():
    words = {"keywords": keyword.kwlist, "names": list(IDENTITY)}
    command = [node(), str(HERE / "colour.js"), json.dumps(words), *map(str, PROGRAMS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert len(PROGRAMS) >= 70
    for path, rows in zip(PROGRAMS, json.loads(done.stdout), strict=True):
        assert by_character(rows) == by_token(path.read_text(encoding="utf-8")), path.name


def by_character(rows):
    """(line, column) → kind, for each character that has one."""
    found = {}
    for line, row in enumerate(rows, start=1):
        column = 0
        for kind, text in row:
            for character in text:
                if kind and not character.isspace():
                    found[line, column] = kind
                column += 1
    return found


def by_token(source):
    lines = source.split("\n")
    found = {}
    previous = ""
    opened = []  # from Python 3.12 on a formatted string is many tokens
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        name = tokenize.tok_name[token.type]
        if name.endswith("STRING_START"):
            opened.append(token.start)
        elif name.endswith("STRING_END"):
            start = opened.pop()
            if not opened:
                mark(found, lines, start, token.end, "literal")
        elif not opened and token.string.strip():
            mark(found, lines, token.start, token.end, kind_of(token, previous))
        previous = token.string
    return found


def kind_of(token, previous):
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return "keyword"
    if token.type == tokenize.NAME and token.string in IDENTITY and previous != ".":
        return f"name-{token.string}"
    if token.type in (tokenize.NUMBER, tokenize.STRING):
        return "literal"
    return "comment" if token.type == tokenize.COMMENT else ""


def mark(found, lines, start, end, kind):
    if not kind:
        return
    for line in range(start[0], end[0] + 1):
        text = lines[line - 1]
        first = start[1] if line == start[0] else 0
        last = end[1] if line == end[0] else len(text)
        for column in range(first, last):
            if not text[column].isspace():
                found[line, column] = kind
