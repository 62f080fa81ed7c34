"""Run programs in plain Python and by the engine, each in a process of its own, and report both.

    python -m tests.core.compare   reads a file's name a line, and answers each with a line of JSON,
                                   {"plain": …, "ours": …}

Importing torch takes longer than most programs do. So one process imports it, and each program
runs in forks of that process: nothing that one of them does is seen by another.
"""

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

SECONDS = 20


STAND_INS = str(Path(__file__).parent.parent / "corpus" / "stand_ins")


def in_plain_python(path):
    """What a program prints, how it fails, and the gradients that it leaves."""
    sys.path.insert(0, STAND_INS)  # for packages that the tests do without
    source = Path(path).read_text(encoding="utf-8")
    out, names, error = io.StringIO(), {"__name__": "__main__"}, None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(source, path, "exec"), names)  # noqa: S102  the point of the comparison
        except SystemExit as stop:
            error = None if stop.code in (None, 0) else ["SystemExit", str(stop), 0]
        except SyntaxError as failure:
            error = [type(failure).__name__, failure.msg, failure.lineno]
        except BaseException as failure:
            frames = traceback.extract_tb(failure.__traceback__)
            line = [frame.lineno for frame in frames if frame.filename == path][-1]
            error = [type(failure).__name__, str(failure), line]
    return {"printed": out.getvalue(), "error": error, "grads": _gradients(names)}


def _gradients(names):
    import torch

    return {
        name: value.grad.tolist()
        for name, value in names.items()
        if isinstance(value, torch.Tensor) and _is_leaf(value) and value.grad is not None
        if value.grad.layout == torch.strided and not value.grad.is_complex()
    }


def _is_leaf(tensor):
    try:
        return tensor.is_leaf
    except RuntimeError:  # PyTorch does not tell of a view whose base was changed under no_grad
        return False


def by_the_engine(path):
    """The same of the engine; `refused` is set where it is we who stopped the program."""
    import autograd_explorer as ax

    warnings.simplefilter("default")  # as on the server, so that the run hears them
    run = ax.run(Path(path).read_text(encoding="utf-8"))
    error = run.error
    ours = error is not None and error.kind in ("refused", "limit", "ended")
    return {
        "printed": run.printed,
        "error": error and [error.type, error.message, error.line],
        "refused": f"{error.kind} {error.key}: {error.message} (line {error.line})" if ours else "",
        "grads": {
            name: value.grad.tolist()
            for name, value in run.variables.items()
            if isinstance(value, ax.TensorView) and value.is_leaf and value.grad is not None
            if value.grad.dtype.kind != "c"
        },
    }


def forked(call, path):
    path = str(Path(path).absolute())
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as answer,
        tempfile.TemporaryDirectory() as at,
    ):
        child = os.fork()
        if child == 0:
            signal.alarm(SECONDS)
            sys.stdin = io.StringIO()  # the real one has the names of the programs that follow
            os.chdir(at)  # for a program that writes files
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    found = call(path)
                except BaseException as error:
                    found = {"crashed": f"{type(error).__name__}: {error}"}
            json.dump(found, answer)
            answer.flush()
            os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        text = answer.read()
        return json.loads(text) if text else {"crashed": "the process ended"}


def verdict(both):
    """same, refused or different, and in what."""
    plain, ours = both["plain"], both["ours"]
    if "crashed" in plain or "crashed" in ours:
        return "different", f"crashed: {plain.get('crashed')} / {ours.get('crashed')}"
    if ours["refused"]:
        return "refused", ours["refused"]
    for what in ("printed", "error", "grads"):
        here, there = _comparable(plain[what]), _comparable(ours[what])
        if here != there:
            return "different", f"{what}: {here!r} / {there!r}"
    return "same", ""


def _comparable(found):
    """Without addresses and the names of temporary files."""
    return re.sub(r"0x[0-9a-f]+|\(\w+\.py, line \d+\)", "", json.dumps(found))


def compared(path):
    return {"plain": forked(in_plain_python, path), "ours": forked(by_the_engine, path)}


class Comparison:
    """A process that compares, for whom asks it program by program: so that of two processes that
    share the tests each compares its own."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.compare"],
            cwd=Path(__file__).parent.parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, path):
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.communicate()


if __name__ == "__main__":
    import torch
    import torch._dynamo  # what the first optimizer would import

    import autograd_explorer  # noqa: F401  before the forks

    torch.set_num_threads(1)
    for line in sys.stdin:
        print(json.dumps(compared(line.rstrip("\n"))), flush=True)
