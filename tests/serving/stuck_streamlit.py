"""`streamlit` for whose programs two never end, and whose watchdog has less patience."""

import ctypes
import time

from streamlit.web.cli import main

import autograd_explorer as ax

PATIENCE = 4.0
HANGS = "never = 'ends'"  # other threads go on
HOLDS = "never = 'lets others go on'"  # C code keeps Python's lock
_run = ax.run


def run(source, *arguments, **named):
    # Not above: components are registered with a server, which does not run yet.
    from components import watchdog

    watchdog.PATIENCE = PATIENCE
    while source == HANGS:
        time.sleep(0.01)
    if source == HOLDS:
        ctypes.PyDLL(None).sleep(10**6)
    return _run(source, *arguments, **named)


if __name__ == "__main__":
    ax.run = run
    main()
