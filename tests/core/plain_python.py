"""Run programs under plain Python, each in a process of its own, and report what they print.

    python -m tests.core.plain_python FILE …  <  nothing  >  JSON {file: [printed, exit code]}

Importing torch takes longer than most programs do. So one process imports it, and each program
runs in a fork of that process: nothing that one of them does is seen by another.
"""

import json
import os
import runpy
import sys
import tempfile


def run_forked(path: str) -> tuple[str, int]:
    """What one program prints, and how its process ended."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            code = 0
            try:
                runpy.run_path(path, run_name="__main__")
            except BaseException:
                code = 1
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        return out.read(), os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    import torch
    import torch._dynamo  # what the first optimizer would import

    torch.set_num_threads(1)
    print(json.dumps({path: run_forked(path) for path in sys.argv[1:]}))
