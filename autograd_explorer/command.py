"""autograd-explorer: starts the app."""

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from autograd_explorer.app_files import app_folder

_NEEDED = ("streamlit", "plotly", "segno")
_OF_THE_APP = "--program"
_USAGE = """usage: autograd-explorer [STREAMLIT OPTIONS] [--program FILE [--trust] [-- ARGUMENTS]]

  autograd-explorer
  autograd-explorer --server.port 8600
  autograd-explorer --program train.py
  autograd-explorer --program train.py --trust -- --rate 0.1
"""


def main() -> None:
    """Starts the app, with the options that `streamlit run` takes; from --program on those without
    a dot are the app's. With --trust, the server listens on this machine alone, unless it is told
    otherwise."""
    given = sys.argv[1:]
    if given in (["--help"], ["-h"]):
        print(_USAGE, end="")
        return
    if any(find_spec(name) is None for name in _NEEDED):
        sys.exit("The app needs more than the engine: pip install 'autograd-explorer[app]'")
    line = command(given)
    if os.name == "posix":
        os.execv(line[0], line)  # noqa: S606
    sys.exit(subprocess.call(line))  # noqa: S603


def command(given: Sequence[str]) -> list[str]:
    """The command that starts Streamlit's server with these options."""
    place = given.index(_OF_THE_APP) if _OF_THE_APP in given else len(given)
    streamlits = [one for one in given[:place] if one != "--"]
    end = given.index("--", place) if "--" in given[place:] else len(given)
    own: list[str] = []
    into = own
    for one in given[place:end]:
        if one.startswith("--"):  # as in --server.port 8600
            into = streamlits if "." in one.partition("=")[0] else own
        into.append(one)
    trusts = "--trust" in own
    own += given[end:]
    if trusts and not any(one.startswith("--server.address") for one in streamlits):
        streamlits += ["--server.address", "localhost"]
    app = str(app_folder() / "app.py")
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        app,
        *streamlits,
        *(["--", *own] if own else []),
    ]
