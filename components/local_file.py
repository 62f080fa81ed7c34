"""A program from this machine: streamlit run app.py -- --program FILE [--trust] [-- ARGUMENTS].

What the command line says is read once, when the server starts: no reader can name a file.
"""

import argparse
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

import autograd_explorer as ax

_MOST_CHARS = 400_000  # of a trusted script, as it is shown
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Options:
    """.program the file, and .trust whether it may run as real Python, with its .arguments, for so
    many .seconds at the most."""

    program: Path
    trust: bool
    seconds: float
    arguments: tuple[str, ...]


@cache
def options() -> Options | None:
    """What was asked for on the command line; None where no file was named.

    Raises:  SystemExit, in plain words, where it cannot be understood
    """
    own = sys.argv[1:]
    if "--program" not in own:
        return None
    theirs: list[str] = []
    if "--" in own:
        place = own.index("--")
        own, theirs = own[:place], own[place + 1 :]
    parser = argparse.ArgumentParser("app.py", add_help=False, allow_abbrev=False)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--trust", action="store_true")
    parser.add_argument("--seconds", type=float, default=600.0)
    found, _ = parser.parse_known_args(own)
    return Options(found.program, found.trust, max(found.seconds, 1.0), tuple(theirs))


def read_program() -> str | None:
    """The text of the file as it is now.

    Raises:  SystemExit, in plain words, where it cannot be read
    """
    asked = options()
    if asked is None:
        return None
    try:
        text = asked.program.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"--program: cannot read {asked.program}: {error}") from error
    return text[: _MOST_CHARS if asked.trust else ax.DEFAULT.source_chars + 1]


local_program = cache(read_program)  # as it was when the first reader came


def is_trusted() -> bool:
    """Whether --trust was given. Whether that counts, says may_run()."""
    asked = options()
    return asked is not None and asked.trust


def may_run() -> bool:
    """Whether the file may run as real Python: nobody but this machine can reach the server, and
    no page from elsewhere can speak to it.

    Streamlit listens on all interfaces unless it is told otherwise; and this is asked for every
    session, whose address is this machine's, too. A proxy in front of it would be another thing.
    """
    return (
        is_trusted()
        and st.get_option("server.address") in _LOOPBACK
        and bool(st.get_option("server.enableCORS"))  # Streamlit's word for refusing other origins
        and address_of_reader() in {None, *_LOOPBACK}
    )


def address_of_reader() -> str | None:
    """None for this machine's own, as Streamlit has it."""
    return st.context.ip_address
