"""`streamlit` that writes down how long every run of the script took, a line each.

Only for measuring: it wraps a private method of Streamlit.
"""

import time
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web.cli import main

MARK = "script took"
_run = ScriptRunner._run_script


def timed(self: ScriptRunner, rerun_data: Any) -> None:
    start = time.perf_counter()
    _run(self, rerun_data)
    print(MARK, time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    ScriptRunner._run_script = timed  # type: ignore[method-assign]
    main()
