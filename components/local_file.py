"""A program from this machine: streamlit run app.py -- --program FILE."""

import sys
from functools import cache
from pathlib import Path

import autograd_explorer as ax


@cache
def local_program() -> str | None:
    """The text of the file named on the command line; None where none was named.

    Read once, when the server starts: no reader can name a file.
    Raises:  SystemExit, in plain words, where it cannot be read
    """
    arguments = sys.argv[1:]
    if "--program" not in arguments:
        return None
    place = arguments.index("--program") + 1
    path = Path(arguments[place]) if place < len(arguments) else Path()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"--program: cannot read {path}: {error}") from error
    return text[: ax.DEFAULT.source_chars + 1].replace("\r\n", "\n")
