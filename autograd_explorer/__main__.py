"""python -m autograd_explorer train.py [args]: runs a script unchanged, and says what was seen."""

import runpy
import sys
from pathlib import Path

from autograd_explorer.watching.seen import Seen
from autograd_explorer.watching.watch import watch

_USAGE = "usage: python -m autograd_explorer SCRIPT [ARGUMENTS]"


def main() -> None:
    """Runs the script as `python SCRIPT` does; what was seen goes to stderr, also after an error,
    which then ends this process as it would have ended the script's."""
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_file():
        sys.exit(_USAGE)
    script = sys.argv[1]
    del sys.argv[0]
    sys.path[0] = str(Path(script).resolve().parent)
    seen = Seen()
    try:
        with watch() as seen:
            runpy.run_path(script, run_name="__main__")
    finally:
        print(seen, file=sys.stderr)


if __name__ == "__main__":
    main()
