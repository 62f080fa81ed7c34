"""python -m autograd_explorer train.py [args]: runs a script unchanged, and shows what was seen."""

import runpy
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from autograd_explorer.watching.seen import Seen
from autograd_explorer.watching.watch import watch

_USAGE = "usage: python -m autograd_explorer [--save FILE] [--no-open] SCRIPT [ARGUMENTS]"
_OPTIONS = ("--save", "--no-open")


class Asked(NamedTuple):
    """The .script with its .arguments; the file to .save what was seen in, "" for none; and whether
    to .open that in a browser."""

    script: str
    arguments: tuple[str, ...]
    save: str
    open: bool


def asked_for(given: Sequence[str]) -> Asked:
    """What a command line asks for: options before the script are ours, all others the script's.

    Raises:  SystemExit, where it cannot be understood
    """
    rest, save, is_open = [*given], "", True
    while rest and rest[0].startswith("--"):
        option, _, value = rest.pop(0).partition("=")
        if option == "--no-open" and not value:
            is_open = False
        elif option == "--save" and (value or rest):
            save = value or rest.pop(0)
        else:
            sys.exit(_USAGE)
    if not rest or not Path(rest[0]).is_file():
        sys.exit(_USAGE)
    return Asked(rest[0], tuple(rest[1:]), save, is_open)


def main() -> None:
    """Runs the script as `python SCRIPT` does. What was seen goes to stderr and, if asked for, into
    a file; at a terminal it is opened in a browser. All of this also after an error, which then
    ends this process as it would have ended the script's."""
    asked = asked_for(sys.argv[1:])
    sys.argv[:] = [asked.script, *asked.arguments]
    sys.path[0] = str(Path(asked.script).resolve().parent)
    is_open = asked.open and sys.stdout.isatty() and sys.stderr.isatty()
    save = Path(asked.save).absolute() if asked.save else None  # the script may go elsewhere
    late = [one for one in asked.arguments if one.partition("=")[0] in _OPTIONS]
    if late:
        _say_late(late, asked.script)
    seen = Seen()
    try:
        with watch() as seen:
            runpy.run_path(asked.script, run_name="__main__")
    finally:
        print(seen, file=sys.stderr)
        if save is not None or (is_open and seen.graph is not None):
            _show(seen, save, is_open)


def _say_late(options: Sequence[str], script: str) -> None:
    """Options of ours that the script gets, unless its own text speaks of them: said before it runs
    for hours."""
    text = Path(script).read_text(encoding="utf-8", errors="replace")
    for option in options:
        if option.partition("=")[0] not in text:
            print(
                f"  {option} after the script is the script's own; ours stand before it",
                file=sys.stderr,
            )


def _show(seen: Any, save: Path | None, is_open: bool) -> None:
    """Whatever goes wrong here, the script's own end comes first."""
    try:
        file = save or Path(tempfile.mkdtemp(prefix="autograd-explorer-")) / "seen.html"
        seen.save(file)
        print(f"  saved: {file}", file=sys.stderr)
        if is_open:
            webbrowser.open(file.as_uri())
    except Exception as error:
        print(f"  not saved: {type(error).__name__}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
